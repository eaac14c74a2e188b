// Measures of the network: one small drawing for each year, ranks over the years, communities, and the backbone.

const { years, sizes, measures, communities } = view;
const actors = view.actors.map(([x, y, group]) => ({ x, y, group }));
const pairs = view.pairs.map(([a, b, weight, significance, times, said, documents]) => ({ a, b, weight, significance, times, said, documents }));
const values = view.values.map((rows) => new Map(rows.map(([actor, told]) => [actor, told])));
const dated = years.map((year, at) => at).filter((at) => typeof years[at] === "number");
const COLOURS = ["blue", "red", "green", "rose", "sand", "sky"]; // of the largest communities; the others are grey
const LEADERS = 10; // lines in the drawing of ranks
const chosen = { measure: 0, alpha: 1, actor: null };

const colour = (group) => `var(--${COLOURS[group] ?? "muted"})`;
const yearWord = (at) => (typeof years[at] === "number" ? String(years[at]) : say.undated);
const told = (at, actor, measure = chosen.measure) => values[at].get(actor)?.[measure] ?? [null, null];
const figure = (value) => (value === null ? "–" : new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(value));
const radius = (share) => 3 + 9 * Math.sqrt(share);
const kept = () => pairs.filter(({ significance }) => significance < chosen.alpha || chosen.alpha === 1);

// The circles and lines of some pairs; "size" gives the share of the largest, from 0 to 1, of an actor.
function network(some, size, unit) {
  const lines = some.map(({ a, b, weight }) => {
    const line = svg("line", { x1: actors[a].x, y1: actors[a].y, x2: actors[b].x, y2: actors[b].y, class: "link" });
    line.style.strokeWidth = String(Math.min(0.6 + Math.log2(1 + weight) / 2, 4) * unit);
    return line;
  });
  const present = [...new Set(some.flatMap(({ a, b }) => [a, b]))].sort((a, b) => size(a) - size(b));
  const dots = present.map((actor) => {
    const dot = svg("circle", { cx: actors[actor].x, cy: actors[actor].y, r: radius(size(actor)) * unit, class: chosen.actor === actor ? "dot marked" : "dot", "data-actor": actor });
    dot.style.fill = colour(actors[actor].group);
    return svg("g", { class: "hit", onclick: (event) => showActor(actor, event.currentTarget) }, svg("title", {}, things[actor].label), dot);
  });
  return { lines, dots, present };
}

function showActor(actor, from) {
  chosen.actor = actor;
  for (const dot of document.querySelectorAll("[data-actor]")) dot.classList.toggle("marked", Number(dot.dataset.actor) === actor);
  for (const line of document.querySelectorAll("[data-rank]")) line.classList.toggle("marked", Number(line.dataset.rank) === actor);
  const rows = years.map((_, at) => at).filter((at) => values[at].has(actor)).map((at) => ({
    cells: [yearWord(at), ...measures.map((_, measure) => { const [value, rank] = told(at, actor, measure); return rank === null ? "–" : `${figure(value)} (${number(rank)})`; })],
  }));
  const near = pairs.filter(({ a, b }) => a === actor || b === actor).sort((one, other) => other.weight - one.weight);
  const list = near.map((pair) => {
    const other = pair.a === actor ? pair.b : pair.a;
    const press = button("", (event) => showPair(pair, event.currentTarget));
    press.append(icon(things[other].type), el("span", {}, things[other].label), el("span", { class: "count" }, figure(pair.weight)));
    return el("li", {}, press);
  });
  const { type, country, label } = things[actor];
  show([el("h2", {}, icon(type), el("span", {}, label)), el("p", { class: "hint" }, [typeWord(type), country].filter(Boolean).join(" · ")),
    ...makeTable(say.figures, [say.year, ...measures.map((name) => say.measures[name])], rows),
    el("h3", {}, say.tied, el("span", { class: "count" }, number(list.length))), el("ul", { class: "links" }, list)], from);
}

function showPair(pair, from) {
  const ends = [pair.a, pair.b].map((actor) => el("p", { class: "end" }, named(actor)));
  const when = pair.times.map(yearWord).join(", ");
  show([el("div", { class: "triple" }, ends[0], el("p", { class: "relation" }, fill(say.pair, { n: figure(pair.weight), p: figure(pair.significance) })), ends[1]),
    el("p", { class: "hint" }, when), claimList(pair.said),
    pair.documents > pair.said.length ? el("p", { class: "hint" }, fill(say.more_claims, { n: number(pair.said.length), m: number(pair.documents) })) : null], from);
}

// One small drawing for each year, all with the same places; what is undated stands last and apart.
function multiples() {
  const box = boxAround(actors, 30);
  const unit = Math.max(box.width, box.height) / 330;
  const most = Math.max(...values.flatMap((rows) => [...rows.values()].map((found) => found[chosen.measure][0] ?? 0)), 1e-9);
  const figures = years.map((_, at) => {
    const some = kept().filter(({ times }) => times.includes(at));
    const { lines, dots } = network(some, (actor) => (told(at, actor)[0] ?? 0) / most, unit);
    const [people, ties] = sizes[at];
    const note = fill(say.size, { n: number(people), m: number(ties) });
    return el("figure", { class: typeof years[at] === "number" ? "year" : "year undated" },
      el("figcaption", {}, el("strong", {}, yearWord(at)), el("span", { class: "count" }, note)),
      svg("svg", { viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`, role: "img", "aria-label": `${yearWord(at)}: ${note}` }, lines, dots));
  });
  return [el("h2", { class: "part" }, say.years_title), el("p", { class: "hint" }, say.years_hint), el("div", { class: "multiples" }, figures)];
}

// Who leads: each year gives an actor one over its rank, and the sum decides who is drawn.
function leaders() {
  const sums = actors.map((_, actor) => [dated.reduce((sum, at) => sum + 1 / (told(at, actor)[1] ?? Infinity), 0), actor]);
  return sums.filter(([sum]) => sum > 0).sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, LEADERS).map(([, actor]) => actor);
}

function rankLine(actor, slot, x, y) {
  const spots = dated.map((at, place) => [place, told(at, actor)[1]]).filter(([, rank]) => rank !== null);
  const shown = spots.map(([place, rank]) => [x(place), y(Math.min(rank, LEADERS + 1)), rank]);
  const path = shown.map(([left, top], at) => `${at && years[dated[spots[at][0]]] === years[dated[spots[at - 1][0]]] + 1 ? "L" : "M"}${left},${top}`).join("");
  const hue = colour(actors[actor].group);
  const line = svg("path", { d: path, class: "rank" });
  line.style.stroke = hue;
  const dots = shown.map(([left, top, rank], at) => {
    const dot = svg("circle", { cx: left, cy: top, r: 5, class: "dot" }, svg("title", {}, `${things[actor].label}, ${yearWord(dated[spots[at][0]])}: ${number(rank)}`));
    dot.style.fill = hue;
    return dot;
  });
  const [left, top] = shown.at(-1);
  const [edge, row] = [x(dated.length - 1) + 34, y(slot + 1)];
  const lead = svg("path", { d: `M${left},${top}L${edge - 6},${row}`, class: "lead" });
  lead.style.stroke = hue;
  const act = (event) => showActor(actor, event.currentTarget);
  return svg("g", { class: "hit", "data-rank": actor, tabindex: "0", role: "button", "aria-label": things[actor].label, onclick: act, onkeydown: (event) => event.key === "Enter" && act(event) },
    lead, line, dots, svg("text", { x: edge, y: row + 4, class: "side" }, cut(things[actor].label, 42)));
}

function rankDrawing() {
  const last = (actor) => [...dated].reverse().map((at) => told(at, actor)[1]).find((rank) => rank !== null);
  const order = leaders().map((actor) => [last(actor), actor]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, actor]) => actor);
  if (!order.length) return [];
  const wide = Math.max(46, Math.min(90, 620 / dated.length));
  const [x, y] = [(place) => 46 + place * wide, (rank) => 26 + (rank - 1) * 26];
  const marks = dated.map((at, place) => svg("text", { x: x(place), y: 10, class: "axis" }, yearWord(at)));
  const rows = Array.from({ length: LEADERS + 1 }, (_, at) => svg("text", { x: 18, y: y(at + 1) + 4, class: "axis" }, at < LEADERS ? number(at + 1) : `> ${number(LEADERS)}`));
  const [width, height] = [x(dated.length - 1) + 330, y(LEADERS + 1) + 14];
  const drawing = svg("svg", { class: "ranks", viewBox: `0 -6 ${width} ${height + 6}`, role: "group", "aria-label": say.ranks_title }, marks, rows, order.map((actor, slot) => rankLine(actor, slot, x, y)));
  drawing.style.width = `${width}px`;
  return [el("h2", { class: "part" }, `${say.ranks_title}: ${say.measures[measures[chosen.measure]]}`), el("p", { class: "hint" }, say.ranks_hint), el("div", { class: "scroll" }, drawing)];
}

function backbone() {
  const some = kept();
  const strength = new Map();
  for (const { a, b, weight } of some) for (const end of [a, b]) strength.set(end, (strength.get(end) ?? 0) + weight);
  const most = Math.max(...strength.values(), 1e-9);
  const box = boxAround(actors, 40);
  const unit = Math.max(box.width / 900, box.height / 420);
  const { lines, dots, present } = network(some, (actor) => strength.get(actor) / most, unit);
  const ties = lines.map((line, at) => {
    const { a, b } = some[at];
    const wide = line.cloneNode();
    wide.setAttribute("class", "wide");
    return svg("g", { class: "hit", "data-pair": pairs.indexOf(some[at]), onclick: (event) => showPair(some[at], event.currentTarget) }, svg("title", {}, `${things[a].label} – ${things[b].label}`), wide, line);
  });
  const labels = [...present].reverse().map((actor) => {
    const [at, text] = [radius(strength.get(actor) / most) * unit, cut(things[actor].label, 30)];
    return { node: svg("text", { x: actors[actor].x, y: actors[actor].y - at - 3 * unit, class: "label" }, text), x: actors[actor].x, y: actors[actor].y - at - 3 * unit, text };
  });
  const stage = makeStage(box, say.backbone_title, ...ties, ...dots, ...labels.map(({ node }) => node));
  stage.querySelector("svg").addEventListener("view", (event) => keepApart(labels, event.detail));
  return [el("h2", { class: "part" }, say.backbone_title), el("p", { class: "hint" }, fill(say.backbone_hint, { n: number(some.length), m: number(view.all[1]), p: number(present.length), q: number(view.all[0]) })), stage];
}

function communityTable() {
  const rows = communities.map(([members, names, themes], at) => {
    const patch = el("span", { class: "patch" });
    patch.style.background = colour(at);
    return { cells: [el("span", {}, patch, number(at + 1)), number(members), names, themes || "–"] };
  });
  const note = view.modularity === null ? "" : ` ${fill(say.modularity, { p: figure(view.modularity) })}`;
  return [el("h2", { class: "part" }, say.communities_title), el("p", { class: "hint" }, say.communities_hint + note), ...makeTable(fill(say.caption, { n: number(rows.length) }), [say.community, say.members, say.strongest, say.themes], rows)];
}

function refresh() {
  const parts = pairs.length ? [...multiples(), ...rankDrawing(), ...backbone(), ...communityTable()] : [el("p", { class: "hint" }, say.nothing)];
  byId("board").replaceChildren(...parts);
}

function choice(label, options, now, act) {
  const list = el("select", { onchange: (event) => { act(Number(event.target.value)); refresh(); } }, options.map(([value, text]) => el("option", { value, selected: value === now }, text)));
  return el("label", {}, label, list);
}

const counted = view.kinds.map((kind) => say.kinds[kind]).join(", ");
byId("about").append([readWords(about), fill(say.read, { n: number(view.all[0]), m: number(view.all[1]), p: number(view.all[2]) }), counted,
  view.betweenness.every((how) => how === "exact") ? "" : say.estimated].filter(Boolean).join(" · "));
byId("tools").append(choice(say.measure, measures.map((name, at) => [at, say.measures[name]]), 0, (value) => (chosen.measure = value)),
  choice(say.alpha, [[1, say.all_pairs], [0.2, "α < 0.2"], [0.1, "α < 0.1"], [0.05, "α < 0.05"], [0.01, "α < 0.01"]], 1, (value) => (chosen.alpha = value)),
  el("p", { class: "hint" }, fill(say.drawn, { n: number(actors.length), m: number(pairs.length) })));
refresh();
show(null);
window.migkg = { actors, pairs, chosen };
document.documentElement.dataset.drawn = "yes";
