// The preview's page: shows the views, and brings each up to date without losing the reader's place.

const $ = (id) => document.getElementById(id);
const frame = $("report");
let state = { number: -1, page: "", good: false, problems: [], pages: [], pagesError: "" };
let shown = ""; // the mark of the page in the frame
let source = null; // that page as it was sent, before its script and we touched it

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// --- tabs -----------------------------------------------------------------------------------------

const tabs = [...document.querySelectorAll("[role=tab]")];
const panel = (tab) => $(tab.getAttribute("aria-controls"));
const selected = () => tabs.find((tab) => tab.getAttribute("aria-selected") === "true");

const select = (tab, focus = false) => {
  for (const other of tabs) {
    other.setAttribute("aria-selected", String(other === tab));
    other.tabIndex = other === tab ? 0 : -1;
    panel(other).hidden = other !== tab;
  }
  if (focus) tab.focus();
  history.replaceState(null, "", `#${tab.id.slice(4)}`);
  refreshOverview();
};
for (const tab of tabs) {
  tab.addEventListener("click", () => select(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) select(tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length], true);
  });
}

// Matrix and status are made when somebody looks; a newer state loads them again, at the same place.
const loaded = new Map();
const refreshOverview = () => {
  const name = selected().id.slice(4);
  if (name === "pages") fetch("/pages");
  if ((name !== "matrix" && name !== "status") || loaded.get(name) === state.number || !state.page) return;
  loaded.set(name, state.number);
  const inner = panel(selected()).querySelector("iframe");
  const place = inner.contentWindow?.scrollY ?? 0;
  inner.addEventListener("load", () => inner.contentWindow.scrollTo(0, place), { once: true });
  if (inner.src) inner.contentWindow.location.reload();
  else inner.src = `/${name}`;
};

// Links of the overviews name files of build/; here each of them leads to a tab instead.
const follow = (event) => {
  const link = event.target.closest?.("a[href]");
  const found = link && /^[^#?:/]+?(-matrix|-status)?\.html(#.*)?$/.exec(link.getAttribute("href"));
  if (!found) return;
  event.preventDefault();
  const [, view = "-report", hash = ""] = found;
  const tab = $(`tab${view}`);
  if (view !== "-report") {
    const inner = panel(tab).querySelector("iframe");
    loaded.set(view.slice(1), state.number);
    inner.src = `/${view.slice(1)}?${Date.now()}${hash}`; // a page of its own, which reads what stands behind #
  }
  select(tab, true);
  if (view === "-report") go(decodeURIComponent(hash.slice(1)));
};
for (const inner of document.querySelectorAll("#view-matrix iframe, #view-status iframe")) {
  inner.addEventListener("load", () => inner.contentDocument.addEventListener("click", follow));
}

// --- the report -----------------------------------------------------------------------------------

// Style and script of the page stay with the page: here they would be refused, with a complaint.
const bare = (text) => text.replace(/<(style|script)\b[^>]*>[\s\S]*?<\/\1>/g, "");
const parse = (text) => new DOMParser().parseFromString(bare(text), "text/html");
const parts = (page) => [...page.querySelectorAll("main > section[id]")];
const policy = (page) => page.querySelector("meta[http-equiv]")?.content;

// The uppermost thing with an id that the reader sees, and how far it is from the top.
const place = () => {
  const page = frame.contentDocument;
  const middle = page.documentElement.clientWidth / 2;
  for (let y = 8; y < frame.clientHeight; y += 24) {
    const found = page.elementFromPoint(middle, y)?.closest("main [id]:not(section):not(main)");
    if (found) return { id: found.id, top: found.getBoundingClientRect().top, scroll: frame.contentWindow.scrollY };
  }
  return { id: "", top: 0, scroll: frame.contentWindow?.scrollY ?? 0 };
};
const returnTo = ({ id, top, scroll }) => {
  const found = id && frame.contentDocument.getElementById(id);
  if (found) frame.contentWindow.scrollBy({ top: found.getBoundingClientRect().top - top, behavior: "instant" });
  else frame.contentWindow.scrollTo({ top: scroll, behavior: "instant" });
};

const style = `
  @keyframes changed { from { background: rgb(255 214 102 / 0.55); } }
  .preview-changed { animation: changed 2.5s ease-out; }
  .preview-error { margin: 0.6rem 0; padding: 0.5rem 0.8rem; border-left: 4px solid #c5221f;
    background: rgb(197 34 31 / 0.1); font: 0.9rem/1.4 system-ui, sans-serif; }
  @media print { .preview-error { display: none; } }`;
const dress = () => {
  const sheet = new frame.contentWindow.CSSStyleSheet();
  sheet.replaceSync(style);
  frame.contentDocument.adoptedStyleSheets.push(sheet);
  markErrors();
};

const reload = (text) => new Promise((done) => {
  const before = frame.contentDocument?.querySelector("main") ? place() : null;
  frame.addEventListener("load", () => {
    if (before) returnTo(before);
    dress();
    source = parse(text);
    done();
  }, { once: true });
  if (frame.getAttribute("src")) frame.contentWindow.location.reload();
  else frame.src = "/report";
});

// Puts what is new into the page that stands there: only sections that differ are touched.
const patch = (text) => {
  const next = parse(text);
  const page = frame.contentDocument;
  const before = place();
  const [old, fresh, standing] = [parts(source), parts(next), parts(page)];
  old.forEach((section, index) => {
    if (section.outerHTML === fresh[index].outerHTML) return;
    const known = new Set([...section.querySelectorAll(".paragraph, .recommendation")].map((item) => item.outerHTML));
    const changed = [...fresh[index].querySelectorAll(".paragraph, .recommendation")].filter((item) => !known.has(item.outerHTML));
    standing[index].replaceChildren(...[...fresh[index].cloneNode(true).childNodes].map((node) => page.importNode(node, true)));
    if (changed.length < 12) changed.forEach((item) => page.getElementById(item.id)?.classList.add("preview-changed"));
  });
  for (const selector of [".masthead", ".facts", ".contents a", ".extract"]) {
    const [was, now, stands] = [source, next, page].map((item) => [...item.querySelectorAll(selector)]);
    stands.forEach((element, index) => {
      if (was[index]?.innerHTML !== now[index]?.innerHTML) element.replaceChildren(...now[index].cloneNode(true).childNodes);
    });
  }
  page.title = next.title;
  source = next;
  returnTo(before);
  markErrors();
};

const fits = (next) => {
  const same = (selector) => source.querySelectorAll(selector).length === next.querySelectorAll(selector).length;
  const names = (page) => parts(page).map((section) => section.id).join();
  return policy(source) === policy(next) && names(source) === names(next) && [".masthead", ".facts", ".contents a"].every(same);
};

let busy = Promise.resolve();
const refreshReport = () => {
  busy = busy.then(async () => {
    if (!state.page || shown === state.page) return;
    const mark = state.page;
    const text = await (await fetch("/report")).text();
    if (source && fits(parse(text))) patch(text);
    else await reload(text);
    shown = mark;
    document.title = `${frame.contentDocument.title} – preview`;
    document.documentElement.dataset.shown = mark;
  });
};

// --- problems -------------------------------------------------------------------------------------

// A broken section keeps its last good text and says above it what is wrong.
const markErrors = () => {
  const page = frame.contentDocument;
  if (!page) return;
  page.querySelectorAll(".preview-error").forEach((box) => box.remove());
  if (state.good) return;
  for (const problem of state.problems) {
    const section = problem.severity === "error" && problem.anchor && page.getElementById(problem.anchor);
    if (!section) continue;
    const box = page.createElement("p");
    box.className = "preview-error";
    box.textContent = `${problem.file}:${problem.line}: ${problem.message}${problem.hint ? ` (${problem.hint})` : ""}`;
    section.querySelector("h1, h2, h3, h4, h5, h6")?.after(box);
  }
};

const refreshProblems = () => {
  const errors = state.problems.filter((problem) => problem.severity === "error").length;
  $("count").textContent = state.problems.length ? `(${state.problems.length})` : "";
  $("state").textContent = !state.number ? "Building …" : state.good ? "Up to date" : "Not up to date";
  const broken = $("broken");
  broken.hidden = state.good || !state.number;
  if (!broken.hidden) {
    const more = make("button", { type: "button", textContent: errors === 1 ? "Show the error" : `Show the ${errors} errors` });
    more.addEventListener("click", () => select($("tab-problems"), true));
    const first = state.problems.find((problem) => problem.severity === "error");
    const where = first ? ` ${first.file}:${first.line}: ${first.message}.` : "";
    broken.replaceChildren(`${shown ? "This is the last good state." : "There is nothing to show yet."}${where} `, more);
  }
  const files = Map.groupBy ? Map.groupBy(state.problems, (item) => item.file) : group(state.problems);
  $("view-problems").replaceChildren(
    ...(state.problems.length ? [] : [make("p", { textContent: "No problems." })]),
    ...[...files].flatMap(([file, items]) => [make("h2", { textContent: file }), make("ul", {}, ...items.map(entry))]),
  );
};
const group = (items) => {
  const result = new Map();
  for (const item of items) result.set(item.file, [...(result.get(item.file) ?? []), item]);
  return result;
};
const entry = (problem) => {
  const link = make("a", {
    href: `vscode://file${encodeURI(problem.path.startsWith("/") ? "" : "/")}${encodeURI(problem.path)}:${problem.line}:${problem.column}`,
    textContent: `line ${problem.line}`,
    title: "open in the editor",
  });
  const item = make("li", { className: problem.severity }, link, " ",
    make("span", { className: "severity", textContent: problem.severity }), ` ${problem.message} `,
    make("code", { textContent: problem.code }));
  if (problem.hint) item.append(make("p", { className: "hint", textContent: problem.hint }));
  if (problem.anchor && shown) {
    const show = make("button", { type: "button", textContent: "show the section" });
    show.addEventListener("click", () => { select($("tab-report"), true); go(problem.anchor); });
    item.append(show);
  }
  return item;
};

// --- pages of the PDF -----------------------------------------------------------------------------

const refreshPages = () => {
  const view = $("view-pages");
  if (state.pagesError) {
    view.replaceChildren(make("p", { textContent: state.pagesError }));
    return;
  }
  if (!state.pages.length) return;
  const images = [...view.querySelectorAll("img")];
  state.pages.forEach((name, index) => {
    const address = `/pages/${name}.svg`;
    if (images[index]?.getAttribute("src") === address) return;
    if (images[index]) images[index].src = address;
    else view.append(make("img", { src: address, alt: `Page ${index + 1}`, loading: "lazy" }));
  });
  images.slice(state.pages.length).forEach((image) => image.remove());
  view.querySelectorAll("p").forEach((text) => text.remove());
};

// --- search, print --------------------------------------------------------------------------------

const go = (id) => frame.contentDocument.getElementById(id)?.scrollIntoView({ block: "start" });
const hits = $("hits");
const search = () => {
  const words = $("query").value.trim().toLowerCase();
  hits.hidden = words.length < 2 || !shown;
  if (hits.hidden) return;
  const found = [];
  for (const item of frame.contentDocument.querySelectorAll("main .paragraph, main .recommendation, main .notes li")) {
    const text = item.textContent.replace(/\s+/g, " ");
    const at = text.toLowerCase().indexOf(words);
    if (at >= 0) found.push({ item, text, at });
    if (found.length === 100) break;
  }
  hits.replaceChildren(...found.map(({ item, text, at }) => {
    const start = at < 50 ? 0 : text.indexOf(" ", at - 50) + 1 || at;
    const number = item.querySelector(".num")?.textContent ?? "";
    const button = make("button", { type: "button" },
      start ? `${number} … ` : "", text.slice(start, at), make("b", { textContent: text.slice(at, at + words.length) }),
      text.slice(at + words.length, at + words.length + 70).replace(/\S*$/, "…"));
    button.addEventListener("click", () => { hits.hidden = true; select($("tab-report")); go(item.id); });
    return make("li", {}, button);
  }));
  if (!found.length) hits.append(make("li", {}, make("p", { textContent: "Nothing found." })));
};
$("query").addEventListener("input", search);
$("query").addEventListener("focus", search);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") hits.hidden = true; });
document.addEventListener("pointerdown", (event) => { if (!event.target.closest("search")) hits.hidden = true; });
$("print").addEventListener("click", () => frame.contentWindow.print());

// --- news -----------------------------------------------------------------------------------------

const events = new EventSource("/events");
events.addEventListener("message", (event) => {
  const before = state;
  state = JSON.parse(event.data);
  refreshReport();
  busy = busy.then(() => { refreshProblems(); markErrors(); refreshPages(); });
  if (before.page !== state.page) refreshOverview();
});
events.addEventListener("error", () => { $("state").textContent = "The preview has ended."; });
const start = tabs.find((tab) => `#${tab.id.slice(4)}` === location.hash);
if (start) select(start);
