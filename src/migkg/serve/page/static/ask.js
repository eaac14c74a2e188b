// Everything that the page asks of its own host. An answer is {columns, rows} or {triples} or {boolean}, and always whole:
// the service never gives a part of one. What goes wrong is a Refusal with one readable line.

import { send } from "./connection.js";

const JSON_ROWS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";
export const FORMATS = {
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  json: JSON_ROWS,
  ttl: "text/turtle",
  nt: TRIPLES,
  jsonld: "application/ld+json",
};

export class Refusal extends Error {}

export async function getJson(address) {
  const answer = await request(address, { headers: { Accept: "application/json" } });
  return answer.json();
}

export async function runQuestion(name, parameters, signal) {
  return readAnswer(await request(questionAddress(name, parameters), { headers: { Accept: accepted() }, signal }));
}

export async function runSparql(query, signal) {
  return readAnswer(await request("sparql", { ...sparqlRequest(query, accepted()), signal }));
}

// The same answer in another format, as a file.
export async function fetchFile({ question, parameters, sparql }, format) {
  const Accept = FORMATS[format];
  const answer = question
    ? await request(questionAddress(question, parameters), { headers: { Accept } })
    : await request("sparql", sparqlRequest(sparql, Accept));
  return answer.blob();
}

// The text of a named question with the values in the places of its variables.
export async function boundText(name, parameters) {
  const answer = await request(questionAddress(`${name}.rq`, parameters), { headers: { Accept: "text/plain" } });
  return answer.text();
}

const accepted = () => `${JSON_ROWS}, ${TRIPLES};q=0.9`;

function sparqlRequest(query, Accept) {
  return { method: "POST", headers: { Accept, "Content-Type": "application/sparql-query" }, body: query };
}

function questionAddress(name, parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== "" && value !== undefined);
  return `questions/${encodeURIComponent(name)}?${new URLSearchParams(given)}`;
}

async function request(address, options) {
  let answer;
  try {
    answer = await send(address, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal("");
  }
  if (!answer.ok) throw new Refusal(await reason(answer));
  return answer;
}

// The one line with which the service refuses; its errors are {"error": line} or plain text.
async function reason(answer) {
  const text = await answer.text();
  let line = text;
  try {
    const value = JSON.parse(text);
    line = value.error ?? value.message ?? text;
  } catch {
    // plain text
  }
  const told = String(line).trim().slice(0, 600);
  return told.startsWith("<") || !told ? `${answer.status} ${answer.statusText}` : told;
}

async function readAnswer(answer) {
  const type = (answer.headers.get("Content-Type") ?? "").split(";")[0].trim();
  const text = await answer.text();
  if (type !== JSON_ROWS && type !== "application/json") return { triples: readTriples(text) };
  const value = JSON.parse(text);
  if (typeof value.boolean === "boolean") return { boolean: value.boolean };
  const columns = value.head.vars;
  const rows = value.results.bindings.map((binding) => columns.map((column) => binding[column] ?? null));
  return { columns, rows };
}

const NT = /^(<[^>]*>|_:\S+)\s+(<[^>]*>)\s+(<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?)\s*\.\s*$/;

// N-Triples lines as [subject, predicate, object], each a term as in SPARQL JSON results.
export function readTriples(text) {
  const triples = [];
  for (const line of text.split("\n")) {
    const match = NT.exec(line);
    if (match) triples.push(match.slice(1).map(readTerm));
  }
  return triples;
}

function readTerm(text) {
  if (text.startsWith("<")) return { type: "uri", value: unescape(text.slice(1, -1)) };
  if (text.startsWith("_:")) return { type: "bnode", value: text.slice(2) };
  const [, value, tag, datatype] = /^"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?$/.exec(text);
  return { type: "literal", value: unescape(value), ...(tag && { "xml:lang": tag }), ...(datatype && { datatype }) };
}

const LETTERS = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
function unescape(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (whole, short, long, letter) => {
    if (letter !== undefined) return LETTERS[letter] ?? letter;
    const point = parseInt(short ?? long, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
