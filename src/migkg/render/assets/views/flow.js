// Money from funder to country, one drawing for each currency: bands as wide as the sums, thin lines where none is told.

const { drawings, programmes } = view;
const links = view.links.map(([from, relation, to, sums, said]) => ({ from, relation, to, sums, said }));
const funded = links.filter(({ relation, sums }) => relation === "funds" || sums.length);
const paid = funded.filter(({ sums }) => sums.length);
const isDated = ({ said }) => said.some((claim) => sources[claims[claim].source].issued);
const boxName = (name) => (typeof name === "number" ? things[name].label : name);
const boxType = (name) => (typeof name === "number" ? things[name].type : "Place");
const WIDE = 250; // from one column to the next
const BOX = 14;

let chosen = 0;

function showLink(place, from) {
  const { from: subject, relation, to, sums, said } = links[place];
  show([
    triple(subject, relation, to),
    sums.length ? [el("h3", {}, say.sums), el("ul", { class: "sums" }, sums.map((sum) => el("li", {}, amountWord(sum))))] : el("p", { class: "hint" }, say.no_sum),
    sums.length > 1 ? el("p", { class: "hint" }, say.several) : null,
    claimList(said),
  ], from);
}

// What a box takes part in: every link of it in this drawing.
function showBox(drawing, at, from) {
  const [name] = drawing.boxes[at];
  const list = drawing.bands.filter(([, source, target]) => source === at || target === at).map(([link, source, target]) => {
    const other = drawing.boxes[source === at ? target : source][0];
    const sums = links[link].sums.map(amountWord).join(", ");
    const press = button("", (event) => showLink(link, event.currentTarget));
    press.append(icon(boxType(other)), el("span", {}, `${source === at ? "→" : "←"} ${boxName(other)}`), el("span", { class: "count" }, sums || say.thin));
    return el("li", {}, press);
  });
  show([el("h2", {}, icon(boxType(name)), el("span", {}, boxName(name))), el("ul", { class: "links" }, list)], from);
}

function bandShape(drawing, [link, source, target, start, end, width]) {
  const [x1, x2] = [drawing.boxes[source][1] * WIDE + BOX, drawing.boxes[target][1] * WIDE];
  const bend = Math.max(40, Math.abs(x2 - x1) / 2);
  const d = `M${x1},${start}C${x1 + bend},${start} ${x2 - bend},${end} ${x2},${end}`;
  const { from, relation, to, sums } = links[link];
  const money = drawing.currency && sums.some(([, currency]) => currency === drawing.currency);
  const text = `${things[from].label} ${relationWord(relation)} ${things[to].label}: ${sums.map(amountWord).join(", ") || say.thin}`;
  const path = svg("path", { d, class: money ? "band money" : "band thin" });
  path.style.strokeWidth = String(width);
  return svg("g", { class: "hit", "data-link": link, onclick: (event) => showLink(link, event.currentTarget) },
    svg("title", {}, text), svg("path", { d, class: "wide" }), path);
}

function boxShape(drawing, [name, column, y, height], at) {
  const x = column * WIDE;
  const act = (event) => showBox(drawing, at, event.currentTarget);
  return svg("g", { class: "hit box", tabindex: "0", role: "button", "aria-label": boxName(name), "data-box": at, onclick: act, onkeydown: (event) => event.key === "Enter" && act(event) },
    svg("title", {}, `${boxName(name)} (${typeWord(boxType(name))})`),
    svg("rect", { x, y, width: BOX, height, rx: 2, class: "node" }),
    svg("g", { transform: `translate(${x - 1},${y + height / 2 - 8}) scale(.66)` }, shape(boxType(name), { class: "thing" })),
    svg("text", { x: x + BOX + 5, y: y + height / 2 + 4, class: "side" }, cut(boxName(name), 36)));
}

function draw(drawing) {
  const last = Math.max(...drawing.boxes.map(([, column]) => column));
  const bottom = Math.max(...drawing.boxes.map(([, , y, height]) => y + height));
  const parts = [...drawing.bands.map((band) => bandShape(drawing, band)), ...drawing.boxes.map((box, at) => boxShape(drawing, box, at))];
  const [width, height] = [last * WIDE + 245, bottom];
  const frame = svg("svg", { class: "sankey", viewBox: `-14 -14 ${width + 28} ${height + 28}`, role: "group", "aria-label": say.drawing }, parts);
  Object.assign(frame.style, { minWidth: `${width * 0.85}px`, maxWidth: `${width * 1.25}px` });
  return el("div", { class: "flowing" }, frame);
}

function table(drawing) {
  const order = [...drawing.links].sort((a, b) => largest(b, drawing.currency) - largest(a, drawing.currency));
  const rows = order.map((link) => {
    const { from, relation, to, sums, said } = links[link];
    return { key: link, act: (event) => showLink(link, event.currentTarget.querySelector("button")), cells: [things[from].label,
      el("button", { type: "button", class: "plain" }, relationWord(relation)), things[to].label, sums.map(amountWord).join(", ") || "–", number(new Set(said.map((claim) => claims[claim].source)).size)] };
  });
  return makeTable(fill(say.caption, { n: number(rows.length) }), [words.table.from, words.table.relation, words.table.to, words.details.amount, say.documents], rows);
}

const largest = (link, currency) => Math.max(0, ...links[link].sums.filter(([, one]) => one === currency).map(([value]) => Number(value)));

function refresh() {
  const drawing = drawings[chosen];
  for (const press of document.querySelectorAll("[data-drawing]")) press.setAttribute("aria-pressed", String(Number(press.dataset.drawing) === chosen));
  byId("board").replaceChildren(drawing ? draw(drawing) : el("p", { class: "hint" }, say.nothing),
    el("p", { class: "hint" }, drawing?.currency ? fill(say.meaning, { name: drawing.currency }) : say.meaning_none,
      drawing && drawing.links.length > drawing.bands.length ? ` ${fill(say.left_out, { n: number(drawing.bands.length), m: number(drawing.links.length) })}` : ""), ...(drawing ? table(drawing) : []));
}

byId("about").append([readWords(about), view.period ? fill(common.period, { name: view.period }) : "",
  fill(say.read, { n: number(funded.length), p: share(paid.length, funded.length), m: share(funded.filter(isDated).length, funded.length) }),
  fill(say.programmes, { n: number(programmes.all), m: number(programmes.funded), p: number(programmes.paid) })].filter(Boolean).join(" · "));
byId("tools").append(...drawings.map(({ currency, links: all }, place) => {
  const press = button("", () => { chosen = place; refresh(); }, { "aria-pressed": "false", "data-drawing": place });
  const some = all.filter((link) => links[link].relation === "funds" && (!currency || largest(link, currency))).length;
  press.append(el("span", {}, currency ?? say.without), el("span", { class: "count" }, number(some)));
  return press;
}));
refresh();
show(null);
window.migkg = { links, drawings };
document.documentElement.dataset.drawn = "yes";
