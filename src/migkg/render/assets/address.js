// The part of the address after "#" says what is shown, so that a link brings back the view; it works for files too.

const firstLanguage = language;
const NOTHING = "-"; // all keys of a filter are switched off

// Each part of the address: its name, what to write (nothing where it is as at the start), and what to do with it.
const setPart = (kind) => ({
  name: kind,
  read: () => {
    const usual = (kind === "relations" && style.modes[modeName()]?.relations) || all[kind];
    const same = shown[kind].size === usual.length && usual.every((key) => shown[kind].has(key));
    return same ? null : [...shown[kind]].join(",") || (shown[kind].size ? "" : NOTHING);
  },
  write: (value) => {
    if (value === null) return;
    const wanted = new Set(value === NOTHING ? [] : value.split(","));
    shown[kind] = new Set(all[kind].filter((key) => wanted.has(key)));
  },
});
const yearPart = (name, key) => ({
  name,
  read: () => shown[key],
  write: (value) => /^\d{1,4}$/.test(value ?? "") && (shown[key] = Number(value)),
});
const addressParts = [
  { name: "lang", read: () => (language === firstLanguage ? null : language), write: (value) => speak(value ?? firstLanguage) },
  { name: "view", read: () => modeName() || null, write: (value) => setMode(value ?? "") },
  ...Object.keys(all).map(setPart),
  yearPart("from", "from"),
  yearPart("to", "until"),
  { name: "undated", read: () => (shown.undated ? null : "no"), write: (value) => (shown.undated = value !== "no") },
  {
    name: "confidence",
    read: () => shown.confidence || null,
    write: (value) => (shown.confidence = Math.min(Math.max(Number(value) || 0, 0), 1)),
  },
];
const placeOf = (iri) => nodes.findIndex((node) => node.iri === iri);
const pairAt = (value) => value.split(" ").map((iri) => placeOf(iri));
const pairIri = (pair) => pair.map((node) => nodes[node].iri).join(" ");

// What is chosen, in the address and back. IRIs hold no spaces, so a space parts them.
const addressViews = {
  actor: {
    write: (what) => (what.node === undefined ? null : nodes[what.node].iri),
    read: (value, asked) => {
      const depth = Number(asked.get("depth"));
      return { node: placeOf(value), ...(depth > 1 && depth < 4 && { depth }) };
    },
  },
  link: {
    write: ({ edge }) => (edge === undefined ? null : `${nodes[edges[edge].from].iri} ${edges[edge].relation} ${nodes[edges[edge].to].iri}`),
    read: (value) => {
      const [from, relation, to] = value.split(" ");
      return { edge: edges.findIndex((edge) => nodes[edge.from].iri === from && edge.relation === relation && nodes[edge.to].iri === to) };
    },
  },
  path: { write: ({ path }) => (path ? pairIri(path) : null), read: (value) => ({ path: pairAt(value) }) },
  tie: { write: ({ tie }) => (tie ? pairIri(tie) : null), read: (value) => ({ tie: pairAt(value) }) },
};

function fragment() {
  const parts = new URLSearchParams();
  for (const [name, view] of Object.entries(addressViews)) {
    const value = chosen && view.write(chosen);
    if (value) parts.set(name, value);
  }
  if (chosen?.depth > 1) parts.set("depth", chosen.depth);
  for (const { name, read } of addressParts) if (read() !== null) parts.set(name, read());
  const text = parts.toString();
  return text ? `#${text}` : "";
}

const addressOfView = () => location.href.split("#")[0] + fragment();

// What was last written or read: a change that comes from the page itself is not read again.
let lastFragment = null;

function changed() {
  if (lastFragment === null) return; // the page is not ready yet
  const text = fragment();
  if (text === lastFragment) return;
  lastFragment = text;
  try {
    history.replaceState(null, "", addressOfView());
  } catch {
    // some browsers allow no such change for files; "copy link" still works
  }
}

// Bring back the view that the address asks for; what it names and the graph does not have is left out.
function restore() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (location.hash === lastFragment) return;
  showEverything();
  for (const { name, write } of addressParts) write(asked.get(name));
  applyFilters();
  const name = Object.keys(addressViews).find((kind) => asked.has(kind));
  const what = name ? addressViews[name].read(asked.get(name), asked) : null;
  const there = what && Object.entries(what).every(([kind, value]) => kind === "depth" || [value].flat().every((place) => place >= 0));
  if (there || chosen) choose(there ? what : null, { look: false });
  if (there) bringToView(viewOf(what).places(what));
  lastFragment = fragment();
}

addEventListener("hashchange", restore);

// After a filter: said to those who do not see it, and kept in the address.
function filtered() {
  say(fill(words.page.shown, { n: number(nodes.filter((node) => node.shown).length), m: number(edges.filter(edgeShown).length) }));
  changed();
}

function begin() {
  if (location.hash.length > 1) restore();
  lastFragment = fragment();
}
