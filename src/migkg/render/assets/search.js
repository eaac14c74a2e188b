// Search over all names in all languages, accents folded; the list works with the arrow keys.

const MOST = 12;
const field = byId("search");
const found = byId("found");
const folded = given.map((names) => names.map(([name]) => fold(name)));
let marked = -1;

// Nodes that have all the words in one name; those whose name begins so come first, then the strongest.
function findNodes(text) {
  const wanted = fold(text);
  if (!wanted) return [];
  const parts = wanted.split(" ");
  const hits = [];
  folded.forEach((names, node) => {
    const name = names.find((some) => parts.every((part) => some.includes(part)));
    if (name !== undefined) hits.push([names.includes(wanted) ? 0 : names.some((some) => some.startsWith(wanted)) ? 1 : 2, node]);
  });
  return hits.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, MOST).map(([, node]) => node);
}

function showFound() {
  const hits = findNodes(field.value);
  marked = -1;
  found.replaceChildren(...hits.map((node, row) =>
    el("li", { role: "option", id: `found-${row}`, "data-node": node, onmousedown: (event) => (event.preventDefault(), openFound(node)) },
      icon(nodes[node].type), el("span", {}, nodes[node].label))));
  if (!hits.length && field.value.trim()) found.append(el("li", { class: "hint" }, words.tools.nothing_found));
  found.hidden = !field.value.trim();
  field.setAttribute("aria-expanded", String(!found.hidden));
  field.removeAttribute("aria-activedescendant");
}

function closeFound() {
  found.hidden = true;
  field.setAttribute("aria-expanded", "false");
}

function openFound(node) {
  closeFound();
  if (!shown.types.has(nodes[node].type)) {
    shown.types.add(nodes[node].type);
    applyFilters();
  }
  choose({ node }, { look: false });
  lookAt(node);
}

function mark(step) {
  const rows = [...found.querySelectorAll("[role=option]")];
  if (!rows.length) return;
  marked = (marked + step + rows.length) % rows.length;
  rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === marked)));
  field.setAttribute("aria-activedescendant", rows[marked].id);
  rows[marked].scrollIntoView({ block: "nearest" });
}

field.addEventListener("input", showFound);
field.addEventListener("focus", () => field.value.trim() && showFound());
field.addEventListener("blur", closeFound);
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (found.hidden) showFound();
    mark(event.key === "ArrowDown" ? 1 : marked < 0 ? 0 : -1);
  } else if (event.key === "Enter") {
    const row = found.querySelectorAll("[role=option]")[Math.max(marked, 0)];
    if (row && !found.hidden) openFound(Number(row.dataset.node));
  } else if (event.key === "Escape" && field.value) {
    event.stopPropagation(); // the first Escape empties the field, the next one leaves what is chosen
    field.value = "";
    closeFound();
  }
});
