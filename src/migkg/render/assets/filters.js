// The legend is the filter: each type and each relation can be switched off and on.

function lineIcon(relation) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const { colour: name, dashed, symmetric } = style.relations[relation];
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", `M1 12H${symmetric ? 23 : 19}${symmetric ? "" : "M18 7L23 12L18 17"}`);
  line.style.fill = "none";
  line.style.stroke = name === "muted" ? "var(--muted)" : name;
  line.style.strokeWidth = "2.5";
  if (dashed) line.style.strokeDasharray = "5 3";
  svg.append(line);
  return svg;
}

function legendRow(kind, key, picture, word, count) {
  const button = el("button", { type: "button", "aria-pressed": String(shown[kind].has(key)), [`data-${kind}`]: key,
    onclick: () => toggle(kind, key) }, picture, el("span", {}, word), el("span", { class: "count" }, number(count)));
  return el("li", {}, button);
}

function buildLegend() {
  const tally = (keys) => keys.reduce((sums, key) => sums.set(key, (sums.get(key) ?? 0) + 1), new Map());
  const types = tally(nodes.map((node) => node.type));
  const relations = tally(edges.map((edge) => edge.relation));
  byId("types").replaceChildren(...Object.keys(style.types).filter((type) => types.has(type)).map((type) =>
    legendRow("types", type, icon(type), (words.types[type] ?? [type, type])[1], types.get(type))));
  byId("relations").replaceChildren(...Object.keys(style.relations).filter((relation) => relations.has(relation)).map((relation) =>
    legendRow("relations", relation, lineIcon(relation), relationWord(relation), relations.get(relation))));
}

function toggle(kind, key) {
  if (!shown[kind].delete(key)) shown[kind].add(key);
  applyFilters();
}

function applyFilters() {
  decide();
  for (const kind of ["types", "relations"]) {
    for (const button of byId(kind).querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(shown[kind].has(button.dataset[kind])));
    }
  }
  hideFiltered();
  byId("reset").hidden = isWhole();
  sayWhatIsShown();
  paint();
  fillTable();
  if (chosen) choose(chosen, { back: true, look: false });
  else network.redraw();
  filtered();
}

byId("reset").addEventListener("click", () => {
  showEverything();
  applyFilters();
});

whenSpoken(() => {
  buildLegend();
  sayWhatIsShown();
});

// The line under the heading: what was read and what is shown, so that nobody takes the part for the whole.
function sayWhatIsShown() {
  const { documents = 0, dated = 0, languages = {}, left_out: leftOut, focus } = about;
  const spoken = Object.entries(languages).map(([code, count]) => `${languageWord(code)} ${number(count)}`);
  const parts = [
    documents === 1 ? words.page.one_document : fill(words.page.documents, { n: number(documents) }),
    documents ? fill(words.page.dated, { p: number(Math.round((100 * dated) / documents)) }) : null,
    spoken.join(", "),
    fill(words.page.shown, {
      n: number([...nodes.keys()].filter(nodeShown).length),
      m: number(edges.filter(edgeShown).length),
    }),
    focus ? fill(words.page.focus, { name: focus }) : null,
  ];
  const line = byId("about");
  line.replaceChildren(parts.filter(Boolean).join(" · "));
  if (leftOut) line.append(" · ", el("strong", {}, fill(words.page.left_out, { n: number(leftOut) })));
}
