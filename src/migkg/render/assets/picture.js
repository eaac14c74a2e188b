// The picture behind the drawing: communities, and every node and link that vis-network does not hold. It is painted
// when the view has come to rest; while the view moves, it is moved as it is.

const ROOM_AROUND = 1.5; // the picture is so much larger than the stage, so that there is something to drag in
const MOST_LINES = 700; // lines that are stroked at once: a longer path costs more, and hides how dense they are
const picture = document.createElement("canvas");
let frame = null; // the part of the network that the picture shows

const lineColours = [...new Set(Object.values(style.relations).map((line) => line.colour))];
const colourOf = Object.fromEntries(Object.entries(style.relations).map(([name, line]) => [name, lineColours.indexOf(line.colour)]));
const darkGround = () => darkTheme.matches && !document.documentElement.classList.contains("on-paper");

function frameNow() {
  const scale = network.getScale();
  const { x, y } = network.getViewPosition();
  const [width, height] = [stage.clientWidth * ROOM_AROUND, stage.clientHeight * ROOM_AROUND];
  return { scale, width, height, left: x - width / 2 / scale, top: y - height / 2 / scale,
    right: x + width / 2 / scale, bottom: y + height / 2 / scale };
}
const inFrame = ({ x, y }, { left, top, right, bottom }, more = 0) =>
  x >= left - more && x <= right + more && y >= top - more && y <= bottom + more;

function paint() {
  frame = frameNow();
  const ratio = devicePixelRatio || 1;
  picture.width = Math.ceil(frame.width * ratio);
  picture.height = Math.ceil(frame.height * ratio);
  const context = picture.getContext("2d");
  const zoom = frame.scale * ratio;
  context.setTransform(zoom, 0, 0, zoom, -frame.left * zoom, -frame.top * zoom);
  paintIslands(context);
  if (!allLive || options.interaction.hideEdgesOnDrag) paintLines(context);
  if (!allLive) paintNodes(context, zoom);
  writeLabels();
}

function paintIslands(context) {
  context.fillStyle = theme.ink;
  context.globalAlpha = darkGround() ? 0.075 : 0.045;
  for (const group of groups) {
    if (group.nodes.length < 4 || groups.length < 2 || !inFrame(group, frame, group.radius)) continue;
    context.beginPath();
    context.arc(group.x, group.y, group.radius, 0, 7);
    context.fill();
  }
  context.globalAlpha = 1;
}

// Lines by colour, those between communities fainter: they are long, and many of them hide the rest.
function paintLines(context) {
  const seen = lineColours.map(() => [[], []]);
  let count = 0;
  const { left, top, right, bottom } = frame;
  edges.forEach((edge, place) => {
    if (!edge.shown || edge.from === edge.to) return;
    const [a, b] = [nodes[edge.from], nodes[edge.to]];
    if ((a.x < left && b.x < left) || (a.x > right && b.x > right) || (a.y < top && b.y < top) || (a.y > bottom && b.y > bottom)) return;
    seen[colourOf[edge.relation] ?? 0][a.group === b.group ? 0 : 1].push(place);
    count += 1;
  });
  context.lineWidth = 0.8 / frame.scale;
  const strength = Math.max(0.1, Math.min(0.42, 500 / Math.max(count, 1)));
  seen.forEach((both, number) => both.forEach((places, across) => {
    context.strokeStyle = colour(lineColours[number]);
    context.globalAlpha = across ? strength * 0.55 : strength;
    strokeAll(context, places);
  }));
  context.globalAlpha = 1;
}

function strokeAll(context, places) {
  for (let start = 0; start < places.length; start += MOST_LINES) {
    context.beginPath();
    for (const place of places.slice(start, start + MOST_LINES)) {
      const { from, to } = edges[place];
      context.moveTo(nodes[from].x, nodes[from].y);
      context.lineTo(nodes[to].x, nodes[to].y);
    }
    context.stroke();
  }
}

// Far away a node is a dot, near by it has its shape.
function paintNodes(context, zoom) {
  const [dots, near] = [{}, []];
  nodes.forEach((node, place) => {
    if (!node.shown || drawnNodes._data.has(place) || !inFrame(node, frame, node.size)) return;
    if (node.size * zoom < 4) (dots[node.type] ??= []).push(node);
    else near.push(node);
  });
  for (const [type, some] of Object.entries(dots)) {
    context.fillStyle = colour(style.types[type].colour);
    for (const { x, y, size } of some) {
      const radius = Math.max(1.1 / zoom, size * 0.8);
      context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    }
  }
  const view = context.getTransform();
  for (const { x, y, size, type } of near.reverse()) {
    context.translate(x, y);
    context.scale(size / 12, size / 12);
    context.translate(-12, -12);
    fillShape(context, type);
    context.setTransform(view);
  }
}

network.on("beforeDrawing", (context) => {
  if (!frame) return;
  context.globalAlpha = lit ? 0.25 : 1;
  context.drawImage(picture, frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top);
  context.globalAlpha = 1;
});

// After a move: sharp again, lines as wide as before, more or fewer labels.
const REST = 140; // milliseconds without a move
let resting = 0;
function settle() {
  clearTimeout(resting);
  if (Math.abs(Math.log(network.getScale() / drawnScale)) > 0.15) restyle();
  paint();
  network.redraw();
}
function settleSoon() {
  clearTimeout(resting);
  resting = setTimeout(settle, REST);
}
for (const event of ["zoom", "dragEnd", "resize"]) network.on(event, settleSoon);
network.on("animationFinished", settle);

function repaint() {
  readTheme();
  restyle();
  paint();
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
