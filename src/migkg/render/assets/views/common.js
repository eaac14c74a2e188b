// What each of these pages knows, and what all of them show.

// Objects without inherited keys: "constructor" may be the code of a language in a graph.
const bare = (_, value) =>
  value && typeof value === "object" && !Array.isArray(value) ? Object.assign(Object.create(null), value) : value;
const page = JSON.parse(document.getElementById("page-data").textContent, bare);
const { words, style } = page;
const { things, claims, sources, quotes, about, view } = page.data;
const say = page.say.view;
const common = page.say.common;
const language = document.documentElement.lang;

const button = (text, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, text);
const share = (part, whole) => (whole ? Math.round((100 * part) / whole) : 0);
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
const typeWord = (type) => (words.types[type] ?? [type, type])[0];
const relationWord = (relation) => (words.relations[relation] ?? [relation])[0];

// The shape of a type, in a box of 24 by 24.
function shape(type, attributes = {}) {
  const look = style.types[type];
  const path = svg("path", { d: look?.shape ?? "M4 4H20V20H4z", "fill-rule": "evenodd", ...attributes });
  path.style.fill = !look || look.colour === "ink" ? "var(--ink)" : look.colour;
  return path;
}

const icon = (type) => svg("svg", { viewBox: "-1 -1 26 26", class: "icon", "aria-hidden": "true" }, shape(type));
const named = (thing) => [icon(things[thing].type), el("span", {}, things[thing].label)];

// What was read, in words: a figure means little without it.
function readWords({ documents, dated, languages }) {
  const spoken = Object.entries(languages).map(([code, count]) => `${words.languages[code] ?? code} ${number(count)}`);
  const read = documents === 1 ? words.page.one_document : fill(words.page.documents, { n: number(documents) });
  return [read, fill(words.page.dated, { p: share(dated, documents) }), spoken.join(", ")].filter(Boolean).join(" · ");
}

// A table in portions; a row is {cells: [...], act: what a click does, key: its number}.
const PORTION = 100;
function makeTable(caption, heads, rows) {
  const body = el("tbody");
  let count = 0;
  const more = button("", () => add(), { class: "more" });
  const add = () => {
    body.append(...rows.slice(count, count + PORTION).map((row) =>
      el("tr", { onclick: row.act, "data-row": row.key }, row.cells.map((cell) => el("td", {}, cell)))));
    count = Math.min(count + PORTION, rows.length);
    more.hidden = count === rows.length;
    more.textContent = fill(words.details.more, { n: number(rows.length - count) });
  };
  add();
  const head = el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text))));
  return [el("div", { class: "scroll" }, el("table", {}, el("caption", {}, caption), head, body)), more];
}

// On paper a page is light.
addEventListener("beforeprint", () => document.documentElement.classList.add("on-paper"));
addEventListener("afterprint", () => document.documentElement.classList.remove("on-paper"));
