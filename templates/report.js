// Comfort for readers of the page; without it everything is still there, in its place.

// --- contents: opened by a button on narrow screens, the present section marked -----------------

const nav = document.querySelector(".contents");
if (nav) {
  const button = nav.querySelector("button");
  const list = nav.querySelector("#contents");
  const links = new Map([...list.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const sections = [...document.querySelectorAll("main > section[id]")];

  const open = (state) => {
    nav.classList.toggle("open", state);
    button.setAttribute("aria-expanded", String(state));
  };
  button.addEventListener("click", () => open(!nav.classList.contains("open")));
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) open(false);
  });
  nav.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && nav.classList.contains("open")) {
      open(false);
      button.focus();
    }
  });

  let current;
  const mark = () => {
    const line = innerHeight / 4;
    const above = sections.filter((section) => section.getBoundingClientRect().top <= line);
    const link = above.length ? links.get(above.at(-1).id) : undefined;
    if (link === current) return;
    current?.removeAttribute("aria-current");
    current = link;
    if (!link) return;
    link.setAttribute("aria-current", "location");
    // Only the list scrolls: scrollIntoView would move the page as well.
    const place = link.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) {
      list.scrollTop += place.top - frame.top - frame.height / 3;
    }
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  }, { passive: true });
  mark();
}

// --- tables: a stop for the keyboard only where there is something to scroll --------------------

const regions = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight;
    if (scrolls && getComputedStyle(target).overflowX !== "visible") target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
document.querySelectorAll(".wide").forEach((region) => regions.observe(region));

// --- previews of footnotes and of what a reference leads to (WCAG 2.2, 1.4.13) -------------------

const preview = document.createElement("div");
preview.className = "preview";
preview.id = "preview";
preview.setAttribute("role", "tooltip");
preview.hidden = true;
document.querySelector("main").append(preview);
let source = null;
let timer = 0;

const hide = () => {
  clearTimeout(timer);
  preview.hidden = true;
  source?.removeAttribute("aria-describedby");
  source = null;
};
const later = (action) => {
  clearTimeout(timer);
  timer = setTimeout(action, 250);
};

const copy = (element) => {
  const result = element.cloneNode(true);
  for (const inner of [result, ...result.querySelectorAll("[id]")]) inner.removeAttribute("id");
  result.querySelectorAll(".back").forEach((back) => back.remove());
  result.querySelectorAll("sup").forEach((mark) => mark.querySelector(".fnref") && mark.remove());
  // The keyboard reaches these links where they stand; here they are for the pointer.
  result.querySelectorAll("a, [tabindex]").forEach((link) => { link.tabIndex = -1; });
  return result;
};

const content = (target) => {
  if (target.matches("section")) {
    const title = document.createElement("p");
    title.className = "preview-title";
    title.textContent = target.querySelector("h1, h2, h3, h4, h5, h6")?.textContent ?? "";
    const first = target.querySelector(".paragraph > p");
    return first ? [title, copy(first)] : [title];
  }
  if (target.matches("table")) return [copy(target)];
  const children = [...target.children].filter((child) => !child.matches(".wide"));
  return children.slice(0, target.matches("li") ? children.length : 1).map(copy);
};

const show = (link) => {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target || link === source) return;
  hide();
  source = link;
  preview.replaceChildren(...content(target));
  preview.hidden = false;
  preview.scrollTop = 0;
  link.setAttribute("aria-describedby", "preview");
  const place = link.getClientRects()[0];
  const fits = innerHeight - place.bottom > preview.offsetHeight + 16 || place.top < preview.offsetHeight + 16;
  const top = fits ? place.bottom + 8 : place.top - preview.offsetHeight - 8;
  const left = Math.max(16, Math.min(place.left - 24, document.documentElement.clientWidth - preview.offsetWidth - 16));
  preview.style.top = `${top + scrollY}px`;
  preview.style.left = `${left + scrollX}px`;
};

const linkOf = (event) => {
  const link = event.target.closest?.("main a.fnref, main a.ref");
  return link && !preview.contains(link) ? link : null;
};
document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = linkOf(event);
  if (link && link === source) clearTimeout(timer);
  else if (link) later(() => show(link));
  else if (preview.contains(event.target)) clearTimeout(timer);
  else if (document.activeElement !== source) later(hide);
});
document.addEventListener("focusin", (event) => {
  const link = linkOf(event);
  if (link?.matches(":focus-visible")) show(link);
  else if (!preview.contains(event.target)) hide();
});
document.addEventListener("focusout", (event) => {
  if (event.target === source && !preview.contains(event.relatedTarget)) hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
addEventListener("hashchange", hide);
