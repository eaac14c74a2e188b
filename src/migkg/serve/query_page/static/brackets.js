// The engine of this file (oxigraph 0.5.11, the newest on npm) reads a - b - c as a - (b - c), and a / b / c likewise; the
// one of the service (0.5.13) does not. Brackets put in before it reads a query make both give the same.

import { TOKEN } from "./tokens.js";

const CLAUSES = new Set(["SELECT", "HAVING", "GROUP", "ORDER"]);
const CLAUSE_ENDS = new Set(["WHERE", "FROM", "LIMIT", "OFFSET", "VALUES"]);
const OPENERS = new Set(["FILTER", "BIND", "HAVING"]);
const NO_OPERANDS = new Set(["AS", "IN", "NOT", "EXISTS", "DISTINCT", "SEPARATOR"]);
const SUMS = "+-";
const PRODUCTS = "*/";

// The same query with brackets around what is to be computed first.
export function bracket(sparql) {
  const out = [];
  const frames = [newFrame(false)];
  let awaited = false; // FILTER, BIND or HAVING was read: the next bracket opens an expression
  let clause = false; // in the head or the tail of a SELECT: every bracket opens one
  for (const { kind, text } of readTokens(sparql, () => frames.at(-1))) {
    const frame = frames.at(-1);
    out.push(text);
    if (kind === "space" || kind === "comment") continue;
    const word = kind === "word" ? text.toUpperCase() : "";
    if (!frame.expression) {
      awaited ||= OPENERS.has(word);
      if (CLAUSES.has(word)) clause = true;
      else if (CLAUSE_ENDS.has(word) || text === "{" || text === "}") clause = false;
    }
    if (text === "(" || text === "{") {
      begin(frame, out);
      frames.push(newFrame(text === "(" && (frame.expression || awaited || clause)));
      awaited = false;
    } else if (text === ")" || text === "}") {
      if (frames.length > 1) frames.pop();
      frames.at(-1).ended = true;
    } else if (frame.expression) read(frame, kind, text, word, out);
  }
  return out.join("");
}

// What is between two brackets. sum, product: where in the output the operands at hand begin, and whether there was an
// operator since; ended: whether an operand stands right before.
const newFrame = (expression) => ({ expression, sum: null, product: null, ended: false });

function begin(frame, out) {
  if (frame.ended || !frame.expression) return;
  frame.sum ??= { at: out.length - 1, again: false };
  frame.product ??= { at: out.length - 1, again: false };
}

function read(frame, kind, text, word, out) {
  if (kind !== "mark" && !NO_OPERANDS.has(word)) {
    begin(frame, out);
    frame.ended = true;
  } else if (frame.ended && (SUMS.includes(text) || PRODUCTS.includes(text))) {
    const chain = SUMS.includes(text) ? "sum" : "product";
    if (frame[chain].again) enclose(frame[chain].at, out);
    frame[chain].again = true;
    if (chain === "sum") frame.product = null;
    frame.ended = false;
  } else if (SUMS.includes(text)) begin(frame, out); // a sign
  else Object.assign(frame, newFrame(true)); // a comparison, a comma: what comes next is computed on its own
}

function enclose(at, out) {
  out[at] = `(${out[at]}`;
  out[out.length - 1] = `)${out.at(-1)}`;
}

// Tokens; a number ends where an operator follows, and what follows an operand is "less than" and opens no IRI.
function* readTokens(sparql, frame) {
  const next = new RegExp(TOKEN.source, "suy");
  while (next.lastIndex < sparql.length) {
    const start = next.lastIndex;
    const match = next.exec(sparql);
    const [kind] = Object.entries(match.groups).find(([, found]) => found !== undefined);
    let [text] = match;
    const here = frame();
    if (here.expression && kind === "word" && /^\d/.test(text)) [text] = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(text);
    const less = here.expression && here.ended && kind === "iri";
    if (less) text = "<";
    next.lastIndex = start + text.length;
    yield { kind: less ? "mark" : kind, text };
  }
}
