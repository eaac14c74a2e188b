// Ties of the answer as a network, drawn by vis-network with the shapes and colours of the network page.

import { Refusal } from "./ask.js";
import { loadDrawing } from "./connection.js";
import { el, icon } from "./dom.js";
import { MG, pageOf, shortName } from "./graph.js";
import { describe, readTies, turnToPlaces } from "./ties.js";
import { fill, number, relationLook, typeLook, typeWord, words } from "./words.js";

const STRONGEST = 8;
let library = null;
let drawn = null;

export async function drawNetwork(place, answer, context) {
  const graph = readTies(answer, context.form);
  const stage = el("div", { class: "stage", role: "img", "aria-label": words.network.canvas, tabindex: "0" });
  const told = el("p", { class: "hint", role: "status" }, words.page.loading);
  const legend = el("ul", { class: "legend" });
  place.replaceChildren(
    el(
      "figure",
      { class: "network" },
      el("figcaption", {}, fill(words.network.title, { n: number(graph.nodes.size), m: number(graph.edges.size) })),
      legend,
      told,
      stage,
    ),
  );
  await Promise.all([loadLibrary(), describe(graph)]);
  if (!stage.isConnected) return;
  turnToPlaces(graph);
  fillLegend(legend, graph);
  told.textContent = [leftOut(graph.hidden), words.network.hint].filter(Boolean).join(" ");
  draw(stage, graph, context);
}

const leftOut = ({ nodes, edges }) =>
  nodes + edges ? fill(words.network.hidden, { n: number(nodes), m: number(edges) }) : "";

function loadLibrary() {
  library ??= loadDrawing().catch(() => {
    library = null;
    throw new Refusal(words.errors.unreachable);
  });
  return library;
}

function fillLegend(legend, graph) {
  const counts = new Map();
  for (const { type } of graph.nodes.values()) if (type) counts.set(type, (counts.get(type) ?? 0) + 1);
  legend.replaceChildren(
    ...Object.keys(words.style.types)
      .filter((type) => counts.has(type))
      .map((type) =>
        el(
          "li",
          {},
          icon(typeLook(type)),
          typeWord(type, counts.get(type) > 1),
          el("small", {}, number(counts.get(type))),
        ),
      ),
  );
}

const theme = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const DISC = "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z";

function draw(stage, graph, { showEvidence }) {
  drawn?.destroy();
  const nodes = [...graph.nodes.values()];
  const place = new Map(nodes.map((node, at) => [node.iri, at]));
  const edges = [...graph.edges.values()];
  const names = Object.fromEntries(nodes.map((node) => [node.iri, node.name || shortName(node.iri)]));
  const colour = (name) => (["ink", "muted"].includes(name) ? theme(name) : name);
  const heaviest = Math.max(1, ...edges.map(({ weight }) => weight));
  const few = edges.length <= 40;
  const thin = edges.length > 150 ? 0.5 : 1;
  const lines = nodes.map((node) => wrap(names[node.iri]));
  const look = () => ({
    nodes: nodes.map((node, id) => ({
      id,
      label: " ",
      title: [names[node.iri], typeWord(node.type)].filter(Boolean).join(" · "),
      shape: "custom",
      size: sizeOf(node),
      ctxRenderer: shapeOf(node),
    })),
    edges: edges.map(({ from, to, label, predicate, weight, directed }, id) => {
      const relation = relationLook(predicate?.startsWith(MG) ? predicate.slice(MG.length) : "");
      return {
        id,
        from: place.get(from),
        to: place.get(to),
        width: thin * (1 + (heaviest > 1 ? 4 * Math.sqrt(weight / heaviest) : 0)),
        color: { color: colour(relation?.colour ?? "muted"), opacity: edges.length > 150 ? 0.4 : 0.75 },
        arrows: directed && !relation?.symmetric ? { to: { enabled: true, scaleFactor: 0.55 } } : "",
        dashes: relation?.dashed ? [6, 6] : false,
        title: [
          names[from],
          label ?? (predicate ? shortName(predicate) : "↔"),
          names[to],
          weight > 1 ? number(weight) : "",
        ]
          .filter(Boolean)
          .join(" · "),
        ...(few &&
          label && {
            label,
            font: { size: 11, color: theme("muted"), strokeWidth: 4, strokeColor: theme("paper"), align: "middle" },
          }),
      };
    }),
  });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const data = look();
  const network = new vis.Network(
    stage,
    { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) },
    options(nodes.length),
  );
  drawn = network;
  network.on("afterDrawing", (ctx) => drawLabels(ctx, network, nodes, lines));
  network.once("stabilizationIterationsDone", () => {
    network.setOptions({ physics: false });
    network.fit({ animation: still ? false : { duration: 250 }, maxZoomLevel: 1.3 });
    stage.dataset.drawn = String(nodes.length);
  });
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) showEvidence({ subject: nodes[node].iri }, stage, names);
    else if (edge !== undefined)
      showEvidence(
        { subject: edges[edge].from, predicate: edges[edge].predicate ?? undefined, object: edges[edge].to },
        stage,
        names,
      );
  });
  network.on(
    "doubleClick",
    ({ nodes: [node] }) => node !== undefined && pageOf(nodes[node].iri) && location.assign(pageOf(nodes[node].iri)),
  );
  addEventListener("theme", () => {
    if (drawn !== network || !stage.isConnected) return;
    const { nodes: newNodes, edges: newEdges } = look();
    network.body.data.nodes.update(newNodes);
    network.body.data.edges.update(newEdges);
  });
  window.migkg = { ...window.migkg, network, graph: { nodes, edges } };
}

function options(size) {
  return {
    layout: { randomSeed: 7, improvedLayout: size < 120 },
    physics: {
      solver: "forceAtlas2Based",
      forceAtlas2Based: { gravitationalConstant: -70, springLength: 110, avoidOverlap: 0.6 },
      stabilization: { iterations: size < 100 ? 400 : 180, fit: true },
    },
    interaction: {
      hover: true,
      tooltipDelay: 120,
      keyboard: { enabled: true, bindToWindow: false },
      hideEdgesOnDrag: size > 150,
    },
    nodes: { borderWidth: 0 },
    edges: { smooth: { enabled: true, type: "continuous" }, selectionWidth: 1 },
  };
}

// Names have the same size at every zoom. The best tied come first; no name lies on another
// one, and only those of the strongest may lie on a node.
function drawLabels(ctx, network, nodes, lines) {
  const stage = network.canvas.frame;
  const ratio = ctx.canvas.width / stage.clientWidth;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(ctx, {
    textAlign: "center",
    textBaseline: "top",
    lineJoin: "round",
    lineWidth: 3.5,
    strokeStyle: theme("paper"),
    fillStyle: theme("ink"),
    font: "12px system-ui, sans-serif",
  });
  const scale = network.getScale();
  const places = network.getPositions();
  const shown = nodes
    .map((node, id) => ({ id, node, radius: sizeOf(node) * scale, ...network.canvasToDOM(places[id]) }))
    .filter(({ x, y }) => x > 0 && y > 0 && x < stage.clientWidth && y < stage.clientHeight)
    .sort((a, b) => b.node.strength - a.node.strength);
  const discs = shown.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
  const taken = [];
  const hits = (boxes, [left, top, wide, high]) =>
    boxes.some((box) => left - wide / 2 < box[2] && left + wide / 2 > box[0] && top < box[3] && top + high > box[1]);
  shown.forEach(({ id, x, y, radius, node }, rank) => {
    const wide = Math.max(...lines[id].map((line) => ctx.measureText(line).width));
    const high = lines[id].length * 14;
    const spots = [
      [x, y + radius + 3],
      [x, y - radius - high - 2],
      [x + radius + wide / 2 + 4, y - high / 2],
      [x - radius - wide / 2 - 4, y - high / 2],
    ];
    const inside = spots.filter(
      ([left, top]) =>
        left - wide / 2 > 2 &&
        left + wide / 2 < stage.clientWidth - 2 &&
        top > 2 &&
        top + high < stage.clientHeight - 2,
    );
    const free = inside.filter(([left, top]) => !hits(taken, [left, top, wide, high]));
    const clear =
      free.find(([left, top]) => !hits(discs, [left, top, wide, high])) ?? (rank < STRONGEST ? free[0] : undefined);
    if (!clear) return;
    const [left, top] = clear;
    taken.push([left - wide / 2, top, left + wide / 2, top + high]);
    ctx.font = `${node.strength > 5 ? "600 " : ""}12px system-ui, sans-serif`;
    lines[id].forEach((line, row) => {
      ctx.strokeText(line, left, top + row * 14);
      ctx.fillText(line, left, top + row * 14);
    });
  });
  ctx.restore();
}

const sizeOf = (node) => 9 + 2.6 * Math.sqrt(node.strength);
const wrap = (name) => {
  const lines = [""];
  for (const word of name.slice(0, 90).split(/\s+/)) {
    const line = lines.at(-1);
    if (line && line.length + word.length > 20) lines.push(word.slice(0, 26));
    else lines[lines.length - 1] = line ? `${line} ${word}` : word.slice(0, 26);
  }
  return lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]}…`] : lines;
};

function shapeOf(node) {
  const look = typeLook(node.type) ?? { shape: DISC, colour: "muted" };
  const path = new Path2D(look.shape);
  return ({ ctx, x, y, style, state }) => {
    const radius = style.size;
    return {
      drawNode() {
        ctx.save();
        ctx.translate(x, y);
        ctx.scale(radius / 12, radius / 12);
        ctx.translate(-12, -12);
        ctx.lineJoin = "round";
        ctx.strokeStyle = state.hover || state.selected ? theme("accent") : theme("paper");
        ctx.lineWidth = state.hover || state.selected ? 5 : 3;
        ctx.stroke(path);
        ctx.fillStyle = ["ink", "muted"].includes(look.colour) ? theme(look.colour) : look.colour;
        ctx.fill(path, "evenodd");
        ctx.strokeStyle = theme("ink");
        ctx.lineWidth = 0.7;
        ctx.stroke(path);
        ctx.restore();
      },
      nodeDimensions: { width: radius * 2, height: radius * 2 },
    };
  };
}
