// Two-mode views: who is tied to whom by a part that both have in the same thing, such as two funders in a programme.
// A part in the same thing is no statement that the two work together, and the page does not say so.

const modeField = byId("mode");
const MOST_PAIRS = 15;

function setMode(name) {
  const mode = Object.hasOwn(style.modes, name) ? style.modes[name] : null;
  shown.through = mode?.through ?? null;
  for (const kind of ["relations", "types"]) {
    shown[kind].clear();
    for (const key of (kind === "relations" && mode?.relations) || Object.keys(style[kind])) shown[kind].add(key);
  }
  modeField.value = mode ? name : "";
}

function switchMode(name) {
  setMode(name);
  if (chosen?.tie) chosen = null;
  applyFilters();
  if (!chosen) choose(null, { back: true });
}

const modeName = () => modeField.value;

// The nodes that have a part in a thing, each once, with the edges that say so.
function partsIn(thing) {
  const parts = new Map();
  for (const place of edgesOf[thing]) {
    const { from, to } = edges[place];
    if (to !== thing || from === thing || !edgeShown(edges[place])) continue;
    parts.set(from, [...(parts.get(from) ?? []), place]);
  }
  return parts;
}

// The things that a node has a part in.
const thingsOf = (node) => [...new Set(edgesOf[node].filter((place) => edges[place].from === node && edgeShown(edges[place]))
  .map((place) => edges[place].to))].sort((a, b) => a - b);

// Those that share things with a node, those that share most first: [other, [thing …]].
function tiedWith(node) {
  const shared = new Map();
  for (const thing of thingsOf(node)) {
    for (const other of partsIn(thing).keys()) if (other !== node) shared.set(other, [...(shared.get(other) ?? []), thing]);
  }
  return [...shared].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
}

function tiesOf(node) {
  if (!modeName() || nodes[node].type === shown.through) return [];
  const ties = tiedWith(node);
  return [el("h3", {}, words.ties[modeName()], countMark(ties.length)),
    ...longList(ties, ([other, things]) => tieButton(node, other, things.length))];
}

function tieButton(node, other, count, ...more) {
  return el("button", { type: "button", class: "link", "data-tie": other, onclick: () => choose({ tie: [node, other] }) },
    icon(nodes[other].type), el("span", {}, ...more, nodes[other].label), countMark(count));
}

// The pairs that share most, for the panel when nothing is chosen.
function pairsInView() {
  if (!modeName()) return [];
  const pairs = new Map();
  nodes.forEach(({ type }, thing) => {
    if (type !== shown.through) return;
    const members = [...partsIn(thing).keys()].sort((a, b) => a - b);
    members.forEach((a, row) => members.slice(row + 1).forEach((b) => {
      const pair = a * nodes.length + b;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }));
  });
  const strongest = [...pairs].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_PAIRS);
  return [el("h2", {}, words.ties[modeName()]), el("p", { class: "hint" }, words.ties.meaning),
    el("ol", { class: "links" }, ...strongest.map(([pair, count]) => {
      const [a, b] = [Math.floor(pair / nodes.length), pair % nodes.length];
      return el("li", {}, tieButton(a, b, count, `${nodes[a].label} – `));
    }))];
}

const sharedBy = ([a, b]) => thingsOf(a).filter((thing) => partsIn(thing).has(b));

views.tie = {
  light: ({ tie }) => {
    const things = sharedBy(tie);
    const places = things.flatMap((thing) => tie.flatMap((node) => partsIn(thing).get(node) ?? []));
    return [tie, new Set([...tie, ...things]), new Set(places)];
  },
  places: ({ tie }) => [...tie, ...sharedBy(tie)],
  words: ({ tie }) => `${nodes[tie[0]].label} – ${nodes[tie[1]].label}: ${number(sharedBy(tie).length)}`,
  write: ({ tie }) => [
    el("h2", { class: "unseen" }, `${nodes[tie[0]].label} – ${nodes[tie[1]].label}`),
    el("div", { class: "triple" }, nodeButton(tie[0]), nodeButton(tie[1])),
    el("p", { class: "hint" }, words.ties.meaning),
    ...sharedBy(tie).flatMap((thing) => [
      el("h3", {}, typeWord(nodes[thing].type)), nodeButton(thing),
      el("div", { class: "step" }, ...tie.flatMap((node) => (partsIn(thing).get(node) ?? []).flatMap((place) => [
        edgeButton(place, el("span", {}, edgeWord(edges[place]))), ...firstClaim(place)]))),
    ]),
  ],
};

modeField.addEventListener("change", () => switchMode(modeField.value));
byId("reset").addEventListener("click", () => modeName() && switchMode(""));
