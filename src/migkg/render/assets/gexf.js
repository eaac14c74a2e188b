// GEXF 1.3, which Gephi and Gephi Lite read: nodes and edges with the time in which they hold, the evidence as attributes.
// It says the same as `migkg export --format gexf` (network/formats.py).

const GEXF = "http://gexf.net/1.3";
const VIZ = "http://gexf.net/1.3/viz";

// What XML 1.0 cannot hold, half of a surrogate pair among it.
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const xmlText = (value) => String(value).replace(NOT_XML, "");

// First and last day of an EDTF date or interval (as network/periods.py); null where it does not say.
function period(edtf) {
  if (!edtf) return [null, null];
  const [first, last] = edtf.includes("/") ? [edtf.slice(0, edtf.indexOf("/")), edtf.slice(edtf.indexOf("/") + 1)] : [edtf, edtf];
  return [bounds(first)[0], bounds(last)[1]];
}

function bounds(date) {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date.trim());
  if (!match) return [null, null];
  const [, year, month, day] = match;
  const lastMonth = month ?? "12";
  if (Number(year) < 1 || Number(lastMonth) < 1 || Number(lastMonth) > 12) return [null, null];
  const leap = new Date(Date.UTC(2000 + (Number(year) % 400), Number(lastMonth), 0)); // the calendar repeats after 400 years
  const length = leap.getUTCDate();
  if (day && (Number(day) < 1 || Number(day) > length)) return [null, null];
  return [`${year}-${month ?? "01"}-${day ?? "01"}`, `${year}-${lastMonth}-${day ?? String(length).padStart(2, "0")}`];
}

// The time of an edge: that of its event or programme; failing that from the day on which a source first says it.
function edgePeriod({ from, to, claims }) {
  for (const node of [to, from]) {
    const span = period(nodes[node].when);
    if (span.some(Boolean)) return span;
  }
  const starts = claims.map((claim) => period(sources[claim.source].issued)[0]).filter(Boolean).sort();
  return [starts[0] ?? null, null];
}

const NODE_FACTS = { type: "string", country: "string", when: "string", names: "string" };
const EDGE_FACTS = { predicate: "string", claims: "integer", statuses: "string", confidence: "double", quote: "string",
  quotes: "string", source_titles: "string", source_urls: "string", first_said: "string", last_said: "string", amounts: "string", posts: "string" };

function nodeFacts(node) {
  const { type, country, when, label } = nodes[node];
  return { type, country, when, names: given[node].map(([name]) => name).filter((name) => name !== label).join(SEPARATOR) };
}

function edgeFacts({ relation, claims }) {
  const unique = (values) => [...new Set(values.filter(Boolean))];
  const some = (values) => unique(values).join(SEPARATOR);
  const said = unique(claims.map((claim) => sources[claim.source].issued)).sort(byIri);
  return {
    predicate: relation, claims: claims.length, statuses: some(claims.map((claim) => claim.status)), confidence: claims[0]?.confidence,
    quote: claims.length ? quotes[claims[0].quote] : null, quotes: some(claims.map((claim) => quotes[claim.quote])),
    source_titles: some(claims.map((claim) => sources[claim.source].title)), source_urls: some(claims.map((claim) => sources[claim.source].url)),
    first_said: said[0], last_said: said.at(-1), amounts: sumsOf(claims), posts: some(claims.map((claim) => claim.post)),
  };
}

function gexfOf(places) {
  const xml = document.implementation.createDocument(GEXF, "gexf", null);
  const make = (parent, name, attributes = {}, space = GEXF) => {
    const element = xml.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== "") element.setAttribute(key, xmlText(value));
    }
    parent.append(element);
    return element;
  };
  xml.documentElement.setAttribute("version", "1.3");
  make(make(xml.documentElement, "meta"), "creator").textContent = "migkg";
  const graph = make(xml.documentElement, "graph", { mode: "dynamic", defaultedgetype: "directed", timeformat: "date" });
  for (const [kind, facts] of [["node", NODE_FACTS], ["edge", EDGE_FACTS]]) {
    const list = make(graph, "attributes", { class: kind, mode: "static" });
    for (const [name, type] of Object.entries(facts)) make(list, "attribute", { id: `${kind}-${name}`, title: name, type });
  }
  const describe = (element, kind, facts) => {
    const list = make(element, "attvalues");
    for (const [name, value] of Object.entries(facts)) {
      if (value !== null && value !== undefined && value !== "") make(list, "attvalue", { for: `${kind}-${name}`, value });
    }
  };
  const ends = new Set(places.flatMap((place) => [edges[place].from, edges[place].to]));
  const [nodeList, edgeList] = [make(graph, "nodes"), make(graph, "edges")];
  for (const node of [...nodes.keys()].filter((place) => nodeShown(place) || ends.has(place))) {
    const [start, end] = period(nodes[node].when);
    const element = make(nodeList, "node", { id: nodes[node].iri, label: nodes[node].label, start, end });
    describe(element, "node", nodeFacts(node));
    drawNode(make, element, node);
  }
  for (const place of places) {
    const [start, end] = edgePeriod(edges[place]);
    const { from, to, relation } = edges[place];
    const element = make(edgeList, "edge", { id: `e${place}`, source: nodes[from].iri, target: nodes[to].iri, label: relation, start, end });
    describe(element, "edge", edgeFacts(edges[place]));
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(xml)}\n`;
}

function drawNode(make, element, node) {
  const { x, y, size, type } = nodes[node];
  const [, r, g, b] = /^#(..)(..)(..)$/.exec(style.types[type].colour) ?? [];
  if (r) make(element, "viz:color", { r: parseInt(r, 16), g: parseInt(g, 16), b: parseInt(b, 16) }, VIZ);
  make(element, "viz:position", { x, y: -y, z: 0 }, VIZ); // in GEXF, y grows upwards
  make(element, "viz:size", { value: size }, VIZ);
}
