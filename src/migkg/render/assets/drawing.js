// The drawing: vis-network with our shapes and the colours of the theme. It holds the strongest nodes, and those that a
// reader opens; picture.js shows all others.

const stillMotion = matchMedia("(prefers-reduced-motion: reduce)");
const darkTheme = matchMedia("(prefers-color-scheme: dark)");
const theme = {};

function readTheme() {
  const sheet = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "muted", "accent"]) theme[name] = sheet.getPropertyValue(`--${name}`).trim();
}
readTheme();
const colour = (name) => theme[name] ?? name;

const shapes = Object.fromEntries(Object.entries(style.types).map(([type, { shape }]) => [type, new Path2D(shape)]));

// Nodes and edges that stand out; null when nothing is chosen.
let lit = null;

function drawShape({ ctx, id, x, y, style: given, state }) {
  const node = nodes[id];
  const radius = given.size;
  const drawNode = () => {
    ctx.save();
    ctx.globalAlpha = lit && !lit.nodes.has(id) ? 0.14 : 1;
    ctx.translate(x, y);
    ctx.scale(radius / 12, radius / 12);
    ctx.translate(-12, -12);
    fillShape(ctx, node.type, state.hover || (lit && lit.center.has(id)));
    ctx.restore();
  };
  return { drawNode, nodeDimensions: { width: radius * 2, height: radius * 2 } };
}

// The shape of a type in a box of 24 by 24, with a rim of paper that parts it from what lies behind.
function fillShape(context, type, marked = false) {
  const shape = shapes[type];
  context.strokeStyle = theme.paper;
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.stroke(shape);
  if (marked) {
    context.strokeStyle = theme.accent;
    context.lineWidth = 5;
    context.stroke(shape);
  }
  context.fillStyle = colour(style.types[type].colour);
  context.fill(shape, "evenodd");
  context.strokeStyle = theme.ink;
  context.lineWidth = 0.7;
  context.stroke(shape);
}

// How an edge looks whatever the zoom: width by sentences; several between the same two nodes are bent apart.
function edgeShape(place) {
  const { from, to, relation, count } = edges[place];
  const { width = 1, symmetric, dashed } = style.relations[relation] ?? {};
  const look = { id: place, from, to, weight: width * (1 + Math.min(count, 8) / 4), directed: !symmetric };
  if (dashed) look.dashes = [8, 8];
  const beside = edgesOf[from].filter((other) => otherEnd(edges[other], from) === to);
  const nth = beside.indexOf(place);
  if (nth && from !== to) {
    const turn = (nth % 2 === 1) === from < to ? "curvedCW" : "curvedCCW";
    look.smooth = { enabled: true, type: turn, roundness: Math.min(0.12 * Math.ceil(nth / 2), 0.8) };
  }
  return look;
}

// Lines keep their width on the screen at every zoom, arrows nearly so.
function edgeLook(place, { weight, directed }, scale) {
  const opacity = !lit ? 0.5 : lit.edges.has(place) ? 1 : 0.06;
  const look = { id: place, width: (0.75 * weight) / scale };
  look.color = { color: colour(style.relations[edges[place].relation]?.colour ?? "muted"), opacity, inherit: false };
  if (directed) look.arrows = { to: { enabled: true, scaleFactor: Math.min(0.42 / scale ** 0.8, 4) } };
  return look;
}

const stage = byId("mynetwork");
const edgeShapes = new Map(page.edges.map(({ id }) => [id, edgeShape(id)]));
const drawnNodes = new vis.DataSet(page.nodes);
const drawnEdges = new vis.DataSet([...edgeShapes].map(([place, shape]) => ({ ...shape, ...edgeLook(place, shape, 0.25) })));
const options = JSON.parse(page.options);
options.nodes.ctxRenderer = drawShape;
const network = new vis.Network(stage, { nodes: drawnNodes, edges: drawnEdges }, options);
const positionOf = (node) => ({ x: nodes[node].x, y: nodes[node].y });

// Always there; what is opened comes and goes. Above MOST_LIVE a drag would falter.
const MOST_LIVE = 400;
const live = { nodes: new Set(page.nodes.map(({ id }) => id)), edges: new Set(edgeShapes.keys()) };
const allLive = live.nodes.size === nodes.length && live.edges.size === edges.length;

// Hand nodes and edges over to vis-network, the strongest first, and take back those that were opened before.
function enliven(moreNodes, moreEdges) {
  if (allLive) return;
  const room = MOST_LIVE - live.nodes.size;
  const wanted = [...new Set(moreNodes)].filter((node) => !live.nodes.has(node)).slice(0, room);
  const present = new Set([...live.nodes, ...wanted]);
  const links = [...moreEdges].filter((place) => present.has(edges[place].from) && present.has(edges[place].to));
  const kept = new Set([...live.edges, ...links.slice(0, 2 * MOST_LIVE)]);
  drawnEdges.remove(drawnEdges.getIds().filter((place) => !kept.has(place)));
  drawnNodes.remove(drawnNodes.getIds().filter((node) => !present.has(node)));
  for (const place of [...edgeShapes.keys()]) if (!kept.has(place)) edgeShapes.delete(place);
  drawnNodes.add(wanted.filter((node) => !drawnNodes.get(node)).map((node) =>
    ({ id: node, label: " ", shape: "custom", x: nodes[node].x, y: nodes[node].y, size: nodes[node].size, hidden: !nodeShown(node) })));
  const added = [...kept].filter((place) => !edgeShapes.has(place));
  for (const place of added) edgeShapes.set(place, edgeShape(place));
  drawnEdges.add(added.map((place) =>
    ({ ...edgeShapes.get(place), ...edgeLook(place, edgeShapes.get(place), network.getScale()), hidden: !edgeShown(edges[place]) })));
}

let drawnScale = 0;
function restyle() {
  drawnScale = network.getScale();
  drawnEdges.update([...edgeShapes].map(([place, shape]) => edgeLook(place, shape, drawnScale)));
}

// After a filter: what vis-network holds is hidden or shown.
function hideFiltered() {
  const changed = (set, isShown) => set.get({ fields: ["id", "hidden"] })
    .map(({ id, hidden = false }) => ({ id, was: hidden, hidden: !isShown(id) })).filter(({ was, hidden }) => was !== hidden)
    .map(({ id, hidden }) => ({ id, hidden }));
  drawnNodes.update(changed(drawnNodes, nodeShown));
  drawnEdges.update(changed(drawnEdges, (place) => edgeShown(edges[place])));
}

// A small note beside the pointer says what lies under it.
function showNote(text, { x, y }) {
  const note = byId("hover");
  note.textContent = text;
  note.hidden = false;
  note.style.left = `${Math.min(x + 14, Math.max(0, stage.clientWidth - 290))}px`;
  note.style.top = `${y + 18}px`;
}
const hideNote = () => (byId("hover").hidden = true);
const edgeWord = ({ from, relation, to }) => `${nodes[from].label} ${relationWord(relation)} ${nodes[to].label}`;
const nodeNote = (node) => `${nodes[node].label} · ${typeWord(nodes[node].type)}`;

network.on("hoverNode", ({ node, pointer }) => showNote(nodeNote(node), pointer.DOM));
network.on("hoverEdge", ({ edge, pointer }) => showNote(`${edgeWord(edges[edge])} · ${claimsWord(edges[edge].count)}`, pointer.DOM));
for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, hideNote);

// Make some nodes and edges stand out, or none.
function light(center, nodeSet, edgeSet) {
  lit = center ? { center: new Set(center), nodes: nodeSet, edges: edgeSet } : null;
  enliven(lit ? [...center, ...[...nodeSet].sort((a, b) => a - b)] : [], lit ? edgeSet : []);
  restyle();
  writeLabels();
  network.redraw();
}
