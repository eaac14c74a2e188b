// The panel: what is chosen, in words, with every sentence and its source.

const panel = byId("details");
const FIRST = 12; // links of one relation that are listed before "show more"
const FEW = 4; // other names that are shown without being asked for
const trail = [];
let chosen = null;

function icon(type) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "-1 -1 26 26");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", style.types[type].shape);
  path.setAttribute("fill-rule", "evenodd");
  path.style.fill = style.types[type].colour === "ink" ? "var(--ink)" : style.types[type].colour;
  svg.append(path);
  return svg;
}

// Choose a node ({node}), an edge ({edge}) or nothing (null).
function choose(what, { back = false, look = true } = {}) {
  if (!back && chosen) trail.push(chosen);
  chosen = what;
  if (what?.node !== undefined) {
    const near = edgesOf[what.node].filter((place) => edgeShown(edges[place]));
    const around = near.map((place) => otherEnd(edges[place], what.node));
    light([what.node], new Set([what.node, ...around]), new Set(near));
    if (look) bringToView([what.node]);
    panel.replaceChildren(...nodeDetails(what.node).filter(Boolean));
    whenRead(() => chosen === what && panel.replaceChildren(...nodeDetails(what.node).filter(Boolean)));
  } else if (what?.edge !== undefined) {
    const { from, to } = edges[what.edge];
    light([from, to], new Set([from, to]), new Set([what.edge]));
    if (look) bringToView([from, to]);
    panel.replaceChildren(...edgeDetails(what.edge));
    whenRead(() => chosen === what && panel.replaceChildren(...edgeDetails(what.edge)));
  } else {
    trail.length = 0;
    light(null);
    panel.replaceChildren(...overview());
  }
  panel.scrollTop = 0;
  markRow();
}

// Sentences are unpacked when first asked for: until then the panel shows all but those.
let read = false;
function whenRead(show) {
  if (!read) evidence().then(() => ((read = true), show()));
}

const goBack = () => choose(trail.pop() ?? null, { back: true });

function bar() {
  return el("div", { class: "bar" },
    el("button", { type: "button", onclick: goBack }, `← ${words.details.back}`),
    el("button", { type: "button", onclick: () => choose(null) }, `${words.tools.close} ✕`));
}

function nodeButton(node, ...more) {
  return el("button", { type: "button", class: "link", "data-node": node, onclick: () => choose({ node }) },
    icon(nodes[node].type), el("span", {}, nodes[node].label), ...more);
}

function overview() {
  const strongest = [...nodes.keys()].filter((node) => nodes[node].type !== "Place").slice(0, 15);
  return [
    el("p", { class: "hint" }, words.details.hint),
    el("h2", {}, words.details.strongest),
    el("ol", { class: "links" }, ...strongest.map((node) =>
      el("li", {}, nodeButton(node, el("span", { class: "count" }, number(nodes[node].links ?? 0)))))),
  ];
}

function fact(term, ...content) {
  return [el("dt", {}, term), el("dd", {}, ...content)];
}

function nodeDetails(node) {
  const { label, type, country, when } = nodes[node];
  const other = given[node].filter(([name]) => name !== label).map(([name, ...codes]) =>
    el("li", { lang: codes[0] }, name, el("small", {}, ` ${codes.map((code) => words.languages[code] ?? code).join(", ")}`)));
  return [
    bar(),
    el("h2", { class: "name" }, icon(type), el("span", {}, label)),
    el("p", { class: "hint" }, typeWord(type)),
    el("dl", {},
      ...(country ? fact(words.details.country, countryWord(country)) : []),
      ...(when ? fact(words.details.date, dateWord(when)) : []),
      ...(other.length && other.length <= FEW ? fact(words.details.other_names, el("ul", {}, ...other)) : [])),
    other.length > FEW
      ? el("details", {}, el("summary", {}, `${words.details.other_names} (${number(other.length)})`), el("ul", {}, ...other))
      : null,
    ...linkLists(node),
  ];
}

whenSpoken(() => choose(chosen, { back: true, look: false }));

// The links of a node, one list for each relation and direction, in the order of the legend.
function linkLists(node) {
  const lists = new Map();
  for (const relation of Object.keys(style.relations)) {
    for (const inverse of [false, true]) lists.set(`${relationWord(relation, inverse)}`, []);
  }
  for (const place of edgesOf[node]) {
    const edge = edges[place];
    const word = relationWord(edge.relation, edge.from !== node);
    if (edgeShown(edge)) lists.get(word).push(place);
  }
  return [...lists].filter(([, places]) => places.length).flatMap(([word, places]) => {
    places.sort((a, b) => otherEnd(edges[a], node) - otherEnd(edges[b], node));
    const list = el("ul", { class: "links" });
    const add = (some) => list.append(...some.map((place) => el("li", {}, linkButton(place, node))));
    add(places.slice(0, FIRST));
    const rest = places.slice(FIRST);
    const more = rest.length && el("button", { type: "button", class: "more", onclick: () => (add(rest), more.remove()) },
      fill(words.details.more, { n: number(rest.length) }));
    return [el("h3", {}, word, el("span", { class: "count" }, number(places.length))), list, more || null];
  }).filter(Boolean);
}

function linkButton(place, node) {
  const edge = edges[place];
  const other = otherEnd(edge, node);
  const sums = [...new Set((edge.claims ?? []).flatMap((claim) => claim.amounts ?? []).map(amountWord))];
  const posts = [...new Set((edge.claims ?? []).map((claim) => claim.post).filter(Boolean))];
  const extra = [...sums, ...posts].join(", ");
  return el("button", { type: "button", class: "link", "data-edge": place, onclick: () => choose({ edge: place }) },
    icon(nodes[other].type), el("span", {}, nodes[other].label, extra ? el("small", {}, ` ${extra}`) : null));
}

function edgeDetails(place) {
  const { from, relation, to, count, claims = [] } = edges[place];
  return [
    bar(),
    el("h2", { class: "unseen" }, edgeWord(edges[place])),
    el("div", { class: "triple" }, nodeButton(from), el("p", {}, relationWord(relation)), nodeButton(to)),
    el("h3", {}, words.details.evidence, el("span", { class: "count" }, number(count))),
    ...(count ? claims.map(claimCard) : [el("p", { class: "hint" }, words.details.no_evidence)]),
  ];
}

function claimCard(claim) {
  const source = sources[claim.source];
  const title = source.title ?? words.details.untitled;
  const heading = source.url
    ? el("a", { href: source.url, rel: "noopener noreferrer", target: "_blank", title: words.details.open, lang: source.language }, title)
    : el("span", { lang: source.language }, title);
  const origin = [source.publisher, source.issued ? dateWord(source.issued) : words.details.undated,
    words.languages[source.language] ?? source.language].filter(Boolean).join(" · ");
  const facts = [
    ...(claim.amounts ?? []).flatMap((amount) => fact(words.details.amount, amountWord(amount))),
    ...(claim.post ? fact(words.details.post, claim.post) : []),
    ...(claim.confidence !== undefined ? fact(words.details.confidence, number(claim.confidence)) : []),
  ];
  return el("article", { class: `claim ${claim.status === "stated" ? "" : "unsure"}` },
    el("blockquote", { lang: source.language }, quotes[claim.quote]),
    el("p", { class: "origin" }, heading, el("small", {}, origin)),
    el("div", { class: "facts" }, el("mark", {}, words.status[claim.status] ?? claim.status), el("dl", {}, ...facts)));
}
