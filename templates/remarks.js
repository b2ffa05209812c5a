// Readers write remarks on words of the page and save them as a file, which they mail back themselves:
// nothing is sent or loaded. `remarksOn` says what the page is, and what the buttons say.
{
  const { on, words } = remarksOn;
  const STORE = `remarks ${on.report} ${on.edition} ${on.revision}`; // of this tab, gone when it is closed
  const HIDDEN = /[\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
  const BLOCKS = "p, li, th, td, caption, figcaption, h1, h2, h3, h4, h5, h6";
  const main = document.querySelector("main");
  let remarks = [];
  let reviewer = "";
  let saved = true;

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const button = (text, act, more = {}) => {
    const element = make("button", { type: "button", textContent: text, ...more });
    element.addEventListener("click", act);
    return element;
  };
  const shown = ({ words: some, text: all }) => (some || all).replace(/^(.{200}\S*)[^]*/u, "$1 …");
  const clean = (text, most) => [...text.replace(/\s+/g, " ").replace(HIDDEN, "").trim()].slice(0, most).join("").trim();

  // --- what is selected -----------------------------------------------------------------------------

  let chosen = null; // words that were selected last
  let current = null; // the paragraph whose number has the focus
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (!selection.rangeCount || !main.contains(selection.anchorNode)) return;
    chosen = selection.isCollapsed ? null : selection.getRangeAt(0).cloneRange();
  });
  main.addEventListener("focusin", (event) => {
    current = event.target.closest(".num")?.parentElement ?? null;
    if (current) chosen = null;
  });

  // Numbers and marks of notes are made by the program; the section files do not hold them.
  const said = (content, most) => {
    content.querySelectorAll(".num, .back, sup:has(.fnref)").forEach((mark) => mark.remove());
    return clean(content.textContent, most);
  };
  const copy = (element) => make("div", {}, element.cloneNode(true));

  // Which paragraph an element stands in. A footnote is spoken of at the paragraph that calls it, and a
  // table that is made from references/ at the title of its section.
  const spotOf = (element) => {
    const note = element.closest(".notes li");
    const origin = note ? document.getElementById(note.id.replace("fn-", "fnref-")) : element;
    const section = origin?.closest("main > section");
    if (!section) return null;
    const made = origin.closest(".recommendation-table");
    const block = made ? section.querySelector("h1, h2, h3, h4, h5, h6") : element.closest(BLOCKS);
    const paragraph = origin.closest(".paragraph[id], .recommendation[id], .point[id]")?.id ?? "";
    return block && { section: section.id, paragraph, text: said(copy(block), 2000) };
  };
  const selected = () => {
    const start = chosen?.startContainer ?? current;
    const spot = start && spotOf(start.nodeType === Node.TEXT_NODE ? start.parentElement : start);
    return spot && { ...spot, words: chosen ? said(make("div", {}, chosen.cloneContents()), 500) : "" };
  };

  // The selected words where they stand now; spaces do not count.
  const find = ({ section, paragraph, words: wanted }) => {
    const inside = document.getElementById(paragraph || section);
    const letters = [];
    if (!inside || !wanted) return null;
    const walk = document.createTreeWalker(inside, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node.parentElement.closest(".num, sup:has(.fnref)")) continue;
      [...node.data].reduce((at, letter) => {
        if (letter.trim()) letters.push({ letter, node, at, end: at + letter.length });
        return at + letter.length;
      }, 0);
    }
    const needle = [...wanted.replace(/\s+/g, "")];
    const start = letters.findIndex((_, at) => needle.every((letter, step) => letters[at + step]?.letter === letter));
    if (start < 0) return null;
    const [first, last] = [letters[start], letters[start + needle.length - 1]];
    const range = document.createRange();
    range.setStart(first.node, first.at);
    range.setEnd(last.node, last.end);
    return range;
  };

  // --- writing one ----------------------------------------------------------------------------------

  const text = make("textarea", { rows: 5, required: true, maxLength: 5000, autofocus: true });
  const name = make("input", { required: true, maxLength: 200, autocomplete: "name" });
  const quoted = make("blockquote");
  const form = make("form", {},
    make("h2", { id: "remark-title", textContent: words.title }), quoted,
    make("label", {}, words.yours, text), make("label", {}, words.name, name),
    make("button", { className: "first", textContent: words.keep }), " ",
    button(words.cancel, () => dialog.close()));
  const dialog = make("dialog", { className: "remark" }, form);
  dialog.setAttribute("aria-labelledby", "remark-title");
  let open = null; // the remark in the dialog

  const ask = (remark) => {
    open = remark;
    quoted.textContent = shown(remark);
    text.value = (remark.remark ?? []).join("\n");
    name.value = reviewer;
    text.setCustomValidity("");
    dialog.showModal();
  };
  const write = () => {
    const spot = selected();
    status.textContent = spot ? "" : words.nothing;
    if (spot) ask(spot);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const lines = text.value.split("\n").map((line) => clean(line, 5000)).filter(Boolean).slice(0, 100);
    reviewer = clean(name.value, 200);
    if (!lines.length || !reviewer) return (lines.length ? name : text).focus();
    const done = { ...open, remark: lines, day: new Date().toLocaleDateString("sv") };
    remarks = remarks.includes(open) ? remarks.map((item) => (item === open ? done : item)) : [...remarks, done];
    changed();
    dialog.close();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || !event.altKey || event.code !== "KeyM" || dialog.open) return;
    event.preventDefault();
    write();
  });

  // --- the list -------------------------------------------------------------------------------------

  const list = make("ol");
  const status = make("p");
  status.setAttribute("role", "status");
  const toggle = button("", () => show(panel.hidden));
  const file = make("input", { type: "file", accept: ".json" });
  const save = () => {
    const data = { version: 1, ...on, reviewer, remarks };
    const link = make("a", {
      href: URL.createObjectURL(new Blob([JSON.stringify(data, null, 1)], { type: "application/json" })),
      download: `${on.report}-remarks-${reviewer}.json`.replace(/[^\p{L}\p{N}.-]+/gu, "-"),
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    saved = true;
    status.textContent = words.mail;
  };
  const saver = button(words.save, save, { className: "first" });
  const panel = make("div", { id: "remarks-list", hidden: true },
    make("p", { textContent: words.how }), list, saver, make("label", {}, words.open, file));
  const show = (state) => {
    panel.hidden = !state;
    toggle.setAttribute("aria-expanded", String(state));
  };
  toggle.setAttribute("aria-controls", "remarks-list");
  show(false);

  const entry = (remark, at) => {
    const act = (word, does) => button(word, does, { ariaLabel: `${word} ${at + 1}` });
    const link = make("a", { href: `#${remark.paragraph || remark.section}`, textContent: shown(remark) });
    return make("li", {}, link, make("p", { textContent: remark.remark.join("\n") }),
      act(words.change, () => ask(remark)), " ",
      act(words.delete, () => { remarks = remarks.filter((item) => item !== remark); changed(); toggle.focus(); }));
  };
  const paint = () => {
    const ranges = remarks.map(find).filter(Boolean);
    if (globalThis.Highlight) CSS.highlights.set("remarks", new Highlight(...ranges));
  };
  const draw = () => {
    toggle.textContent = `${words.list} (${remarks.length})`;
    list.replaceChildren(...remarks.map(entry));
    saver.disabled = !remarks.length;
    paint();
  };
  const changed = () => {
    saved = false;
    sessionStorage.setItem(STORE, JSON.stringify({ reviewer, remarks }));
    draw();
  };

  // A file of one's own, to go on with: only texts are taken from it.
  const texts = (item) => ["section", "paragraph", "text", "words", "day"].every((key) => typeof item?.[key] === "string");
  const isOurs = (data) => data?.report === on.report && typeof data.reviewer === "string" && Array.isArray(data.remarks)
    && data.remarks.every((item) => texts(item) && Array.isArray(item.remark) && item.remark.every((line) => typeof line === "string"));
  file.addEventListener("change", async () => {
    let data = null;
    try {
      data = JSON.parse(await file.files[0].text());
    } catch { /* told below */ }
    const good = isOurs(data);
    status.textContent = good ? "" : words.foreign;
    file.value = "";
    if (!good) return;
    const known = new Set(remarks.map((item) => JSON.stringify(item)));
    remarks = [...remarks, ...data.remarks.filter((item) => !known.has(JSON.stringify(item)))];
    reviewer ||= data.reviewer;
    changed();
  });
  addEventListener("beforeunload", (event) => {
    if (!saved && parent === globalThis) event.preventDefault(); // not in the preview, which loads the page anew
  });

  const writer = button(words.write, write, { className: "first" });
  writer.setAttribute("aria-keyshortcuts", "Control+Alt+M");
  const box = make("aside", { className: "remarks", ariaLabel: words.list }, writer, " ", toggle, status, panel);
  document.body.append(box, dialog);
  const kept = JSON.parse(sessionStorage.getItem(STORE) ?? "null");
  if (kept) ({ reviewer, remarks } = kept);
  draw();
  new MutationObserver(paint).observe(main, { childList: true, subtree: true });
}
