// What the page knows, and the small tools that every part uses. Text reaches the page by textContent alone.
//
// All parts read these lists, and refer to nodes, edges and sources by their places in them:
//   nodes[n]    label, spoken (its languages), type, country (a code: countryWord), when, links (neighbours),
//               names (the others: [name, language …] …), iri, group, x, y, size
//   edges[e]    from, to, relation, count (sentences), years ([first, last], or null: undated), confidence, languages,
//               themes; and claims, but only once `await evidence()` is over: it is unpacked when first asked for
//   claims      quote, source (places in quotes and sources), status, confidence, amounts, post
//   sources[s]  title, url, issued, language, publisher; filled by evidence(), as quotes is
//   groups[g]   label, nodes (strongest first), x, y, radius: a community
//   about       documents, dated, languages, left_out, focus
// What is drawn is fewer than what there is: `light`, `bringToView` and `lookAt` (drawing.js) take any place.

const page = JSON.parse(document.getElementById("network-data").textContent);
const { style } = page;
const { nodes, edges, sources, quotes, about } = page.data;
let language = document.documentElement.lang; // it and its words change with language.js
let words = page.words[language];
const evidence = async () => {};
const byId = (id) => document.getElementById(id);

// An element with attributes, properties that start with "on" as listeners, and children (texts or elements).
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const number = (value) => new Intl.NumberFormat(language).format(value);

// For comparing names: no accents, no capitals, plain apostrophes and dashes, single spaces (as text/normalize.py does).
const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’‘ʼ`´′]/g, "'").replace(/[‐‑‒–—−]/g, "-")
    .toLowerCase().replace(/\s+/g, " ").trim();

const typeWord = (type) => (words.types[type] ?? [type, type])[0];
const relationWord = (relation, inverse = false) => (words.relations[relation] ?? [relation, relation])[inverse ? 1 : 0];
const countryWord = (code) => page.data.countries[code]?.[language] ?? code;
const claimsWord = (count) => (count === 1 ? words.details.one_claim : fill(words.details.claims, { n: number(count) }));

// An EDTF date in words; what cannot be read is shown as it stands.
function dateWord(edtf) {
  const parts = edtf.split("/").filter((part) => part && part !== "..");
  return parts.map(dayWord).join(" – ");
}

function dayWord(date) {
  const match = /^(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date);
  if (!match) return date;
  const [, year, month, day] = match;
  const known = year !== "XXXX";
  if (!month) return known ? year : words.details.year_unknown;
  const time = new Date(Date.UTC(known ? Number(year) : 2000, Number(month) - 1, Number(day ?? 1)));
  if (time.getUTCMonth() + 1 !== Number(month)) return date; // no such day
  const options = { month: "long", timeZone: "UTC", ...(day && { day: "numeric" }), ...(known && { year: "numeric" }) };
  const text = new Intl.DateTimeFormat(language, options).format(time);
  return known ? text : `${text} (${words.details.year_unknown})`;
}

function amountWord([value, currency, kind]) {
  let text = `${number(Number(value))} ${currency ?? ""}`.trim();
  if (/^[A-Z]{3}$/.test(currency ?? "")) {
    const options = { style: "currency", currency, currencyDisplay: "code", maximumFractionDigits: 2, minimumFractionDigits: 0 };
    text = new Intl.NumberFormat(language, options).format(Number(value));
  }
  return kind ? `${text} (${words.amount_kinds[kind] ?? kind})` : text;
}

// For each node the places of its edges.
const edgesOf = nodes.map(() => []);
edges.forEach((edge, place) => {
  edgesOf[edge.from].push(place);
  if (edge.to !== edge.from) edgesOf[edge.to].push(place);
});
const otherEnd = (edge, node) => (edge.from === node ? edge.to : edge.from);

// What is shown: filters.js changes it, everything else reads it.
const shown = { types: new Set(Object.keys(style.types)), relations: new Set(Object.keys(style.relations)) };
const edgeShown = (edge) =>
  shown.relations.has(edge.relation) && shown.types.has(nodes[edge.from].type) && shown.types.has(nodes[edge.to].type);
const nodeShown = (node) =>
  shown.types.has(nodes[node].type) && (!edgesOf[node].length || edgesOf[node].some((place) => edgeShown(edges[place])));
