// Pictures of what the view shows: SVG drawn anew, PNG from the canvas; both with a heading, what was read, and a legend.

const HEAD = 56; // pixels above the drawing, for the heading
const FOOT_LINE = 22; // pixels for each line of the legend

// The types that are shown, in lines of a legend: [type, word, x, line].
function legendLines(width) {
  const types = Object.keys(style.types).filter((type) => nodes.some((node, place) => node.type === type && nodeShown(place)));
  const measure = document.createElement("canvas").getContext("2d");
  measure.font = PICTURE_FONT;
  let [x, line] = [12, 0];
  return types.map((type) => {
    const word = words.types[type][1];
    const wide = measure.measureText(word).width + 40;
    if (x + wide > width && x > 12) [x, line] = [12, line + 1];
    x += wide;
    return [type, word, x - wide, line];
  });
}
const PICTURE_FONT = "12px system-ui, sans-serif";
const footOf = (legend) => (legend.length ? (legend.at(-1)[3] + 1) * FOOT_LINE + 10 : 0);

function savePng() {
  const drawn = stage.querySelector("canvas");
  const [width, height] = [stage.clientWidth, stage.clientHeight];
  const ratio = drawn.width / width;
  const legend = legendLines(width);
  const canvas = document.createElement("canvas");
  canvas.width = drawn.width;
  canvas.height = Math.ceil((HEAD + height + footOf(legend)) * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, canvas.height);
  context.drawImage(drawn, 0, HEAD, width, height);
  Object.assign(context, { fillStyle: theme.ink, font: "600 17px system-ui, sans-serif" });
  context.fillText(title(), 12, 24, width - 24);
  Object.assign(context, { fillStyle: theme.muted, font: PICTURE_FONT });
  context.fillText(byId("about").textContent, 12, 44, width - 24);
  for (const [type, word, x, line] of legend) {
    const y = HEAD + height + 8 + line * FOOT_LINE;
    context.save();
    context.translate(x, y);
    context.scale(14 / 24, 14 / 24);
    context.fillStyle = colour(style.types[type].colour);
    context.fill(shapes[type], "evenodd");
    context.stroke(shapes[type]);
    context.restore();
    Object.assign(context, { fillStyle: theme.ink, font: PICTURE_FONT });
    context.fillText(word, x + 20, y + 12);
  }
  canvas.toBlob((blob) => download("png", "image/png", blob));
}

// An element of the drawing; numbers are rounded to tenths of a pixel.
function addSvg(parent, name, attributes = {}, text = null) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(key, typeof value === "number" ? Math.round(value * 10) / 10 : value);
  }
  if (text !== null) element.textContent = xmlText(text);
  parent?.append(element);
  return element;
}

function svgOf() {
  const [width, height] = [stage.clientWidth, stage.clientHeight];
  const legend = legendLines(width);
  const tall = HEAD + height + footOf(legend);
  const root = addSvg(null, "svg", { viewBox: `0 0 ${width} ${tall}`, width, height: tall, "font-family": "system-ui, sans-serif", role: "img" });
  addSvg(root, "title", {}, title());
  addSvg(root, "desc", {}, byId("about").textContent);
  const defs = addSvg(root, "defs");
  for (const [type] of legend) addSvg(defs, "path", { id: `shape-${type}`, d: style.types[type].shape, "fill-rule": "evenodd" });
  lineColours.forEach((name, place) => addSvg(addSvg(defs, "marker", { id: `arrow-${place}`, viewBox: "0 0 8 8", refX: 7, refY: 4,
    markerUnits: "userSpaceOnUse", markerWidth: 8, markerHeight: 8, orient: "auto" }), "path", { d: "M0 0L8 4L0 8z", fill: colour(name) }));
  addSvg(addSvg(defs, "clipPath", { id: "stage" }), "rect", { x: 0, y: HEAD, width, height });
  addSvg(root, "rect", { width, height: tall, fill: theme.paper });
  addSvg(root, "text", { x: 12, y: 24, "font-size": 17, "font-weight": 600, fill: theme.ink }, title());
  addSvg(root, "text", { x: 12, y: 44, "font-size": 12, fill: theme.muted }, byId("about").textContent);
  const drawing = addSvg(addSvg(root, "g", { "clip-path": "url(#stage)" }), "g", { transform: `translate(0 ${HEAD})` });
  drawLines(drawing);
  drawNodes(drawing);
  drawNames(drawing);
  for (const [type, word, x, line] of legend) {
    const y = HEAD + height + 8 + line * FOOT_LINE;
    shapeAt(root, type, x + 7, y + 7, 7);
    addSvg(root, "text", { x: x + 20, y: y + 12, "font-size": 12, fill: theme.ink }, word);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

const inSight = ({ x, y }, margin = 30) => x > -margin && y > -margin && x < stage.clientWidth + margin && y < stage.clientHeight + margin;
const onStage = (node) => network.canvasToDOM(positionOf(node));

function shapeAt(parent, type, x, y, radius, attributes = {}) {
  return addSvg(parent, "use", { href: `#shape-${type}`, transform: `translate(${(x - radius).toFixed(1)} ${(y - radius).toFixed(1)}) scale(${(radius / 12).toFixed(3)})`,
    fill: colour(style.types[type].colour), stroke: theme.ink, "stroke-width": "0.7", ...attributes });
}

function drawLines(parent) {
  const group = addSvg(parent, "g", { id: "links" });
  edges.forEach((edge, place) => {
    const [a, b] = [onStage(edge.from), onStage(edge.to)];
    if (!edgeShown(edge) || edge.from === edge.to || !(inSight(a) || inSight(b))) return;
    const { colour: name, width = 1, dashed, symmetric } = style.relations[edge.relation] ?? {};
    const far = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const left = Math.max(0, 1 - (nodes[edge.to].size * network.getScale() + 1) / far); // up to the rim of the node
    const line = addSvg(group, "line", { x1: a.x, y1: a.y, x2: a.x + left * (b.x - a.x), y2: a.y + left * (b.y - a.y),
      "marker-end": symmetric ? null : `url(#arrow-${colourOf[edge.relation] ?? 0})`, stroke: colour(name), "stroke-width": width,
      "stroke-dasharray": dashed ? "5 4" : null, opacity: !lit ? "0.5" : lit.edges.has(place) ? "1" : "0.08" });
    addSvg(line, "title", {}, edgeWord(edge));
  });
}

function drawNodes(parent) {
  const group = addSvg(parent, "g", { id: "nodes" });
  for (const node of [...nodes.keys()].reverse()) {
    const { x, y } = onStage(node);
    if (!nodeShown(node) || !inSight({ x, y })) continue;
    const shape = shapeAt(group, nodes[node].type, x, y, Math.max(nodes[node].size * network.getScale(), 1.5),
      lit && !lit.nodes.has(node) ? { opacity: "0.14" } : {});
    addSvg(shape, "title", {}, nodes[node].label);
  }
}

// The names stand where the drawing has them.
function drawNames(parent) {
  const group = addSvg(parent, "g", { id: "names", "text-anchor": "middle", fill: theme.ink, stroke: theme.paper, "stroke-width": "3", "paint-order": "stroke" });
  const { x: left, y: top } = network.canvasToDOM({ x: frame.left, y: frame.top });
  for (const box of labelled) {
    box.item.lines.forEach((line, row) => addSvg(group, "text", { x: left + (box[0] + box[2]) / 2, y: top + box[1] + row * LINE + 11,
      "font-size": box.item.strong ? 13 : 11.5, "font-weight": box.item.strong ? 600 : null }, line));
  }
}
