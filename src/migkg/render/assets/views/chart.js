// One organisation: its parts as an organisation chart that folds, and its reporting lines apart, at a chosen date.

const { units, reports } = view;
const parts = units.map(() => []);
units.forEach((unit, place) => unit.parent !== null && parts[unit.parent].push(place));
const sizes = units.map(() => 1);
for (let place = units.length - 1; place > 0; place--) sizes[units[place].parent] += sizes[place];
const byName = (a, b) => things[a].label.localeCompare(things[b].label, language);
for (const list of parts) list.sort((a, b) => Math.sign(sizes[b] - 1) - Math.sign(sizes[a] - 1) || byName(units[a].thing, units[b].thing));

// Dates: the first day of what a source is dated, and whether something was said by the chosen day.
const firstDay = (edtf) => (/^\d{4}(-\d\d(-\d\d)?)?$/.test(edtf ?? "") ? `${edtf}-01-01`.slice(0, 10) : null);
const dayOf = (claim) => firstDay(sources[claims[claim].source].issued);
const days = [...new Set(claims.map((_, claim) => dayOf(claim)).filter(Boolean))].sort();
let day = view.day;
const undated = (places) => places.every((claim) => !dayOf(claim));
const isSaid = (places) => !day || undated(places) || places.some((claim) => (dayOf(claim) ?? "") <= day);
const lastSaid = (places) => places.map(dayOf).filter((said) => said && (!day || said <= day)).sort().at(-1) ?? null;

// Who holds an office, the latest first: where several are dated, the earlier ones are said to be so.
function holders(office) {
  const held = office.held.filter(([, said]) => isSaid(said)).map(([person, said]) => ({ person, said, last: lastSaid(said) }));
  held.sort((a, b) => (b.last ?? "").localeCompare(a.last ?? "") || byName(a.person, b.person));
  return held.map((holder) => ({ ...holder, earlier: Boolean(holder.last && held[0].last > holder.last) }));
}

const officeName = (office) => (office.post !== undefined ? things[office.post].label : office.name || say.no_post);

function officeLine(office) {
  const people = holders(office);
  if (office.claims ? !isSaid(office.claims) && !people.length : !people.length) return null;
  const post = office.claims
    ? button(officeName(office), (event) => showOffice(office, event.currentTarget), { class: "plain post" })
    : el("span", { class: "post" }, officeName(office));
  return el("li", {}, post, people.map(({ person, said, last, earlier }) =>
    el("span", { class: earlier ? "holder earlier" : "holder" },
      button(things[person].label, (event) => showClaims(things[person].label, said, event.currentTarget), { class: "plain" }),
      el("small", {}, last ? ` ${earlier ? `${say.earlier}, ` : ""}${dateWord(last.slice(0, 7))}` : ` ${words.details.undated}`))));
}

const FEW = 5; // offices in a box before "show more"
function officeList(offices) {
  const lines = offices.map(officeLine).filter(Boolean);
  if (!lines.length) return null;
  const list = el("ul", { class: "offices" }, lines.slice(0, FEW));
  const more = lines.length > FEW && button(fill(words.details.more, { n: number(lines.length - FEW) }), () => more.parentElement.replaceWith(...lines.slice(FEW)), { class: "plain" });
  if (more) list.append(el("li", {}, more));
  return list;
}

function showClaims(heading, places, from) {
  show([el("h2", {}, heading), claimList(places)], from);
}

function showOffice(office, from) {
  show([el("h2", {}, officeName(office)), claimList(office.claims),
    holders(office).flatMap(({ person, said }) => claimList(said, things[person].label))], from);
}

function showUnit(place, from) {
  const unit = units[place];
  const { label, type, country } = things[unit.thing];
  const whole = unit.parent === null ? [] : claimList(unit.claims, fill(say.part_of, { name: things[units[unit.parent].thing].label }));
  show([
    el("h2", {}, icon(type), el("span", {}, label)),
    el("p", { class: "hint" }, [typeWord(type), country].filter(Boolean).join(" · ")),
    whole,
    unit.also.flatMap(([other, said]) => claimList(said, fill(say.also_part_of, { name: things[other].label }))),
    reports.filter(([who]) => who === unit.thing).flatMap(([, to, said]) => claimList(said, fill(say.reports_to, { name: things[to].label }))),
  ], from);
}

// The number of documents of a line; pressing it shows what they say.
function lineButton(said, from, relation, to) {
  const count = new Set(said.map((claim) => claims[claim].source)).size;
  const last = lastSaid(said); // null too where only documents without a date said it by the chosen day
  const word = last ? fill(say.line_said, { name: dateWord(last.slice(0, 7)) }) : say.line_undated;
  return button(`❝ ${number(count)}`, (event) => show([triple(from, relation, to), claimList(said)], event.currentTarget), {
    class: last ? "line" : "line undated",
    title: word,
    "aria-label": `${things[from].label} ${relationWord(relation)} ${things[to].label}. ${word}`,
  });
}

function box(head, line, below, offices) {
  const folds = below.length > 0;
  const item = el("li", { class: "unit" });
  const group = folds ? el("ul", {}, below) : null;
  const fold = folds && button("", () => setFold(item, item.classList.toggle("folded")), { class: "fold", "aria-expanded": "true", title: say.fold, "aria-label": say.fold });
  item.append(el("div", { class: "card" }, el("div", { class: "head" }, fold || null, head, line), offices), ...(group ? [group] : []));
  return item;
}

function setFold(item, folded) {
  item.classList.toggle("folded", folded);
  item.querySelector(":scope > .card .fold")?.setAttribute("aria-expanded", String(!folded));
}

const tally = { lines: 0, undated: 0, later: 0 };
function counted(said) {
  const told = isSaid(said);
  tally[told ? "lines" : "later"]++;
  if (told && !lastSaid(said)) tally.undated++;
  return told;
}

function partTree(place) {
  const unit = units[place];
  const { label, type } = things[unit.thing];
  const below = parts[place].filter((part) => counted(units[part].claims)).map(partTree);
  const head = button("", (event) => showUnit(place, event.currentTarget), { class: "name", "data-unit": place });
  head.append(icon(type), el("span", {}, label));
  const line = unit.parent === null ? null : lineButton(unit.claims, unit.thing, "partOf", units[unit.parent].thing);
  return box(head, line, below, officeList(unit.offices));
}

// Reporting lines: under each post or unit those that report to it; a ring is cut where it leads back.
const officeOf = new Map(units.flatMap((unit) => unit.offices).filter(({ post }) => post !== undefined).map((office) => [office.post, office]));
function reportTree(thing, line, path) {
  const below = reports.filter(([who, to]) => to === thing && !path.has(who)).sort(([a], [b]) => byName(a, b))
    .filter(([, , said]) => counted(said))
    .map(([who, to, said]) => reportTree(who, lineButton(said, who, "reportsTo", to), new Set([...path, who])));
  const unit = units.findIndex((one) => one.thing === thing);
  const office = officeOf.get(thing);
  const head = button("", (event) => (unit >= 0 ? showUnit(unit, event.currentTarget) : office ? showOffice(office, event.currentTarget) : show([el("h2", {}, things[thing].label)], event.currentTarget)), { class: "name" });
  head.append(icon(things[thing].type), el("span", {}, things[thing].label));
  const held = office && holders(office).length ? el("ul", { class: "offices" }, officeLine({ ...office, claims: undefined, post: undefined, name: say.held_by })) : null;
  return box(head, line, below, held);
}

let shownKind = "parts";
function draw() {
  Object.assign(tally, { lines: 0, undated: 0, later: 0 });
  const tops = [...new Set(reports.map(([, to]) => to))].filter((to) => !reports.some(([who]) => who === to));
  const roots = tops.length || !reports.length ? tops : [reports[0][1]];
  const trees = shownKind === "parts" ? [partTree(0)] : roots.sort(byName).map((top) => reportTree(top, null, new Set([top])));
  byId("board").replaceChildren(el("ul", { class: `tree ${shownKind}` }, trees));
  byId("said").textContent = [
    day ? fill(say.at, { name: dateWord(day) }) : say.ever,
    fill(say.lines, { n: number(tally.lines) }), fill(say.undated, { n: number(tally.undated) }),
    tally.later ? fill(say.later, { n: number(tally.later) }) : null].filter(Boolean).join(" · ");
  if (units.length > 80) foldAll(true);
}

function foldAll(folded) {
  for (const item of document.querySelectorAll(".tree > .unit > ul > .unit")) if (item.querySelector("ul .unit")) setFold(item, folded);
}

function kindButton(kind, count) {
  return button(`${say[kind]} `, (event) => {
    shownKind = kind;
    for (const other of event.currentTarget.parentElement.children) other.setAttribute("aria-pressed", String(other.dataset.kind === kind));
    draw();
  }, { "aria-pressed": String(kind === shownKind), "data-kind": kind, disabled: !count && kind === "reports" });
}

// The last day of a date as it is written (2015, 2015-06, 2015-06-30); null where it is none.
function lastDay(text) {
  const [, year, month = "12", date] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (!year || Number(month) < 1 || Number(month) > 12) return null;
  return `${year}-${month}-${date ?? String(new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate())}`;
}

function dateTools() {
  // A field of type "date" would load a picture for its button; a text field also takes a year alone.
  const field = el("input", { type: "text", id: "date", size: 10, maxlength: 10, placeholder: say.date_form, value: day ?? "", onchange: () => setDay(lastDay(field.value.trim())) });
  const slider = el("input", { type: "range", min: 0, max: days.length, value: days.length, "aria-label": say.slider, oninput: () => setDay(days[Number(slider.value)] ?? null) });
  const setDay = (chosen) => {
    day = chosen;
    field.value = day ?? "";
    slider.value = day ? Math.max(0, days.findLastIndex((one) => one <= day)) : days.length;
    draw();
  };
  if (day) slider.value = Math.max(0, days.findLastIndex((one) => one <= day));
  return [el("label", {}, say.date, field), days.length ? slider : null, button(say.any_date, () => setDay(null))];
}

// Arrows go from box to box, and fold and unfold.
byId("board").addEventListener("keydown", (event) => {
  const names = [...document.querySelectorAll(".name")].filter((name) => name.offsetParent);
  const at = names.indexOf(document.activeElement);
  const item = names[at]?.closest(".unit");
  if (at < 0) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") names[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  else if (event.key === "ArrowLeft" || event.key === "ArrowRight") item.querySelector(":scope > ul") && setFold(item, event.key === "ArrowLeft");
  else return;
  event.preventDefault();
});

byId("about").append(readWords(about));
byId("tools").append(
  el("span", { class: "choice", role: "group" }, kindButton("parts", units.length), kindButton("reports", reports.length)),
  button(say.fold_all, () => foldAll(true)), button(say.unfold_all, () => foldAll(false)),
  ...dateTools().filter(Boolean), el("p", { id: "said", class: "hint", role: "status" }));
draw();
show(null);
window.migkg = { units, reports };
document.documentElement.dataset.drawn = "yes";
