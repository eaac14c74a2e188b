// The drawing by keyboard: arrows walk from node to node, with Shift they move the view; Enter goes to the details.

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest shown node in a direction, among the neighbours of a node where it has one there.
function nodeTowards(node, [right, down]) {
  const here = positionOf(node);
  const cost = (other) => {
    const { x, y } = positionOf(other);
    const along = (x - here.x) * right + (y - here.y) * down;
    const aside = Math.abs((x - here.x) * down) + Math.abs((y - here.y) * right);
    return along > 0 && aside <= along * 1.5 ? along + 2 * aside : Infinity;
  };
  const best = (candidates) => candidates.reduce((found, other) => {
    const price = other === node || !nodeShown(other) ? Infinity : cost(other);
    return price < found.price ? { other, price } : found;
  }, { other: null, price: Infinity }).other;
  return best(nearOf(node)) ?? best([...nodes.keys()]);
}

function walk(direction) {
  const here = chosen?.node ?? (chosen ? viewOf(chosen).places(chosen)[0] : null);
  const next = here === null ? [...nodes.keys()].find(nodeShown) : nodeTowards(here, direction);
  if (next !== null && next !== undefined) choose({ node: next });
}

function moveView([right, down]) {
  const { x, y } = network.getViewPosition();
  const step = 80 / network.getScale();
  network.moveTo({ position: { x: x + right * step, y: y + down * step } });
}

stage.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (STEPS[event.key]) (event.shiftKey ? moveView : walk)(STEPS[event.key]);
  else if (event.key === "Enter") panel.focus();
  else if (event.key === "+" || event.key === "-") zoomBy(event.key === "+" ? 1.4 : 0.714);
  else if (event.key === "0") fitAll();
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (byId("save").open) byId("save").open = false;
  else if (chosen) choose(null);
});
