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

// What each kind of filter counts, shows as its picture and says; the order is that of the style, else the most first.
const legends = {
  types: { keys: () => nodes.map(({ type }) => [type]), picture: icon, word: (type) => (words.types[type] ?? [type, type])[1] },
  relations: { keys: () => edges.map(({ relation }) => [relation]), picture: lineIcon, word: (key) => relationWord(key) },
  themes: { keys: () => edges.map(({ themes }) => themes), word: (key) => (key === NONE ? words.tools.no_theme : themeWord(key)) },
  languages: { keys: () => edges.map(({ languages }) => languages), word: (key) => (key === NONE ? words.tools.no_language : languageWord(key)) },
};

function buildLegend() {
  for (const [kind, { keys, picture, word }] of Object.entries(legends)) {
    const sums = new Map();
    for (const some of keys()) for (const key of some.length ? some : [NONE]) sums.set(key, (sums.get(key) ?? 0) + 1);
    const order = all[kind].filter((key) => sums.has(key));
    if (!picture) order.sort((a, b) => (a === NONE) - (b === NONE) || sums.get(b) - sums.get(a) || (a < b ? -1 : 1));
    byId(kind).replaceChildren(...order.map((key) => legendRow(kind, key, picture?.(key), word(key), sums.get(key))));
    if (!picture) byId(kind).closest("details").hidden = order.length < 2;
  }
}

function toggle(kind, key) {
  if (!shown[kind].delete(key)) shown[kind].add(key);
  applyFilters();
}

function applyFilters() {
  decide();
  for (const kind of Object.keys(all)) {
    for (const button of byId(kind).querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(shown[kind].has(button.dataset[kind])));
    }
  }
  showConfidence();
  showYears();
  hideFiltered();
  byId("reset").hidden = isWhole();
  sayWhatIsShown();
  paint();
  fillTable();
  if (chosen) choose(chosen, { back: true, look: false });
  else network.redraw();
  filtered();
}

// Links of which no confidence is known are shown as long as none is asked for.
const sure = byId("confidence");
function showConfidence() {
  sure.value = Math.round(100 * shown.confidence);
  byId("confidence-word").textContent = fill(words.tools.at_least, { p: number(Math.round(100 * shown.confidence)) });
}
sure.closest("label").hidden = !edges.some(({ confidence }) => confidence !== null);
sure.addEventListener("input", () => {
  shown.confidence = Number(sure.value) / 100;
  applyFilters();
});

byId("reset").addEventListener("click", () => {
  showEverything();
  applyFilters();
});

whenSpoken(() => {
  buildLegend();
  showConfidence();
  showYears();
  sayWhatIsShown();
});

// Which part of the graph the page was asked to show.
function partWords() {
  const { focus = [], part = {} } = about;
  const { country, theme, query, first, last, relations = [] } = part;
  const period = first && last ? `${first} – ${last}` : first ? fill(words.part.from, { year: first }) : last ? fill(words.part.until, { year: last }) : null;
  return [
    focus.length ? fill(words.page.focus, { name: focus.join(", ") }) : null,
    country ? countryWord(country) : null,
    theme ? fill(words.part.theme, { name: themeWord(theme) }) : null,
    query ? fill(words.part.query, { name: query }) : null,
    period,
    relations.map((relation) => relationWord(relation)).join(", "),
  ];
}

// The line under the heading: what was read and what is shown, so that nobody takes the part for the whole.
function sayWhatIsShown() {
  const { documents = 0, dated: withDate = 0, languages = {}, left_out: leftOut } = about;
  const spoken = Object.entries(languages).map(([code, count]) => `${languageWord(code)} ${number(count)}`);
  const parts = [
    documents === 1 ? words.page.one_document : fill(words.page.documents, { n: number(documents) }),
    documents ? fill(words.page.dated, { p: number(Math.round((100 * withDate) / documents)) }) : null,
    spoken.join(", "),
    fill(words.page.shown, {
      n: number([...nodes.keys()].filter(nodeShown).length),
      m: number(edges.filter(edgeShown).length),
    }),
    ...partWords(),
  ];
  const line = byId("about");
  line.replaceChildren(parts.filter(Boolean).join(" · "));
  if (leftOut) {
    const rest = fill(words.page.left_out, { n: number(leftOut), m: number(leftOut + nodes.length) });
    line.append(" · ", el("strong", { title: words.page.all_of_it }, rest), ` (${words.page.all_of_it})`);
  }
}
