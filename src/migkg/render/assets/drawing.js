// The drawing: vis-network with our shapes, our labels and the colours of the theme.

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
    ctx.fillStyle = ctx.strokeStyle = theme.paper;
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    ctx.stroke(shapes[node.type]);
    if (state.hover || (lit && lit.center.has(id))) {
      ctx.strokeStyle = theme.accent;
      ctx.lineWidth = 5;
      ctx.stroke(shapes[node.type]);
    }
    ctx.fillStyle = colour(style.types[node.type].colour);
    ctx.fill(shapes[node.type], "evenodd");
    ctx.strokeStyle = theme.outline ?? theme.ink;
    ctx.lineWidth = 0.7;
    ctx.stroke(shapes[node.type]);
    ctx.restore();
  };
  return { drawNode, nodeDimensions: { width: radius * 2, height: radius * 2 } };
}

// Lines keep their width on the screen at every zoom, arrows nearly so.
function edgeLook(place, scale) {
  const { width, arrows } = page.edges[place];
  const opacity = !lit ? 0.5 : lit.edges.has(place) ? 1 : 0.06;
  const look = { id: place, width: (0.75 * width) / scale };
  look.color = { color: colour(style.relations[edges[place].relation].colour), opacity, inherit: false };
  if (arrows) look.arrows = { to: { enabled: true, scaleFactor: Math.min(0.42 / scale ** 0.8, 4) } };
  return look;
}

const stage = byId("mynetwork");
const drawnNodes = new vis.DataSet(page.nodes);
const drawnEdges = new vis.DataSet(page.edges.map((edge) => ({ ...edge, ...edgeLook(edge.id, 0.25) })));
const options = JSON.parse(page.options);
options.nodes.ctxRenderer = drawShape;
const network = new vis.Network(stage, { nodes: drawnNodes, edges: drawnEdges }, options);
const positionOf = (node) => ({ x: page.nodes[node].x, y: page.nodes[node].y });

let drawnScale = 0;
function restyle() {
  drawnScale = network.getScale();
  drawnEdges.update(edges.map((_, place) => edgeLook(place, drawnScale)));
}

let resting = 0;
network.on("zoom", () => {
  clearTimeout(resting);
  resting = setTimeout(() => Math.abs(Math.log(network.getScale() / drawnScale)) > 0.15 && restyle(), 120);
});
network.on("animationFinished", restyle);

// Labels have the same size at every zoom. The strongest nodes come first, and no label lies on another; the closer the
// view, the more there are.
const FEWEST = 42;
const MOST_LABELS = 120;
const STRONGEST = Math.min(10, Math.ceil(nodes.length / 10));
const LINE = 14;
const LETTERS = 22;
const LINES = 3;
let farScale = 0;

function linesOf(text) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines[lines.length - 1];
    if (line && line.length + word.length >= LETTERS) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  const kept = lines.slice(0, LINES).map((line) => (line.length > LETTERS + 8 ? `${line.slice(0, LETTERS + 7)}…` : line));
  if (lines.length > LINES) kept[LINES - 1] = `${kept[LINES - 1].replace(/[…\s.,;:]+$/, "")}…`;
  return kept;
}

let labels = nodes.map((node) => linesOf(node.label));
whenSpoken(() => {
  labels = nodes.map((node) => linesOf(node.label));
  network.redraw();
});

function labelOrder() {
  if (!lit) return nodes.keys();
  return [...lit.center, ...[...lit.nodes].filter((node) => !lit.center.has(node)).sort((a, b) => a - b)];
}

const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

// Where a label goes: below its node, above, right or left, where it hides no label and the fewest shapes.
// A label that would hide more shapes than it may is left out.
function placeLabel({ x, y, radius, mayHide }, width, height, written, drawn) {
  const right = stage.clientWidth - width - 4;
  const corners = [
    [x - width / 2, y + radius + 2],
    [x - width / 2, y - radius - height - 2],
    [x + radius + 4, y - height / 2],
    [x - radius - width - 4, y - height / 2],
  ];
  const boxes = corners
    .map(([left, top]) => [Math.max(4, Math.min(left, right)), top])
    .map(([left, top]) => [left, top, left + width, top + height])
    .filter((box) => !written.some((other) => overlap(box, other)))
    .map((box) => [box, drawn.filter((shape) => overlap(box, shape)).length]);
  boxes.sort((a, b) => a[1] - b[1]);
  return boxes.length && boxes[0][1] <= mayHide ? boxes[0][0] : null;
}

function nodesInView(scale) {
  const seen = [];
  for (const node of labelOrder()) {
    const { x, y } = network.canvasToDOM(positionOf(node));
    if (x < 0 || y < 0 || x > stage.clientWidth || y > stage.clientHeight || !nodeShown(node)) continue;
    seen.push({ node, x, y, radius: page.nodes[node].size * scale, strong: node < STRONGEST || lit?.center.has(node) });
  }
  for (const item of seen) item.mayHide = item.strong ? Infinity : seen.length < FEWEST * 1.5 ? 1 : 0;
  return seen;
}

function drawLabels(context) {
  const scale = network.getScale();
  farScale ||= scale;
  const most = lit ? MOST_LABELS : Math.min(MOST_LABELS, FEWEST * Math.max(1, scale / farScale) ** 1.5);
  const ratio = context.canvas.width / stage.clientWidth;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 3.5 });
  Object.assign(context, { strokeStyle: theme.paper, fillStyle: theme.ink });
  const seen = nodesInView(scale);
  const drawn = seen.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
  const written = [];
  for (const item of seen) {
    if (written.length >= most) break;
    const label = labels[item.node];
    context.font = item.strong ? "600 13px system-ui, sans-serif" : "11.5px system-ui, sans-serif";
    const width = Math.max(...label.map((line) => context.measureText(line).width));
    const box = placeLabel(item, width, label.length * LINE, written, drawn);
    if (!box) continue;
    written.push(box);
    label.forEach((line, row) => {
      context.strokeText(line, box[0] + width / 2, box[1] + row * LINE);
      context.fillText(line, box[0] + width / 2, box[1] + row * LINE);
    });
  }
  context.restore();
}
network.on("afterDrawing", drawLabels);

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

network.on("hoverNode", ({ node, pointer }) => showNote(`${nodes[node].label} · ${typeWord(nodes[node].type)}`, pointer.DOM));
network.on("hoverEdge", ({ edge, pointer }) =>
  showNote(`${edgeWord(edges[edge])} · ${claimsWord(edges[edge].claims?.length ?? 0)}`, pointer.DOM));
for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, hideNote);

// Make some nodes and edges stand out, or none.
function light(center, nodeSet, edgeSet) {
  lit = center ? { center: new Set(center), nodes: nodeSet, edges: edgeSet } : null;
  restyle();
}

const motion = () => (stillMotion.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
const fitAll = () => network.fit({ animation: motion(), maxZoomLevel: 1.2 });

function bringToView(places) {
  const inView = places.every((node) => {
    const point = network.canvasToDOM(positionOf(node));
    return point.x > 30 && point.y > 30 && point.x < stage.clientWidth - 30 && point.y < stage.clientHeight - 30;
  });
  if (!inView) network.fit({ nodes: places, animation: motion(), maxZoomLevel: Math.max(network.getScale(), 0.5) });
}

// Go to a node and close enough to see what is around it.
const lookAt = (node) => network.focus(node, { scale: Math.max(network.getScale(), 0.55), animation: motion() });

function repaint() {
  readTheme();
  restyle();
  network.redraw();
}
darkTheme.addEventListener("change", repaint);

// Paper is white, whatever the screen is.
for (const [event, onPaper] of [["beforeprint", true], ["afterprint", false]]) {
  addEventListener(event, () => {
    document.documentElement.classList.toggle("on-paper", onPaper);
    repaint();
  });
}
