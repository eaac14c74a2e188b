// Puts the parts together: clicks, keys, first view.

network.on("click", ({ nodes: [held], edges: [line], pointer }) => {
  hideNote();
  const node = held ?? (allLive ? null : nodeAt(pointer.canvas));
  const edge = line ?? (allLive ? null : edgeAt(pointer.canvas));
  if (node !== null) choose({ node }, { look: false });
  else if (edge !== null) choose({ edge }, { look: false });
  else if (chosen) choose(null);
});

byId("fit").addEventListener("click", () => fitAll());
for (const button of document.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => zoomBy(Number(button.dataset.zoom)));
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
stage.addEventListener("keydown", (event) => {
  if (STEPS[event.key]) {
    const { x, y } = network.getViewPosition();
    const [right, down] = STEPS[event.key].map((step) => (step * 80) / network.getScale());
    network.moveTo({ position: { x: x + right, y: y + down } });
    settleSoon();
  } else if (event.key === "+" || event.key === "-") zoomBy(event.key === "+" ? 1.4 : 0.714);
  else if (event.key === "0") fitAll();
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && chosen) choose(null);
});

buildLegend();
sayWhatIsShown();
panel.replaceChildren(...overview());
restyle();
fitAll({ still: true });
network.once("afterDrawing", () => (document.documentElement.dataset.drawn = Math.round(performance.now())));
network.redraw();

// For the tests and for who looks under the bonnet.
window.migkg = {
  network, nodes, edges, sources, groups, choose, chosen: () => chosen, positionOf, theme, shown, applyFilters, evidence, live,
  speak, labels: () => labelled, drawn: { nodes: drawnNodes, edges: drawnEdges },
};
