// An edge: every claim behind it, with the words of both ends marked, its source, and a citation to take along.

views.edge = {
  light: ({ edge }) => [[edges[edge].from, edges[edge].to], new Set([edges[edge].from, edges[edge].to]), new Set([edge])],
  places: ({ edge }) => [edges[edge].from, edges[edge].to],
  words: ({ edge }) => edgeWord(edges[edge]),
  write: edgeDetails,
};

function edgeDetails({ edge: place }) {
  const { from, relation, to } = edges[place];
  const dates = [to, from].filter((node) => nodes[node].when)
    .flatMap((node) => fact(fill(words.details.date_of, { name: nodes[node].label }), dateFact(nodes[node].when)));
  return [
    el("h2", { class: "unseen" }, edgeWord(edges[place])),
    el("div", { class: "triple" }, nodeButton(from), el("p", {}, relationWord(relation)), nodeButton(to)),
    dates.length ? el("dl", {}, ...dates) : null,
    ...claimList(place),
  ];
}

// All claims of an edge as cards under a heading that counts them.
function claimList(place) {
  const { claims, count } = edges[place];
  const heading = el("h3", {}, words.details.evidence, countMark(claims?.length ?? count ?? 0));
  if (!claims) return [heading, el("p", { class: "hint", "aria-busy": "true" }, words.details.unpacking)];
  if (!claims.length) return [heading, el("p", { class: "hint" }, words.details.no_evidence)];
  return [heading, ...claims.map((claim) => claimCard(claim, place))];
}

function claimCard(claim, place) {
  const source = sources[claim.source];
  const title = source.title ?? words.details.untitled;
  const heading = source.url
    ? webLink(source.url, title, { title: words.details.open, lang: source.language })
    : el("span", { lang: source.language }, title);
  const origin = [source.publisher, source.issued ? dateWord(source.issued) : words.details.undated,
    source.language && languageWord(source.language),
    source.withdrawn && fill(words.details.withdrawn, { date: dateWord(source.withdrawn) })].filter(Boolean).join(" · ");
  const facts = [
    ...(claim.amounts ?? []).flatMap((amount) => fact(words.details.amount, amountWord(amount))),
    ...(claim.post ? fact(words.details.post, claim.post) : []),
    ...(claim.confidence !== undefined ? fact(words.details.confidence, number(claim.confidence)) : []),
  ];
  return el("article", { class: `claim ${claim.status === "stated" ? "" : "unsure"}`, "aria-label": `${statusWord(claim.status)}: ${title}` },
    el("blockquote", { lang: source.language }, ...markEnds(quotes[claim.quote], edges[place])),
    el("p", { class: "origin" }, heading, el("small", {}, origin)),
    el("div", { class: "facts" }, el("span", { class: "status" }, statusWord(claim.status)), el("dl", {}, ...facts),
      el("button", { type: "button", class: "cite", onclick: () => copy(citation(claim, place), words.save.citation_copied) }, words.save.cite)));
}

// A citation in plain text: the words, where they stand, what was read from them, and a lasting address for the claim.
function citation(claim, place) {
  const source = sources[claim.source];
  const date = source.issued ? dateWord(source.issued) : words.details.undated;
  const origin = [source.publisher, source.title ?? words.details.untitled, date, source.url].filter(Boolean).join(", ");
  const lines = [`“${quotes[claim.quote]}”`, origin, `${edgeWord(edges[place])} (${statusWord(claim.status)})`];
  return [...lines, claim.iri].join("\n");
}

// The names by which a sentence may mean a node: all of its own, and for a government or a place that of its country.
function namesFor(node) {
  const { type, country } = nodes[node];
  const names = given[node].map(([name]) => name);
  if (type === "Government" || type === "Place") names.push(...Object.values(countries[country] ?? {}));
  return names.filter((name) => name.length > 1);
}

const ACRONYM = /^[\p{Lu}\d.-]{2,8}$/u;
const isWord = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

// Where a name stands in a text as whole words, as [start, end]; accents and case do not matter but for acronyms.
function findName(text, [folded, places], name) {
  const wanted = fold(name);
  const spans = [];
  let at = wanted ? folded.indexOf(wanted) : -1;
  while (at >= 0) {
    const [start, end] = [places[at], places[at + wanted.length]];
    const whole = !isWord(text[start - 1]) && !isWord(text[end]);
    if (whole && (!ACRONYM.test(name) || text.slice(start, end) === name)) spans.push([start, end]);
    // The next can only start after this word: a text of one long word is gone through once.
    let next = at + 1;
    while (isWord(folded[next]) && isWord(folded[next - 1])) next += 1;
    at = folded.indexOf(wanted, next);
  }
  return spans;
}

// The text as pieces, with the names of both ends of an edge in <mark>: the longest name wins where two overlap.
function markEnds(text, { from, to }) {
  const folded = foldInPlace(text);
  const spans = [[from, "from"], [to, "to"]].flatMap(([node, end]) =>
    namesFor(node).flatMap((name) => findName(text, folded, name).map(([start, stop]) => ({ start, stop, end, node }))));
  spans.sort((a, b) => b.stop - b.start - (a.stop - a.start) || a.start - b.start);
  const kept = [];
  for (const span of spans) if (kept.every(({ start, stop }) => span.stop <= start || span.start >= stop)) kept.push(span);
  kept.sort((a, b) => a.start - b.start);
  const pieces = [];
  let at = 0;
  for (const { start, stop, end, node } of kept) {
    pieces.push(...breakable(text.slice(at, start)), el("mark", { class: end, title: nodes[node].label }, ...breakable(text.slice(start, stop))));
    at = stop;
  }
  return [...pieces, ...breakable(text.slice(at))];
}
