// The links as a table: the same as the drawing for those who do not see it, in step with the filters and the choice.

const PORTION = 200; // rows that are added at a time
const drawer = byId("table");
const opener = byId("table-button");
const HEADS = ["from", "relation", "to", "sentence", "source", "date"];
let sorting = null; // {head, up}; null: the strongest nodes first

const bestOf = (place) => edges[place].claims?.[0];
const sourceOf = (place) => sources[bestOf(place)?.source] ?? {};
const CELLS = {
  from: (place) => nodes[edges[place].from].label,
  relation: (place) => relationWord(edges[place].relation),
  to: (place) => nodes[edges[place].to].label,
  sentence: (place) => quotes[bestOf(place)?.quote] ?? "",
  source: (place) => (bestOf(place) ? sourceOf(place).title ?? words.details.untitled : ""),
  date: (place) => sourceOf(place).issued ?? "",
};

function row(place) {
  const { language: tongue, issued } = sourceOf(place);
  const number = edges[place].count;
  return el("tr", { "data-row": place, onclick: () => choose({ edge: place }) },
    el("th", { scope: "row" }, CELLS.from(place)),
    el("td", {}, el("button", { type: "button", class: "plain", "aria-label": `${edgeWord(edges[place])}, ${claimsWord(number)}` }, CELLS.relation(place))),
    el("td", {}, CELLS.to(place)),
    el("td", { lang: tongue }, ...breakable(CELLS.sentence(place))),
    el("td", { lang: tongue }, CELLS.source(place)),
    el("td", {}, issued ? el("time", {}, dateWord(issued)) : bestOf(place) ? words.details.undated : ""));
}

function placesInOrder() {
  const places = [...edges.keys()].filter((place) => edgeShown(edges[place]));
  const strongest = (a, b) => Math.min(edges[a].from, edges[a].to) - Math.min(edges[b].from, edges[b].to) || a - b;
  if (!sorting) return places.sort(strongest);
  const collate = new Intl.Collator(language);
  const keys = new Map(places.map((place) => [place, CELLS[sorting.head](place)]));
  return places.sort((a, b) => (sorting.up ? 1 : -1) * collate.compare(keys.get(a), keys.get(b)) || strongest(a, b));
}

function headCell(head) {
  const order = sorting?.head === head ? (sorting.up ? "ascending" : "descending") : null;
  return el("th", { scope: "col", "aria-sort": order }, el("button", { type: "button", class: "plain", "data-head": head, onclick: () => {
    sorting = order === "descending" ? null : { head, up: !order };
    fillTable();
    drawer.querySelector(`[data-head=${head}]`).focus();
  } }, words.table[head], order ? (sorting.up ? " ↑" : " ↓") : ""));
}

function fillTable() {
  if (drawer.hidden) return;
  whenRead(fillTable);
  const places = placesInOrder();
  const body = el("tbody");
  const more = el("button", { type: "button", class: "more", onclick: () => add() });
  let count = 0;
  const add = () => {
    body.append(...places.slice(count, count + PORTION).map(row));
    count = Math.min(count + PORTION, places.length);
    more.hidden = count === places.length;
    more.textContent = fill(words.details.more, { n: number(places.length - count) });
    markRow();
  };
  drawer.replaceChildren(el("table", {},
    el("caption", {}, `${words.table.caption}: ${number(places.length)}`),
    el("thead", {}, el("tr", {}, ...HEADS.map(headCell))), body), more);
  add();
}

// The rows of what is chosen: an edge, or all links of a node.
function markRow() {
  for (const old of drawer.querySelectorAll(".chosen")) {
    old.classList.remove("chosen");
    old.removeAttribute("aria-current");
  }
  if (drawer.hidden || !lit) return;
  for (const item of drawer.querySelectorAll("[data-row]")) {
    if (!lit.edges.has(Number(item.dataset.row))) continue;
    item.classList.add("chosen");
    item.setAttribute("aria-current", "true");
  }
}

whenSpoken(fillTable);
opener.addEventListener("click", () => {
  drawer.hidden = !drawer.hidden;
  opener.setAttribute("aria-expanded", String(!drawer.hidden));
  fillTable();
});
