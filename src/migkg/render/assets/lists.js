// What the page knows, as lists. All parts read them, and refer to nodes, edges and sources by their places in them:
//   nodes[n]    label, spoken (its languages), type, country (a code: countryWord), when, links (neighbours),
//               names (the others: [name, language …] …), matches ([address, "exact" or "close"] …), iri, group, x, y, size, shown
//   edges[e]    from, to, relation, count (sentences), years ([first, last], or null: undated), confidence (0 to 1, or
//               null), languages, themes (codes: themeWord), shown; and claims, but only once `await evidence()` is
//               over: it is unpacked when first asked for
//   claims      quote, source (places in quotes and sources), status, confidence, amounts, post, iri
//   sources[s]  title, url, issued, language, publisher, withdrawn; filled by evidence(), as quotes is
//   groups[g]   nodes (strongest first), title (strongest nodes that are no place), x, y, radius: a community
//   about       documents, dated, languages, left_out, focus
// What vis-network holds is less than what there is: `light`, `bringToView` and `lookAt` take any place.

const page = JSON.parse(document.getElementById("network-data").textContent);
const { style } = page;

// Deflated text in base64, see packing.py. The browser unpacks it; nothing is asked of anyone.
async function unpack(id) {
  const packed = document.getElementById(id).textContent;
  const bytes = Uint8Array.fromBase64?.(packed) ?? Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(plain).text());
}

// Numbers that are kept as the difference to the one before.
function summed(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

// What only some places have: called with each place and its value.
const eachOf = ({ at, values }, take) => summed(at).forEach((place, row) => take(place, values[row]));

const content = await unpack("graph-data");
const { about, countries } = content;
const themeNames = content.theme_names;
const nodes = listNodes(content.nodes);
const edges = listEdges(content.edges);
const sources = [];
const quotes = [];

function listNodes(columns) {
  const list = columns.label.map((label, place) => ({
    label, spoken: columns.tongues[columns.spoken[place]], type: columns.types[columns.type[place]], iri: columns.iri[place],
    links: columns.links[place], x: columns.x[place], y: columns.y[place], size: columns.size[place],
    group: columns.group[place], names: [], matches: [], country: null, when: null, shown: true,
  }));
  for (const key of ["country", "when", "names", "matches"]) eachOf(columns[key], (place, value) => (list[place][key] = value));
  return list;
}

function listEdges(columns) {
  const { to, relation, relations, count, first, years, confidence } = columns;
  return summed(columns.from).map((from, place) => ({
    from, to: to[place], relation: relations[relation[place]], count: count[place],
    years: years[place] ? [first[place], first[place] + years[place] - 1] : null,
    confidence: confidence[place] < 0 ? null : confidence[place] / 100,
    languages: content.languages[columns.languages[place]], themes: content.themes[columns.themes[place]],
    claims: undefined, shown: true,
  }));
}

// For each node the places of its edges.
const edgesOf = nodes.map(() => []);
edges.forEach((edge, place) => {
  edgesOf[edge.from].push(place);
  if (edge.to !== edge.from) edgesOf[edge.to].push(place);
});
const otherEnd = (edge, node) => (edge.from === node ? edge.to : edge.from);

// Communities, the largest first; nine tenths of the nodes of one lie within its radius.
const TITLED = 2;
const groups = Array.from({ length: content.groups }, () => ({ nodes: [] }));
nodes.forEach((node, place) => groups[node.group].nodes.push(place));
for (const group of groups) {
  const middle = (axis) => group.nodes.reduce((sum, node) => sum + nodes[node][axis], 0) / group.nodes.length;
  [group.x, group.y] = [middle("x"), middle("y")];
  const reach = group.nodes.map((node) => Math.hypot(nodes[node].x - group.x, nodes[node].y - group.y)).sort((a, b) => a - b);
  group.radius = reach[Math.floor(0.9 * (reach.length - 1))] + 60;
  group.title = group.nodes.filter((node) => nodes[node].type !== "Place").slice(0, TITLED);
}

// IRIs of the project are kept without their common beginning.
const fullIri = (iri, base) => (/^[a-z][a-z0-9+.-]*:/i.test(iri) ? iri : base + iri);

// Unpacks sentences and sources when first called; after that edges have their claims. Costs up to a second.
let unpacked = null;
const evidence = () => (unpacked ??= readEvidence());

async function readEvidence() {
  // They stand at the end of the page, which may not be read yet.
  if (document.readyState === "loading") await new Promise((done) => document.addEventListener("DOMContentLoaded", done));
  const columns = await unpack("evidence-data");
  for (const quote of columns.quotes) quotes.push(quote);
  for (const source of columns.sources) sources.push(source);
  const claims = columns.quote.map((quote, place) => ({
    quote, source: columns.source[place], status: columns.statuses[columns.status[place]],
    confidence: columns.confidence[place] < 0 ? undefined : columns.confidence[place] / 1000,
    amounts: undefined, post: undefined, iri: fullIri(columns.iri[place], columns.base),
  }));
  for (const key of ["amounts", "post"]) eachOf(columns[key], (place, value) => (claims[place][key] = value));
  let next = 0;
  for (const edge of edges) edge.claims = claims.slice(next, (next += edge.count));
}
