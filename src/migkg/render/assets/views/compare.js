// Two periods or two graphs: what was added, is gone, stronger or weaker, as a drawing and as a table.

const KINDS = ["added", "gone", "stronger", "weaker", "same"];
const changes = view.changes.map(([kind, from, relation, to, before, after, old, fresh], place) =>
  ({ place, kind: KINDS[kind], from, relation, to, before, after, old, fresh }));
const counts = Object.fromEntries(KINDS.map((kind) => [kind, changes.filter((change) => change.kind === kind).length]));
const shown = new Set(KINDS.filter((kind) => kind !== "same"));
const spots = view.spots.map(([thing, x, y, radius]) => ({ thing, x, y, radius }));
const spotOf = new Map(spots.map((spot) => [spot.thing, spot]));

const [before, after] = view.sides;
byId("about").append(
  el("strong", {}, `${before.name}: `), readWords(before), " → ", el("strong", {}, `${after.name}: `), readWords(after),
  view.undated === null ? "" : ` · ${fill(say.undated, { n: number(view.undated) })}`);

// A sample of the line, and the word and number of its kind; pressing it hides or shows the kind.
function kindButton(kind) {
  const sample = svg("svg", { class: "sample", viewBox: "0 0 36 12", "aria-hidden": "true" },
    svg("line", { x1: 1, y1: 6, x2: 35, y2: 6, class: `tie ${kind}` }));
  const press = button("", () => {
    if (shown.has(kind)) shown.delete(kind);
    else shown.add(kind);
    press.setAttribute("aria-pressed", String(shown.has(kind)));
    refresh();
  }, { "aria-pressed": String(shown.has(kind)), "data-kind": kind, title: say.meaning[kind] });
  press.append(sample, el("span", {}, say.kinds[kind]), el("span", { class: "count" }, number(counts[kind])));
  return press;
}

function choose(change, from) {
  show([
    el("p", { class: `verdict ${change.kind}` }, say.kinds[change.kind]),
    triple(change.from, change.relation, change.to),
    el("p", { class: "hint" }, fill(say.documents, { n: number(change.before), m: number(change.after) })),
    side(before.name, change.old),
    side(after.name, change.fresh),
  ], from);
}

const side = (name, places) =>
  places.length ? claimList(places, name) : [el("h3", {}, name), el("p", { class: "hint" }, say.nothing)];

// Ties between the same two things are bent apart.
function tiePath({ from, to }, nth) {
  const [a, b] = [spotOf.get(from), spotOf.get(to)];
  if (from === to) return `M${a.x - a.radius},${a.y}a${a.radius},${a.radius} 0 1 1 ${a.radius},${a.radius}`;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const far = Math.hypot(dx, dy) || 1;
  const bend = Math.ceil(nth / 2) * 26 * (nth % 2 ? 1 : -1) * (from < to ? 1 : -1);
  const [mx, my] = [(a.x + b.x) / 2 - (dy / far) * bend, (a.y + b.y) / 2 + (dx / far) * bend];
  const stop = (end, r) => [end.x + ((mx - end.x) / Math.hypot(mx - end.x, my - end.y)) * r, end.y + ((my - end.y) / Math.hypot(mx - end.x, my - end.y)) * r];
  const [start, finish] = [stop(a, a.radius), stop(b, b.radius + 7)];
  return `M${start[0].toFixed(1)},${start[1].toFixed(1)}Q${mx.toFixed(1)},${my.toFixed(1)} ${finish[0].toFixed(1)},${finish[1].toFixed(1)}`;
}

function drawTies() {
  const together = new Map();
  return view.drawn.map((place) => {
    const change = changes[place];
    const pair = [change.from, change.to].sort((a, b) => a - b).join();
    const nth = together.get(pair) ?? 0;
    together.set(pair, nth + 1);
    const d = tiePath(change, nth);
    const arrow = style.relations[change.relation]?.symmetric ? null : `url(#head-${change.kind})`;
    return svg("g", { class: "hit", "data-change": place, "data-kind": change.kind, onclick: (event) => choose(change, event.currentTarget) },
      svg("title", {}, `${say.kinds[change.kind]}: ${things[change.from].label} – ${relationWord(change.relation)} – ${things[change.to].label}`),
      svg("path", { d, class: "wide" }), svg("path", { d, class: `tie ${change.kind}`, "marker-end": arrow }));
  });
}

function drawThing({ thing, x, y, radius }) {
  return svg("g", { transform: `translate(${x - radius},${y - radius}) scale(${radius / 12})` },
    svg("title", {}, `${things[thing].label} (${typeWord(things[thing].type)})`), shape(things[thing].type, { class: "thing" }));
}

function drawing() {
  const heads = svg("defs", {}, KINDS.map((kind) =>
    svg("marker", { id: `head-${kind}`, viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 13, markerHeight: 13, markerUnits: "userSpaceOnUse", orient: "auto" },
      svg("path", { d: "M0 0L8 4L0 8z", class: `head ${kind}` }))));
  const labels = spots.map(({ thing, x, y, radius }) => {
    const text = cut(things[thing].label, 34);
    return { node: svg("text", { x, y: y + radius, dy: "1.1em", class: "label" }, text), x, y: y + radius + 15, text, thing };
  });
  const parts = [heads, svg("g", {}, drawTies()), svg("g", {}, spots.map(drawThing)), svg("g", {}, labels.map(({ node }) => node))];
  const frame = makeStage(boxAround(spots, 130), say.drawing, ...parts);
  frame.querySelector(".stage").addEventListener("view", ({ detail }) => keepApart(labels, detail));
  return frame;
}

const tools = byId("tools");
const board = byId("board");
const listing = el("div", { class: "listing" });

function refresh() {
  for (const tie of board.querySelectorAll("[data-change]")) tie.toggleAttribute("hidden", !shown.has(tie.dataset.kind));
  const kept = changes.filter(({ kind }) => shown.has(kind));
  const rows = kept.map((change) => ({ key: change.place, act: (event) => choose(change, event.currentTarget.querySelector("button")), cells: cells(change) }));
  listing.replaceChildren(...makeTable(fill(say.caption, { n: number(kept.length) }), [say.change, words.table.from, words.table.relation, words.table.to, before.name, after.name], rows));
}

const cells = ({ kind, from, relation, to, before: old, after: fresh }) => [
  el("span", { class: `verdict ${kind}` }, say.kinds[kind]), things[from].label,
  el("button", { type: "button", class: "plain" }, relationWord(relation)), things[to].label, number(old), number(fresh)];

tools.append(...KINDS.map(kindButton));
if (spots.length) board.append(drawing());
const drawable = changes.length - counts.same;
if (drawable > view.drawn.length) board.append(el("p", { class: "hint" }, fill(say.left_out, { n: number(view.drawn.length), m: number(drawable) })));
board.append(listing);
refresh();
show(null);
window.migkg = { changes, choose };
document.documentElement.dataset.drawn = "yes";
