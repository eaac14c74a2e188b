// The panel: what is chosen, in words. Each kind of thing that can be chosen (a node, an edge, a path …) is a view.

const panel = byId("details");
const trail = [];
let chosen = null;

// By the key of what is chosen, {node: 3}, {edge: 5} …: what stands out ([centre, nodes, edges]), which places to bring
// into view, the content of the panel, and the words for those who do not see it. Files that follow add their own.
const views = {};
const viewOf = (what) => views[Object.keys(views).find((kind) => what?.[kind] !== undefined)];

function icon(type) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "-1 -1 26 26");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", style.types[type].shape);
  path.setAttribute("fill-rule", "evenodd");
  path.style.fill = style.types[type].colour === "ink" ? "var(--ink)" : style.types[type].colour;
  svg.append(path);
  return svg;
}

// Tell those who do not see the page what has changed.
const say = (text) => (byId("said").textContent = text);

// Choose a node ({node, depth}), an edge ({edge}), another view's thing, or nothing (null).
function choose(what, { back = false, look = true } = {}) {
  if (!back && chosen && chosen !== what) trail.push(chosen);
  chosen = what;
  const view = viewOf(what);
  if (!view) {
    chosen = null;
    trail.length = 0;
  }
  light(...(view ? view.light(what) : [null]));
  if (view && look) bringToView(view.places(what));
  writePanel(view);
  if (!back) say(view ? view.words(what) : words.details.nothing_chosen);
  markRow();
  changed();
}

// What is known is shown at once, and again with the sentences when they are unpacked.
function writePanel(view) {
  const what = chosen;
  const write = () => {
    const inside = panel.contains(document.activeElement) && document.activeElement !== panel;
    panel.replaceChildren(...(view ? [bar(), ...view.write(what)] : overview()).filter(Boolean));
    if (inside) panel.focus({ preventScroll: true });
  };
  write();
  panel.scrollTop = 0;
  if (view) whenRead(() => chosen === what && write());
}

// Sentences are unpacked when first asked for: until then a part shows all but those.
let read = false;
function whenRead(show) {
  if (!read) evidence().then(() => ((read = true), show()));
}

whenSpoken(() => choose(chosen, { back: true, look: false }));

const goBack = () => choose(trail.pop() ?? null, { back: true });

function bar() {
  return el("div", { class: "bar" },
    el("button", { type: "button", onclick: goBack }, `← ${words.details.back}`),
    el("button", { type: "button", onclick: () => copy(addressOfView(), words.save.link_copied) }, words.save.copy_link),
    el("button", { type: "button", onclick: () => choose(null) }, `${words.tools.close} ✕`));
}

function nodeButton(node, ...more) {
  return el("button", { type: "button", class: "link", "data-node": node, onclick: () => choose({ node }) },
    icon(nodes[node].type), el("span", {}, nodes[node].label), ...more);
}

const countMark = (count) => el("span", { class: "count" }, number(count));

function overview() {
  const strongest = [...nodes.keys()].filter((node) => nodes[node].type !== "Place").slice(0, 15);
  return [
    el("p", { class: "hint" }, words.details.hint),
    ...pairsInView(),
    el("h2", {}, words.details.strongest),
    el("ol", { class: "links" }, ...strongest.map((node) => el("li", {}, nodeButton(node, countMark(nodes[node].links ?? 0))))),
  ];
}

function fact(term, ...content) {
  return [el("dt", {}, term), el("dd", {}, ...content)];
}

// A list of which the first entries are shown, and the rest when asked for.
function longList(items, write, first = FIRST) {
  const list = el("ul", { class: "links" });
  const add = (some) => list.append(...some.map((item) => el("li", {}, write(item))));
  add(items.slice(0, first));
  if (items.length <= first) return [list];
  const more = el("button", { type: "button", class: "more", onclick: () => {
    add(items.slice(first));
    more.remove();
    list.children[first].querySelector("button, a")?.focus();
  } }, fill(words.details.more, { n: number(items.length - first) }));
  return [list, more];
}
const FIRST = 12;

// Put a text on the clipboard; where the browser refuses, show it so that it can be copied by hand.
async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
    showToast(done);
  } catch {
    const area = el("textarea", { readonly: true, "aria-label": words.save.copy_by_hand, rows: 4 });
    area.value = text;
    panel.prepend(el("p", { class: "hint" }, words.save.copy_by_hand), area);
    area.select();
    say(words.save.copy_by_hand);
  }
}

let toastEnd = 0;
function showToast(text) {
  const toast = byId("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastEnd);
  toastEnd = setTimeout(() => (toast.hidden = true), 2500);
}
