// What is known of one node: names, facts, the same thing elsewhere, offices, money, and its links by relation.

const FEW = 4; // other names that are shown without being asked for
const EGO = 80; // nodes around a chosen one that stand out before "show more"

// The nodes within some links of a node, the nearest and strongest first, and the links among them.
function around(node, depth, most = Infinity) {
  const distance = new Map([[node, 0]]);
  let edge = [node];
  for (let step = 1; step <= depth; step += 1) {
    const next = [];
    for (const here of edge) {
      for (const place of edgesOf[here]) {
        const there = otherEnd(edges[place], here);
        if (distance.has(there) || !edgeShown(edges[place])) continue;
        distance.set(there, step);
        next.push(there);
      }
    }
    edge = next;
  }
  const order = [...distance.keys()].sort((a, b) => distance.get(a) - distance.get(b) || a - b);
  const kept = new Set(order.slice(0, most + 1));
  const among = new Set();
  for (const here of kept) {
    for (const place of edgesOf[here]) if (kept.has(otherEnd(edges[place], here)) && edgeShown(edges[place])) among.add(place);
  }
  return { kept, among: depth === 1 ? new Set([...among].filter((place) => edgesOf[node].includes(place))) : among, total: order.length - 1 };
}

views.node = {
  light: ({ node, depth = 1, most = EGO }) => {
    const { kept, among } = around(node, depth, most);
    return [[node], kept, among];
  },
  places: ({ node }) => [node],
  words: ({ node }) => `${nodes[node].label}, ${typeWord(nodes[node].type)}, ${fill(words.details.link_count, { n: number(edgesOf[node].length) })}`,
  write: nodeDetails,
};

function nodeDetails({ node, depth = 1, most = EGO }) {
  const { label, type, country, when, matches = [] } = nodes[node];
  const other = given[node].filter(([name]) => name !== label).map(([name, ...codes]) =>
    el("li", { lang: codes[0] }, name, el("small", {}, ` ${codes.map(languageWord).join(", ")}`)));
  return [
    el("h2", { class: "name" }, icon(type), el("span", {}, label)),
    el("p", { class: "hint" }, typeWord(type)),
    el("dl", {},
      ...(country ? fact(words.details.country, countryWord(country)) : []),
      ...(when ? fact(words.details.date, dateFact(when)) : []),
      ...(other.length && other.length <= FEW ? fact(words.details.other_names, el("ul", {}, ...other)) : []),
      ...(matches.length ? fact(words.details.elsewhere, el("ul", {}, ...matches.map(matchItem))) : [])),
    other.length > FEW
      ? el("details", {}, el("summary", {}, `${words.details.other_names} (${number(other.length)})`), el("ul", {}, ...other))
      : null,
    ...neighbourhood(node, depth, most),
    ...pathField(node),
    ...offices(node),
    ...money(node),
    ...tiesOf(node),
    ...linkLists(node),
  ];
}

// A date in words, and beside it as the graph has it, which shows how exact it is.
function dateFact(edtf) {
  const text = dateWord(edtf);
  return el("span", {}, text, text === edtf ? null : el("small", {}, ` (${edtf})`));
}

function matchItem([address, kind]) {
  return el("li", {}, webLink(address, address.replace(/^https?:\/\/(www\.)?/i, "")),
    kind === "exact" ? null : el("small", {}, ` ${words.details.close_match}`));
}

const webLink = (address, text, attributes = {}) =>
  el("a", { href: address, rel: "noopener noreferrer", target: "_blank", ...attributes }, text);

// How far around the node the drawing shows: one, two or three links, the strongest first.
function neighbourhood(node, depth, most) {
  const { kept, total } = around(node, depth, most);
  if (!total) return [];
  const steps = [1, 2, 3].map((step) => el("button", { type: "button", "aria-pressed": String(step === depth), "data-depth": step,
    onclick: () => choose({ node, depth: step }, { back: true }) }, number(step)));
  const shownCount = kept.size - 1;
  const more = total > shownCount && el("button", { type: "button", class: "more",
    onclick: () => choose({ node, depth, most: most + EGO }, { back: true, look: false }) },
  fill(words.details.more, { n: number(Math.min(EGO, total - shownCount)) }));
  return [
    el("div", { class: "depth", role: "group", "aria-label": words.details.depth }, el("span", {}, words.details.depth), ...steps),
    el("p", { class: "hint", id: "around" }, fill(words.details.around, { n: number(shownCount), all: number(total) }), " ", more || null),
  ];
}

// The claims of the links of a node that have one of some relations.
function claimsAround(node, relation) {
  return edgesOf[node].filter((place) => edges[place].relation === relation && edgeShown(edges[place]))
    .flatMap((place) => (edges[place].claims ?? []).map((claim) => ({ place, claim, issued: sources[claim.source].issued })));
}

// Offices held (of a person) or filled (of an organisation), each with the dates on which a source said so.
function offices(node) {
  const held = new Map();
  for (const { place, claim, issued } of claimsAround(node, "worksFor")) {
    if (!claim.post) continue;
    const other = otherEnd(edges[place], node);
    const key = `${claim.post}\n${other}`;
    if (!held.has(key)) held.set(key, { post: claim.post, other, place, dates: new Set() });
    if (issued) held.get(key).dates.add(issued);
  }
  if (!held.size) return [];
  const rows = [...held.values()].map((row) => ({ ...row, dates: [...row.dates].sort() }));
  rows.sort((a, b) => (b.dates.at(-1) ?? "").localeCompare(a.dates.at(-1) ?? "") || a.other - b.other);
  return [el("h3", {}, words.details.offices, countMark(rows.length)), ...longList(rows, ({ post, other, place, dates }) =>
    edgeButton(place, icon(nodes[other].type), el("span", {}, `${post}, ${nodes[other].label}`,
      el("small", {}, ` ${dates.length ? fill(words.details.said_on, { date: dates.map(dateWord).join("; ") }) : words.details.undated}`))))];
}

// Sums given and received, by currency. They are not added up: the same sum is often told twice, or in parts.
function money(node) {
  const parts = [["given", (edge) => edge.from === node], ["received", (edge) => edge.to === node]];
  return parts.flatMap(([word, belongs]) => {
    const byCurrency = new Map();
    for (const { place, claim } of claimsAround(node, "funds").filter(({ place }) => belongs(edges[place]))) {
      for (const amount of claim.amounts ?? []) {
        const currency = amount[1] ?? words.details.no_currency;
        const sums = byCurrency.get(currency) ?? byCurrency.set(currency, new Map()).get(currency);
        sums.set(`${amount[0]} ${amount[2]} ${place}`, { amount, place, status: claim.status });
      }
    }
    if (!byCurrency.size) return [];
    return [el("h3", {}, words.details[word]), el("p", { class: "hint" }, words.details.not_added),
      ...[...byCurrency].sort().flatMap(([currency, sums]) => [
        el("h4", {}, currency, countMark(sums.size)),
        ...longList([...sums.values()].sort((a, b) => Number(b.amount[0]) - Number(a.amount[0])), (sum) => sumButton(sum, node)),
      ])];
  });
}

function sumButton({ amount, place, status }, node) {
  const other = otherEnd(edges[place], node);
  const said = status === "stated" ? "" : ` · ${statusWord(status)}`;
  return edgeButton(place, icon(nodes[other].type),
    el("span", {}, el("strong", {}, amountWord(amount)), ` ${nodes[other].label}`, el("small", {}, said)));
}

const edgeButton = (place, ...content) =>
  el("button", { type: "button", class: "link", "data-edge": place, onclick: () => choose({ edge: place }) }, ...content);

// The links of a node, one list for each relation and direction, in the order of the legend; events in order of time.
function linkLists(node) {
  const lists = new Map();
  for (const relation of Object.keys(style.relations)) {
    for (const inverse of [false, true]) lists.set(relationWord(relation, inverse), []);
  }
  for (const place of edgesOf[node]) {
    const edge = edges[place];
    if (edgeShown(edge)) lists.get(relationWord(edge.relation, edge.from !== node)).push(place);
  }
  const whenOf = (place) => nodes[otherEnd(edges[place], node)].when ?? "~";
  return [...lists].filter(([, places]) => places.length).flatMap(([word, places]) => {
    places.sort((a, b) => whenOf(a).localeCompare(whenOf(b)) || otherEnd(edges[a], node) - otherEnd(edges[b], node));
    return [el("h3", {}, word, countMark(places.length)), ...longList(places, (place) => linkButton(place, node))];
  });
}

function linkButton(place, node) {
  const other = nodes[otherEnd(edges[place], node)];
  const claims = edges[place].claims ?? [];
  const sums = new Set(claims.flatMap((claim) => claim.amounts ?? []).map(amountWord));
  const posts = new Set(claims.map((claim) => claim.post).filter(Boolean));
  const extra = [other.when && dateWord(other.when), ...sums, ...posts].filter(Boolean).join(", ");
  return edgeButton(place, icon(other.type), el("span", {}, other.label, extra ? el("small", {}, ` ${extra}`) : null));
}
