// Labels have the same size at every zoom and never lie on another. Far away, communities have the names of their
// strongest nodes; nearer, nodes have their own, the strongest first. They are written when the view has come to rest,
// and move with it.

const FEWEST = 42;
const MOST_LABELS = 120;
const STRONGEST = Math.min(10, Math.ceil(nodes.length / 10));
const LINE = 14;
const LETTERS = 22;
const LINES = 3;
const NEAR = 14; // pixels between two nodes from which on they have their own names
const PLAIN = "11.5px system-ui, sans-serif";
const STRONG = "600 13px system-ui, sans-serif";
const writing = document.createElement("canvas");
let farScale = 0;

function linesOf(text, most = LINES) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines[lines.length - 1];
    if (line && line.length + word.length >= LETTERS) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  const kept = lines.slice(0, most).map((line) => (line.length > LETTERS + 8 ? `${line.slice(0, LETTERS + 7)}…` : line));
  if (lines.length > most) kept[most - 1] = `${kept[most - 1].replace(/[…\s.,;:]+$/, "")}…`;
  return kept;
}

// The strongest, a second where both names are short, and how many others there are.
function titleOf(group) {
  const [first, ...others] = group.title.map((node) => linesOf(nodes[node].label, 2));
  const lines = [first, ...others.filter((some) => some.length === 1 && first.length === 1)];
  const rest = group.nodes.length - lines.length;
  return rest ? [...lines.flat(), `+ ${number(rest)}`] : lines.flat();
}

const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

// A community has its own title as long as its nodes stand too close for theirs, and it does not fill the view.
function isTitled(group) {
  return group.nodes.length > 3 && groups.length > 1 && 74 * frame.scale < NEAR
    && group.radius * frame.scale < 0.42 * Math.min(stage.clientWidth, stage.clientHeight);
}

function titles() {
  return groups.filter((group) => group.title.length && isTitled(group) && inFrame(group, frame, group.radius)).map((group) => {
    const [x, y] = onPaperOf(group);
    return { at: [x, y], lines: titleOf(group), strong: true, count: true, width: 0, spots: (width, height) => {
      const radius = group.radius * frame.scale;
      return [[x - width / 2, y - radius * 0.75 - height / 2], [x - width / 2, y - height / 2],
        [x - width / 2, y + radius * 0.75 - height / 2]];
    }, mayHide: Infinity };
  });
}

const onPaperOf = ({ x, y }) => [(x - frame.left) * frame.scale, (y - frame.top) * frame.scale];

// The strongest of each community, first: they stand for it.
const heads = new Set(groups.filter((group) => group.nodes.length > 3).map((group) => group.nodes[0]));

function nodeOrder() {
  if (!lit) return [...heads, ...[...nodes.keys()].filter((node) => !heads.has(node))];
  return [...lit.center, ...[...lit.nodes].filter((node) => !lit.center.has(node)).sort((a, b) => a - b)];
}

function names() {
  const titled = lit ? groups.map(() => false) : groups.map(isTitled);
  const seen = [];
  for (const node of nodeOrder()) {
    if (!nodeShown(node) || titled[nodes[node].group] || !inFrame(nodes[node], frame)) continue;
    const [x, y] = onPaperOf(nodes[node]);
    const radius = nodes[node].size * frame.scale;
    const strong = lit ? lit.center.has(node) : node < STRONGEST || heads.has(node);
    seen.push({ node, strong, at: [x, y], shape: [x - radius, y - radius, x + radius, y + radius], spots: (width, height) => [
      [x - width / 2, y + radius + 2], [x - width / 2, y - radius - height - 2],
      [x + radius + 4, y - height / 2], [x - radius - width - 4, y - height / 2]] });
    if (seen.length > 10 * MOST_LABELS) break;
  }
  for (const item of seen) item.mayHide = item.strong ? Infinity : seen.length < FEWEST * 1.5 ? 1 : 0;
  return seen;
}

// Where a label goes: where it hides no label and the fewest shapes. One that would hide more than it may is left out.
function spotFor(item, width, height, written, drawn) {
  const boxes = item.spots(width, height).map((spot) => inside(item, spot, width, height))
    .map(([left, top]) => [left, top, left + width, top + height])
    .filter((box) => !written.some((other) => overlap(box, other)))
    .map((box) => [box, item.mayHide === Infinity && !item.strong ? 0 : drawn.filter((shape) => overlap(box, shape)).length]);
  boxes.sort((a, b) => a[1] - b[1]);
  return boxes.length && boxes[0][1] <= item.mayHide ? boxes[0][0] : null;
}

whenSpoken(() => {
  writeLabels();
  network.redraw();
});

// What stands in the view is written in the view.
function inside({ at: [x, y] }, [left, top], width, height) {
  const [wide, high] = [stage.clientWidth, stage.clientHeight];
  const [west, north] = [(frame.width - wide) / 2, (frame.height - high) / 2];
  if (x < west || x > west + wide || y < north || y > north + high) return [left, top];
  return [Math.max(west + 4, Math.min(left, west + wide - width - 4)), Math.max(north + 4, Math.min(top, north + high - height - 4))];
}

let labelled = []; // the boxes that were written, each with its item; image.js and the tests read them
function writeLabels() {
  const ratio = devicePixelRatio || 1;
  writing.width = Math.ceil(frame.width * ratio);
  writing.height = Math.ceil(frame.height * ratio);
  const context = writing.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 3.5, strokeStyle: theme.paper });
  farScale ||= frame.scale;
  const most = (lit ? MOST_LABELS : Math.min(MOST_LABELS, FEWEST * Math.max(1, frame.scale / farScale) ** 1.5)) * ROOM_AROUND;
  const [above, seen] = [lit ? [] : titles(), names()];
  const drawn = seen.map(({ shape }) => shape);
  labelled = [];
  for (const item of [...above, ...seen]) {
    if (labelled.length >= most + above.length) break;
    item.lines ??= linesOf(nodes[item.node].label);
    context.font = item.strong ? STRONG : PLAIN;
    const width = Math.max(...item.lines.map((line) => context.measureText(line).width));
    const box = spotFor(item, width, item.lines.length * LINE, labelled, drawn);
    if (!box) continue;
    labelled.push(Object.assign(box, { item }));
    write(context, item, box);
  }
}

function write(context, { lines, count }, [left, top, right]) {
  lines.forEach((line, row) => {
    context.fillStyle = theme.ink;
    if (count && row === lines.length - 1 && line.startsWith("+")) {
      context.font = PLAIN;
      context.fillStyle = theme.muted;
    }
    context.strokeText(line, (left + right) / 2, top + row * LINE);
    context.fillText(line, (left + right) / 2, top + row * LINE);
  });
}

// On whole pixels, else letters blur.
network.on("afterDrawing", (context) => {
  if (!frame) return;
  const { x, y } = network.canvasToDOM({ x: frame.left, y: frame.top });
  const [ratio, grown] = [devicePixelRatio || 1, network.getScale() / frame.scale];
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(writing, Math.round(x * ratio), Math.round(y * ratio), Math.round(writing.width * grown), Math.round(writing.height * grown));
  context.restore();
});
