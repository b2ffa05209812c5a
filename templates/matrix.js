// Filters of the matrix page. Without this script every row is shown and the filters are not.
// What is chosen stands in the address after #?, so that a filtered view can be sent to somebody.
const form = document.getElementById("filters");
const shown = document.getElementById("shown");
const groups = [...document.querySelectorAll("#rows tbody")].map((group) => ({
  group,
  count: group.querySelector(".count"),
  rows: [...group.querySelectorAll("tr[data-state]")].map((row) => ({ row, text: row.textContent.toLowerCase() })),
}));
const total = groups.reduce((sum, { rows }) => sum + rows.length, 0);

function matches({ row, text }, wanted) {
  const data = row.dataset;
  return ["state", "finding", "theme", "document"].every((key) => !wanted[key] || data[key] === wanted[key])
    && (!wanted.organisation || data.organisation.split(" ").includes(wanted.organisation))
    && (!wanted.addressee || data.addressee.split("|").includes(wanted.addressee))
    && (!wanted.repeated || "repeated" in data)
    && (!wanted.followup || "followup" in data)
    && (wanted.text || "").toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function apply() {
  const wanted = Object.fromEntries(new FormData(form));
  let all = 0;
  for (const { group, count, rows } of groups) {
    let here = 0;
    for (const entry of rows) {
      entry.row.hidden = !matches(entry, wanted);
      here += !entry.row.hidden;
    }
    group.hidden = here === 0;
    count.textContent = here;
    all += here;
  }
  shown.textContent = shown.dataset.text.replace("{shown}", all).replace("{all}", total);
  const chosen = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
  const address = String(chosen) ? `#?${chosen}` : location.hash.startsWith("#?") ? "#" : "";
  if (address) history.replaceState(null, "", address);
}

function restore(view) {
  for (const [name, value] of new URLSearchParams(view)) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = true;
    else field.value = value;
  }
}

if (location.hash.startsWith("#?")) restore(location.hash.slice(2));
form.hidden = false;
form.addEventListener("input", apply);
form.addEventListener("reset", () => setTimeout(apply));
form.addEventListener("submit", (event) => event.preventDefault());
// a theme in the pictures leads to its rows even where a filter has hidden them, a finding to its rows alone
document.querySelectorAll(".picture a").forEach((link) => link.addEventListener("click", (event) => {
  const target = document.querySelector(link.getAttribute("href"));
  if (link.dataset.view) {
    event.preventDefault();
    form.reset();
    restore(link.dataset.view);
    apply();
    target.scrollIntoView();
  } else if (target && target.hidden) { form.reset(); }
}));
apply();
