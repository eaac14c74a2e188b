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

buildLegend();
decide();
showConfidence();
showYears();
sayWhatIsShown();
panel.replaceChildren(...overview());
restyle();
fitAll({ still: true });
network.once("afterDrawing", () => (document.documentElement.dataset.drawn = Math.round(performance.now())));
network.redraw();
begin();

// For the tests and for who looks under the bonnet.
window.migkg = {
  network, nodes, edges, sources, groups, choose, chosen: () => chosen, positionOf, theme, shown, applyFilters, evidence, live,
  speak, fold, csvOf, gexfOf, svgOf, edgesToSave, fragment, switchMode, period, labels: () => labelled, drawn: { nodes: drawnNodes, edges: drawnEdges },
};
