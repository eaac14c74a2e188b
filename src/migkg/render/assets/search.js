// Search over all names in all languages, accents folded. Any field can be one: suggestions are a list box that works
// with the arrow keys, Enter and Escape (the combobox pattern of WAI-ARIA).

const MOST = 12;
let folded = null; // the folded names of each node, made when they are first asked for

// Nodes that have all the words in one name; those that are called so come first, then those whose name begins so, then
// the strongest.
function findNodes(text) {
  const wanted = fold(text);
  if (!wanted) return [];
  folded ??= given.map((names) => names.map(([name]) => fold(name)));
  const parts = wanted.split(" ");
  const hits = [];
  folded.forEach((names, node) => {
    const name = names.find((some) => parts.every((part) => some.includes(part)));
    if (name !== undefined) hits.push([names.includes(wanted) ? 0 : names.some((some) => some.startsWith(wanted)) ? 1 : 2, node]);
  });
  return hits.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, MOST).map(([, node]) => node);
}

// The name that was searched for, where it is not the one that is shown.
function otherNameFor(node, text) {
  const parts = fold(text).split(" ");
  if (parts.every((part) => fold(nodes[node].label).includes(part))) return null;
  return given[node].map(([name]) => name).find((name) => parts.every((part) => fold(name).includes(part)));
}

// Make an input and a list a search; `open` is called with the node that was picked.
function makeSearch(input, list, open) {
  let marked = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = (node) => (close(), open(node));
  const option = (node, row) => {
    const other = otherNameFor(node, input.value);
    return el("li", { role: "option", id: `${list.id}-${row}`, "data-node": node, "aria-selected": "false",
      onmousedown: (event) => (event.preventDefault(), pick(node)) },
    icon(nodes[node].type), el("span", {}, nodes[node].label, other ? el("small", {}, ` ${other}`) : null));
  };
  const show = () => {
    const hits = findNodes(input.value);
    marked = -1;
    list.replaceChildren(...hits.map(option));
    const asked = input.value.trim();
    if (!hits.length && asked) list.append(el("li", { class: "hint" }, words.tools.nothing_found));
    close();
    list.hidden = !asked;
    input.setAttribute("aria-expanded", String(Boolean(asked)));
    if (asked) say(hits.length ? fill(words.tools.found, { n: number(hits.length) }) : words.tools.nothing_found);
  };
  const move = (step) => {
    const rows = [...list.querySelectorAll("[role=option]")];
    if (!rows.length) return;
    marked = marked < 0 && step < 0 ? rows.length - 1 : (marked + step + rows.length) % rows.length;
    rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === marked)));
    input.setAttribute("aria-activedescendant", rows[marked].id);
    rows[marked].scrollIntoView({ block: "nearest" });
  };
  const keys = {
    ArrowDown: () => (list.hidden && show(), move(1)),
    ArrowUp: () => (list.hidden && show(), move(-1)),
    Enter: () => {
      const row = list.querySelectorAll("[role=option]")[Math.max(marked, 0)];
      if (row && !list.hidden) pick(Number(row.dataset.node));
    },
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value.trim() && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    } else if (event.key === "Escape" && input.value) {
      event.stopPropagation(); // the first Escape empties the field, the next one leaves what is chosen
      input.value = "";
      close();
    }
  });
}

// Show a node even where a filter hides its type, and go there.
function openFound(node) {
  if (!shown.types.has(nodes[node].type)) {
    shown.types.add(nodes[node].type);
    applyFilters();
  }
  choose({ node }, { look: false });
  lookAt(node);
}

makeSearch(byId("search"), byId("found"), openFound);
