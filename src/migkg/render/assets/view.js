// Moving the view, and what lies at a point of it.

const motion = () => (stillMotion.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

function go(position, scale, { still = false } = {}) {
  const animation = still ? false : motion();
  network.moveTo({ position, scale, animation });
  if (!animation) settle();
}

// Bring nodes into the view, as large as they fit, but no larger than `most`.
function fitNodes(places, most, more = {}) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const place of places) {
    const { x, y, size } = nodes[place];
    [left, right, top, bottom] = [Math.min(left, x - size), Math.max(right, x + size), Math.min(top, y - size), Math.max(bottom, y + size)];
  }
  if (left > right) return;
  const scale = Math.min(most, (stage.clientWidth - 40) / (right - left), (stage.clientHeight - 40) / (bottom - top));
  go({ x: (left + right) / 2, y: (top + bottom) / 2 }, scale, more);
}

const fitAll = (more) => fitNodes([...nodes.keys()].filter(nodeShown), 1.2, more);

function bringToView(places) {
  const inView = places.every((node) => {
    const point = network.canvasToDOM(positionOf(node));
    return point.x > 30 && point.y > 30 && point.x < stage.clientWidth - 30 && point.y < stage.clientHeight - 30;
  });
  if (!inView) fitNodes(places, Math.max(network.getScale(), 0.5));
}

// Go to a node and close enough to see what is around it.
const lookAt = (node) => go(positionOf(node), Math.max(network.getScale(), 0.55));

const zoomBy = (factor) => go(network.getViewPosition(), network.getScale() * factor);

// The node of the picture at a point of the network: the nearest one within a few pixels.
function nodeAt({ x, y }) {
  const reach = 6 / network.getScale();
  let [best, least] = [null, Infinity];
  nodes.forEach((node, place) => {
    const far = Math.hypot(node.x - x, node.y - y) - node.size;
    if (node.shown && far < reach && far < least) [best, least] = [place, far];
  });
  return best;
}

// The link of the picture at a point, where there are not so many that nobody could mean one of them.
const MOST_MEANT = 1500;
function edgeAt(point) {
  const view = frameNow();
  const near = [...edges.keys()].filter((place) => {
    const { shown: isShown, from, to } = edges[place];
    return isShown && from !== to && (inFrame(nodes[from], view) || inFrame(nodes[to], view));
  });
  if (near.length > MOST_MEANT) return null;
  const apart = near.map((place) => [place, distance(point, nodes[edges[place].from], nodes[edges[place].to])]);
  const [best, least] = apart.reduce((a, b) => (b[1] < a[1] ? b : a), [null, Infinity]);
  return least * network.getScale() < 5 ? best : null;
}

function distance(point, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(a.x + along * dx - point.x, a.y + along * dy - point.y);
}

// vis-network notices only what it holds; the pointer over the picture is ours to follow.
if (!allLive) {
  let pointed = 0;
  stage.addEventListener("mousemove", ({ offsetX, offsetY, buttons }) => {
    cancelAnimationFrame(pointed);
    if (buttons) return;
    pointed = requestAnimationFrame(() => {
      const node = nodeAt(network.DOMtoCanvas({ x: offsetX, y: offsetY }));
      if (node !== null && !drawnNodes.get(node)) showNote(nodeNote(node), { x: offsetX, y: offsetY });
      else if (node === null) hideNote();
      stage.style.cursor = node === null ? "" : "pointer";
    });
  });
}
