// Programmes and events by country: circles as large as their number, and the sentences behind every one of them.

const { world, countries, names, regions, placeless, totals } = view;
const TYPES = Object.keys(totals);
const shown = new Set(TYPES);

const typeOf = (spot) => things[spot[0]].type;
const inSight = (spots) => spots.filter((spot) => shown.has(typeOf(spot)));
const distinct = (spots) => [...new Set(spots.map(([thing]) => thing))];
const count = (code) => distinct(inSight(countries[code])).length;
const documents = (spots) => new Set(spots.flatMap(([, , , said]) => said.map((claim) => claims[claim].source))).size;
const kindsWord = (things_) => TYPES.map((type) => [type, things_.filter((thing) => things[thing].type === type).length])
  .filter(([, some]) => some).map(([type, some]) => `${words.types[type][some === 1 ? 0 : 1]} ${number(some)}`).join(", ");

// A thing of a country with the sentences that place it there.
function showSpots(heading, spots, from) {
  const list = distinct(spots).map((thing) => {
    const mine = spots.filter(([one]) => one === thing);
    const said = mine.flatMap(([, , , places]) => places);
    const press = button("", (event) => show([...mine.flatMap(([one, relation, place, places]) => [triple(one, relation, place), claimList(places)]),
      button(words.details.back, () => showSpots(heading, spots, from), { class: "more" })], event.currentTarget));
    press.append(icon(things[thing].type), el("span", {}, things[thing].label, things[thing].when ? el("small", {}, ` ${dateWord(things[thing].when)}`) : ""), el("span", { class: "count" }, `❝ ${number(said.length)}`));
    return el("li", {}, press);
  });
  show([el("h2", {}, heading), el("p", { class: "hint" }, kindsWord(distinct(spots))), el("ul", { class: "links" }, list)], from);
}

function showPlaceless(from) {
  const list = placeless.map((thing) => el("li", {}, el("p", { class: "end" }, named(thing))));
  show([el("h2", {}, say.placeless_title), el("p", { class: "hint" }, kindsWord(placeless)), el("ul", { class: "links" }, list)], from);
}

const open = (code) => (event) => showSpots(names[code], inSight(countries[code]), event.currentTarget);

function circles() {
  const codes = Object.keys(countries).filter((code) => world.countries[code] && count(code)).sort((a, b) => count(b) - count(a));
  const most = Math.max(8, ...codes.map(count)); // few are small, even where nothing is more
  const radius = (code) => 3 + 15 * Math.sqrt(count(code) / most);
  const labels = codes.map((code) => {
    const { x, y } = world.countries[code];
    const text = `${names[code]} ${number(count(code))}`;
    return { node: svg("text", { x, y: y - radius(code) - 2, class: "label" }, text), x, y: y - radius(code) - 2, text };
  });
  const dots = codes.map((code) => {
    const { x, y } = world.countries[code];
    const label = `${names[code]}: ${kindsWord(distinct(inSight(countries[code])))}`;
    return svg("circle", { cx: x, cy: y, r: radius(code), class: "dot", tabindex: "0", role: "button", "aria-label": label, "data-country": code, onclick: open(code),
      onkeydown: (event) => event.key === "Enter" && open(code)(event) }, svg("title", {}, label));
  });
  return { dots, labels };
}

function drawMap() {
  const { dots, labels } = circles();
  const lands = Object.entries(world.countries).filter(([, land]) => land.path).map(([code, land]) =>
    svg("path", { d: land.path, class: countries[code] && count(code) ? "land told" : "land", onclick: countries[code] && count(code) ? open(code) : null }));
  const [width, height] = world.box;
  const frame = makeStage({ x: 0, y: 0, width, height }, say.drawing, ...lands, svg("path", { d: world.rest, class: "land" }), ...dots, ...labels.map(({ node }) => node));
  frame.querySelector(".stage").setAttribute("role", "group");
  frame.querySelector(".stage").addEventListener("view", ({ detail }) => keepApart(labels, detail));
  return frame;
}

function table() {
  const codes = Object.keys(countries).filter(count).sort((a, b) => count(b) - count(a) || names[a].localeCompare(names[b], language));
  const rows = codes.map((code) => {
    const spots = inSight(countries[code]);
    const some = (type) => number(distinct(spots.filter((spot) => typeOf(spot) === type)).length);
    return { key: code, act: open(code), cells: [el("button", { type: "button", class: "plain" }, names[code]), ...TYPES.map(some), number(documents(spots))] };
  });
  return makeTable(fill(say.caption, { n: number(codes.length) }), [words.details.country, ...TYPES.map((type) => words.types[type][1]), say.documents], rows);
}

function refresh() {
  const apart = [
    regions.length ? button(fill(say.regions, { n: number(distinct(inSight(regions)).length) }), (event) => showSpots(say.regions_title, inSight(regions), event.currentTarget)) : null,
    placeless.length ? button(fill(say.placeless, { n: number(placeless.length) }), (event) => showPlaceless(event.currentTarget)) : null,
  ].filter(Boolean);
  byId("board").replaceChildren(drawMap(), el("p", { class: "hint apart" }, ...apart, el("span", {}, say.source)), ...table());
}

function typeButton(type) {
  const press = button("", () => {
    if (shown.has(type)) shown.delete(type);
    else shown.add(type);
    press.setAttribute("aria-pressed", String(shown.has(type)));
    refresh();
  }, { "aria-pressed": "true", "data-type": type });
  const placed = distinct([...Object.values(countries).flat(), ...regions].filter((spot) => typeOf(spot) === type)).length;
  press.append(icon(type), el("span", {}, words.types[type][1]), el("span", { class: "count" }, fill(say.placed, { n: number(placed), m: number(totals[type]) })));
  return press;
}

byId("about").append([readWords(about), view.period ? fill(common.period, { name: view.period }) : "",
  fill(say.dated, { n: number(view.said[0]), p: share(view.said[1], view.said[0]) })].filter(Boolean).join(" · "));
byId("tools").append(...TYPES.map(typeButton));
refresh();
show(null);
window.migkg = { countries, names };
document.documentElement.dataset.drawn = "yes";
