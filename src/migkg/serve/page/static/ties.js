// The ties of an answer as nodes and edges: from the rows of a question that says which columns are the ends, or from
// triples; with types and names looked up where the answer has none.

import { Refusal, runSparql } from "./ask.js";
import { isLink } from "./columns.js";
import { isEntity, MG, RDF_TYPE, shortName } from "./graph.js";
import { codeWord, inLanguage, language, relationLook, relationWord, typeLook } from "./words.js";

const MOST = 250;
const MOST_EDGES = 600;
const SKOS = "http://www.w3.org/2004/02/skos/core#";

// {nodes: IRI → {iri, name, type, strength}, edges: key → {from, to, label, predicate, weight, directed}, hidden: how
// many nodes and edges are left out}
export function readTies(answer, form) {
  const graph = answer.triples ? fromTriples(answer.triples) : fromRows(answer, form);
  keepStrongest(graph);
  return graph;
}

const newGraph = () => ({ nodes: new Map(), edges: new Map() });

function addNode(graph, term, name) {
  const known = graph.nodes.get(term.value);
  if (known) known.name ??= name;
  else graph.nodes.set(term.value, { iri: term.value, name: name ?? null, type: null, term });
}

function addEdge(graph, from, to, { label = null, predicate = null, weight = 1, directed = true }) {
  const key = JSON.stringify([from, to, label ?? predicate]);
  const known = graph.edges.get(key);
  if (known) known.weight += weight;
  else graph.edges.set(key, { from, to, label, predicate, weight, directed });
}

function fromRows({ columns, rows, parameters }, form) {
  const at = (name) => columns.indexOf(name);
  const graph = newGraph();
  const end = (row, name) => (at(name) >= 0 ? row[at(name)] : parameters?.[name]);
  const named = (row, name) => (at(`${name}Name`) >= 0 ? row[at(`${name}Name`)]?.value : undefined);
  for (const row of rows) {
    const [from, to] = [end(row, form.from), end(row, form.to)];
    for (const [term, name] of [
      [from, form.from],
      [to, form.to],
    ])
      if (term) addNode(graph, term, named(row, name));
    if (!from || !to) continue;
    const said = form.label ? end(row, form.label) : null;
    const predicate = row.find((term) => term?.type === "uri" && term.value.startsWith(MG))?.value;
    const weight = form.weight ? Number(end(row, form.weight)?.value) || 1 : 1;
    const word =
      said &&
      (said.type === "uri"
        ? shortName(said.value)
        : (codeWord(form.label, said.value) ?? relationWord(said.value) ?? said.value));
    addEdge(graph, from.value, to.value, {
      label: word ?? null,
      predicate: relationOf(said) ?? predicate ?? null,
      weight,
      directed: Boolean(said || predicate || !form.weight),
    });
  }
  return graph;
}

// The property that a term is, or whose name it says.
const relationOf = (term) =>
  term?.type === "uri" ? term.value : term && relationLook(term.value) ? MG + term.value : null;

// Of triples, the ties between entities; where there are none, whatever links two IRIs.
function fromTriples(triples) {
  const graph = newGraph();
  const names = new Map();
  const linking = triples.filter(isLink);
  const ties = linking.filter(
    ([subject, predicate, object]) => predicate.value.startsWith(MG) && isEntity(subject) && isEntity(object),
  );
  for (const [subject, predicate, object] of ties.length ? ties : linking) {
    addNode(graph, subject);
    addNode(graph, object);
    addEdge(graph, subject.value, object.value, { label: shortName(predicate.value), predicate: predicate.value });
  }
  for (const [subject, predicate, object] of triples) {
    if (predicate.value === `${SKOS}prefLabel`)
      names.set(subject.value, { ...names.get(subject.value), [object["xml:lang"] ?? ""]: object.value });
    const node = graph.nodes.get(subject.value);
    if (node && predicate.value === RDF_TYPE && typeLook(object.value.slice(MG.length)))
      node.type = object.value.slice(MG.length);
  }
  for (const node of graph.nodes.values()) node.name ??= names.has(node.iri) ? inLanguage(names.get(node.iri)) : null;
  return graph;
}

// Where there is too much to be told apart, only the heaviest links and the best tied things are drawn; how much is
// left out is said.
function keepStrongest(graph) {
  const [nodes, edges] = [graph.nodes.size, graph.edges.size];
  const heaviest = [...graph.edges].sort(([, a], [, b]) => b.weight - a.weight);
  if (edges > MOST_EDGES) graph.edges = new Map(heaviest.slice(0, MOST_EDGES));
  const strength = new Map();
  for (const { from, to } of graph.edges.values())
    for (const iri of [from, to]) strength.set(iri, (strength.get(iri) ?? 0) + 1);
  const ranked = [...graph.nodes].sort(([a], [b]) => (strength.get(b) ?? 0) - (strength.get(a) ?? 0));
  graph.nodes = new Map(ranked.slice(0, MOST).filter(([iri]) => edges <= MOST_EDGES || strength.has(iri)));
  for (const [key, { from, to }] of graph.edges)
    if (!graph.nodes.has(from) || !graph.nodes.has(to)) graph.edges.delete(key);
  for (const [iri, node] of graph.nodes) node.strength = strength.get(iri) ?? 0;
  graph.hidden = { nodes: nodes - graph.nodes.size, edges: edges - graph.edges.size };
}

// Types, and names where the answer has none, are looked up in the graph.
export async function describe(graph) {
  const asked = [...graph.nodes.values()]
    .filter((node) => isEntity(node.term) && (!node.type || !node.name))
    .map(({ iri }) => `<${iri}>`);
  if (!asked.length) return;
  const query = `SELECT ?thing ?type ?name { VALUES ?thing { ${asked.join(" ")} } ?thing a ?type OPTIONAL { ?thing <${SKOS}prefLabel> ?name } }`;
  try {
    const { rows } = await runSparql(query);
    for (const [thing, type, name] of rows) {
      const node = graph.nodes.get(thing.value);
      if (typeLook(type.value.slice(MG.length))) node.type = type.value.slice(MG.length);
      if (name && (!node.name || (node.looked && name["xml:lang"] === language)))
        Object.assign(node, { name: name.value, looked: true });
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error; // without types all are discs
  }
}

// A question may give the place first; the relation goes from what is there to the place.
const TO_PLACE = new Set(["covers", "takesPlaceIn", "basedIn"]);
export function turnToPlaces(graph) {
  const isPlace = (iri) => graph.nodes.get(iri)?.type === "Place";
  for (const edge of graph.edges.values()) {
    if (!TO_PLACE.has(edge.predicate?.slice(MG.length)) || !isPlace(edge.from) || isPlace(edge.to)) continue;
    [edge.from, edge.to] = [edge.to, edge.from];
  }
}
