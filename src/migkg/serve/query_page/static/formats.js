// Answers in the formats of SPARQL and RDF, as the service writes them.

const ROWS = [
  { type: "application/sparql-results+json", engine: "application/sparql-results+json" },
  { type: "text/csv", engine: "application/sparql-results+json" },
  { type: "text/tab-separated-values", engine: "text/tab-separated-values" },
];
const TRIPLES = [
  { type: "application/n-triples", engine: "application/n-triples" },
  { type: "text/turtle", engine: "application/n-triples" },
  { type: "application/ld+json", engine: "application/ld+json" },
];
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const NUMERIC = /^http:\/\/www\.w3\.org\/2001\/XMLSchema#(?:integer|decimal|double|float)$/;
const LINE = /^(<[^>]*>|_:\S+) (<[^>]*>) (.+) \.$/;

// {type, engine}: the first format of the header that fits the form of the query.
export function chooseFormat(form, accept) {
  const offers = form === "SELECT" || form === "ASK" ? ROWS : TRIPLES;
  const wanted = accept.split(",").map((range) => range.split(";")[0].trim());
  return offers.find(({ type }) => wanted.includes(type)) ?? offers[0];
}

export function write(text, { type }, prefixes) {
  if (type === "text/csv") return toCsv(JSON.parse(text));
  if (type === "application/n-triples") return sortLines(text).map((line) => `${line}\n`).join("");
  if (type === "text/turtle") return toTurtle(sortLines(text), prefixes);
  return text;
}

const sortLines = (text) => [...new Set(text.split("\n").filter(Boolean))].sort();

// After RFC 4180; a cell that a spreadsheet would take for a formula gets an apostrophe in front.
function toCsv({ head, results, boolean }) {
  if (boolean !== undefined) return String(boolean);
  const rows = results.bindings.map((row) => head.vars.map((name) => (row[name] ? plain(row[name]) : "")));
  return [head.vars, ...rows].map((cells) => `${cells.map(quoted).join(",") || '""'}\r\n`).join("");
}

function plain({ type, value, datatype }) {
  const text = type === "bnode" ? `_:${value}` : value;
  if (type === "literal" && NUMERIC.test(datatype ?? "") && NUMBER.test(value)) return value;
  return FORMULA.test(text) ? `'${text}` : text;
}

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// Turtle of sorted N-Triples lines: literals stay as they are, IRIs become short where a prefix fits.
function toTurtle(lines, prefixes) {
  const used = new Set();
  const short = (iri) => {
    let best = null;
    for (const [prefix, namespace] of Object.entries(prefixes)) {
      if (!iri.startsWith(namespace) || (best && best[1].length > namespace.length)) continue;
      if (/^[A-Za-z_][\w-]*$/.test(iri.slice(namespace.length))) best = [prefix, namespace];
    }
    if (!best) return `<${iri}>`;
    used.add(best[0]);
    return `${best[0]}:${iri.slice(best[1].length)}`;
  };
  const term = (text) =>
    text.startsWith("<") ? short(text.slice(1, -1)) : text.replace(/\^\^<([^>]*)>$/, (_, iri) => `^^${short(iri)}`);
  const subjects = new Map();
  for (const line of lines) {
    const [, subject, predicate, object] = LINE.exec(line);
    if (!subjects.has(subject)) subjects.set(subject, new Map());
    const said = subjects.get(subject);
    if (!said.has(predicate)) said.set(predicate, []);
    said.get(predicate).push(term(object));
  }
  const blocks = [...subjects].map(([subject, said]) => {
    const parts = [...said].map(([predicate, objects]) => `${term(predicate)} ${objects.join(", ")}`);
    return `${term(subject)} ${parts.join(" ;\n    ")} .\n`;
  });
  const head = [...used].sort().map((prefix) => `@prefix ${prefix}: <${prefixes[prefix]}> .\n`);
  return [...head, "\n", blocks.join("\n")].join("");
}
