// The shortest way from one node to another over the links that are shown, with the evidence of each step.

const MOST_PATHS = 20;

// All shortest paths (lists of nodes) between two nodes, at most MOST_PATHS; those over strong nodes come first.
function shortestPaths(start, goal) {
  const distance = new Map([[start, 0]]);
  let edge = [start];
  while (edge.length && !distance.has(goal)) {
    const next = [];
    for (const here of edge) {
      for (const place of edgesOf[here]) {
        const there = otherEnd(edges[place], here);
        if (distance.has(there) || !edgeShown(edges[place])) continue;
        distance.set(there, distance.get(here) + 1);
        next.push(there);
      }
    }
    edge = next;
  }
  if (!distance.has(goal)) return [];
  let paths = [[goal]];
  for (let step = distance.get(goal) - 1; step >= 0; step -= 1) {
    paths = paths.flatMap((path) => nearOf(path[0]).filter((there) => distance.get(there) === step).map((there) => [there, ...path]))
      .slice(0, MOST_PATHS);
  }
  return paths;
}

const nearOf = (node) => [...new Set(edgesOf[node].filter((place) => edgeShown(edges[place]))
  .map((place) => otherEnd(edges[place], node)))].sort((a, b) => a - b);

const edgesBetween = (a, b) => edgesOf[a].filter((place) => otherEnd(edges[place], a) === b && edgeShown(edges[place]));

function pathOf({ path: [start, goal], turn = 0 }) {
  const paths = shortestPaths(start, goal);
  return { paths, path: paths[turn % Math.max(paths.length, 1)] ?? [] };
}

const stepsOf = (path) => path.slice(1).map((node, step) => [path[step], node, edgesBetween(path[step], node)]);

views.path = {
  light: (what) => {
    const { path } = pathOf(what);
    return [what.path, new Set([...what.path, ...path]), new Set(stepsOf(path).flatMap(([, , places]) => places))];
  },
  places: (what) => [...what.path, ...pathOf(what).path],
  words: (what) => {
    const { path } = pathOf(what);
    return path.length ? path.map((node) => nodes[node].label).join(", ") : words.paths.none;
  },
  write: pathDetails,
};

function pathDetails(what) {
  const { paths, path } = pathOf(what);
  const turn = (what.turn ?? 0) % Math.max(paths.length, 1);
  const heading = el("h2", {}, words.paths.heading);
  if (!path.length) return [heading, ...what.path.map((node) => nodeButton(node)), el("p", { class: "hint" }, words.paths.none)];
  const other = paths.length > 1 && el("button", { type: "button", class: "more",
    onclick: () => choose({ path: what.path, turn: turn + 1 }, { back: true }) }, words.paths.next);
  return [
    heading,
    el("p", { class: "hint" }, fill(words.paths.length, { n: number(path.length - 1), i: number(turn + 1), all: number(paths.length) }), " ", other || null),
    nodeButton(path[0]),
    ...stepsOf(path).flatMap(([from, to, places]) => [
      el("div", { class: "step" }, ...places.flatMap((place) => [
        edgeButton(place, el("span", {}, relationWord(edges[place].relation, edges[place].from !== from))),
        ...firstClaim(place),
      ])),
      nodeButton(to),
    ]),
  ];
}

// The best sentence of an edge; the rest is one click away.
function firstClaim(place) {
  const { claims } = edges[place];
  if (!claims) return [];
  return claims.length ? [claimCard(claims[0], place)] : [el("p", { class: "hint" }, words.details.no_evidence)];
}

// The field in the details of a node that asks for the other end.
function pathField(node) {
  const input = el("input", { type: "search", id: "path-to", autocomplete: "off", spellcheck: "false", role: "combobox",
    "aria-expanded": "false", "aria-controls": "path-found", "aria-autocomplete": "list",
    placeholder: words.paths.field, "aria-label": words.paths.field });
  const list = el("ul", { id: "path-found", class: "found", role: "listbox", "aria-label": words.paths.field, hidden: true });
  makeSearch(input, list, (goal) => choose(goal === node ? { node } : { path: [node, goal] }));
  return [el("div", { class: "search" }, input, list)];
}
