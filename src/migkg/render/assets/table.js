// The links as a table: the same as the drawing for those who do not see it, in step with the filters.

const PORTION = 200; // rows that are added at a time
const drawer = byId("table");
const opener = byId("table-button");

function row(place) {
  const { from, relation, to, claims = [] } = edges[place];
  const best = claims[0];
  const source = best ? sources[best.source] : {};
  return el("tr", { "data-row": place, onclick: () => choose({ edge: place }) },
    el("td", {}, nodes[from].label),
    el("td", {}, el("button", { type: "button", class: "plain" }, relationWord(relation))),
    el("td", {}, nodes[to].label),
    el("td", { lang: source.language }, best ? quotes[best.quote] : ""),
    el("td", { lang: source.language }, best ? (source.title ?? words.details.untitled) : ""),
    el("td", {}, best ? (source.issued ? dateWord(source.issued) : words.details.undated) : ""));
}

function fillTable() {
  if (drawer.hidden) return;
  whenRead(fillTable);
  const places = [...edges.keys()].filter((place) => edgeShown(edges[place]))
    .sort((a, b) => Math.min(edges[a].from, edges[a].to) - Math.min(edges[b].from, edges[b].to) || a - b);
  const body = el("tbody");
  const heads = ["from", "relation", "to", "sentence", "source", "date"];
  const more = el("button", { type: "button", class: "more", onclick: () => add() });
  let count = 0;
  const add = () => {
    body.append(...places.slice(count, count + PORTION).map(row));
    count = Math.min(count + PORTION, places.length);
    more.hidden = count === places.length;
    more.textContent = fill(words.details.more, { n: number(places.length - count) });
  };
  add();
  drawer.replaceChildren(el("table", {},
    el("caption", {}, `${words.table.caption}: ${number(places.length)}`),
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, words.table[head])))), body), more);
  markRow();
}

function markRow() {
  for (const old of drawer.querySelectorAll(".chosen")) old.classList.remove("chosen");
  if (chosen?.edge !== undefined) drawer.querySelector(`[data-row="${chosen.edge}"]`)?.classList.add("chosen");
}

whenSpoken(fillTable);
opener.addEventListener("click", () => {
  drawer.hidden = !drawer.hidden;
  opener.setAttribute("aria-expanded", String(!drawer.hidden));
  fillTable();
});
