// What is shown. filters.js and years.js change `shown` and call applyFilters; everything else asks edgeShown and
// nodeShown. A link is shown when every filter lets it through, a node when one of its links is (or it has none).

const NONE = ""; // stands for links of which no language or theme is known
const keysOf = (sets) => new Set([...sets.flat(), ...(sets.some((set) => !set.length) ? [NONE] : [])]);
const all = {
  types: Object.keys(style.types),
  relations: Object.keys(style.relations),
  languages: [...keysOf(content.languages)],
  themes: [...keysOf(content.themes)],
};
const shown = { types: null, relations: null, languages: null, themes: null, confidence: 0, from: null, until: null, undated: true,
  through: null }; // in a two-mode view the type of the thing that others have a part in, see ties.js
function showEverything() {
  for (const kind of Object.keys(all)) shown[kind] = new Set(all[kind]);
  Object.assign(shown, { confidence: 0, from: null, until: null, undated: true, through: null });
}
showEverything();
const isWhole = () => Object.keys(all).every((kind) => shown[kind].size === all[kind].length)
  && !shown.confidence && !shown.through && shown.from === null && shown.until === null && shown.undated;

const edgeShown = (edge) => edge.shown;
const nodeShown = (node) => nodes[node].shown;

const inPeriod = ({ years }) => (years
  ? (shown.from === null || years[1] >= shown.from) && (shown.until === null || years[0] <= shown.until)
  : shown.undated);

// Marks every node and edge as shown or not. Edges share their lists of languages and themes, so each list is judged once.
function decide({ period = true } = {}) {
  const judge = (sets, wanted) => new Map(sets.map((set) => [set, set.length ? set.some((key) => wanted.has(key)) : wanted.has(NONE)]));
  const spoken = judge(content.languages, shown.languages);
  const themed = judge(content.themes, shown.themes);
  nodes.forEach((node, place) => (node.shown = !edgesOf[place].length && shown.types.has(node.type)));
  for (const edge of edges) {
    const { from, to, relation, confidence } = edge;
    edge.counted = shown.relations.has(relation) && shown.types.has(nodes[from].type) && shown.types.has(nodes[to].type)
      && (!shown.through || nodes[to].type === shown.through) && spoken.get(edge.languages) && themed.get(edge.themes) && (!shown.confidence || confidence >= shown.confidence);
    edge.shown = edge.counted && (!period || inPeriod(edge));
    if (edge.shown) nodes[from].shown = nodes[to].shown = true;
  }
}
