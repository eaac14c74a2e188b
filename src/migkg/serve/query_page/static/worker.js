// In the worker: Oxigraph over the graph of the file. A job is {load}, {query, format} or {dump}.

import { inflate } from "./inflate.js";

const GRAPH_FORMATS = { ttl: "text/turtle", nt: "application/n-triples", jsonld: "application/ld+json" };
// A query sees the union of all named graphs, each triple once, beside the graphs themselves; as in every store of migkg.
const UNION = "INSERT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }";
const { all, start } = globalThis.oxigraph ?? oxigraph;
let store = null;

async function load({ engine, graph }) {
  try {
    const [code, text] = await Promise.all([inflate(engine), inflate(graph)]);
    await start({ module_or_path: code });
    store = new all.Store();
    store.load(text, { format: "application/trig", no_transaction: true });
    store.update(UNION);
  } catch (error) {
    return { noEngine: String(error) };
  }
  return { loaded: true };
}

function ask({ query, format, most }) {
  const text = store.query(query, { results_format: format });
  return text.length > most ? { large: true } : { text };
}

// N-Quads without the union, the others with nothing but the union.
function dump(format) {
  if (format !== "nq") return { text: store.dump({ format: GRAPH_FORMATS[format], from_graph_name: all.defaultGraph() }) };
  const names = store.query("SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }").map((row) => row.get("graph"));
  const lines = names.flatMap((name) =>
    store
      .dump({ format: GRAPH_FORMATS.nt, from_graph_name: name })
      .split("\n")
      .filter(Boolean)
      .map((line) => `${line.slice(0, -1)}<${name.value}> .\n`),
  );
  return { text: lines.sort().join("") };
}

globalThis.onmessage = async ({ data: job }) => {
  try {
    postMessage(job.load ? await load(job.load) : job.dump ? dump(job.dump) : ask(job));
  } catch (error) {
    const broken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    postMessage(broken ? { broken } : { error: String(error?.message ?? error) });
  }
};
