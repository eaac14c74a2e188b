// What is refused before the engine sees it, as at the service (migkg.store.guard), and what is said of mistakes.

import { Refused } from "./refused.js";
import { TOKEN } from "./tokens.js";

const LENGTH = 64 * 1024;
const DEPTH = 64;
const GROUPS = 512;
const OPERATORS = 2048;
const WORDS = 16_384;
const FORMS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];
const ESCAPED = /\\[uU]([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})?/g;
// The form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE. Throws Refused with line and column.
export function checkQuery(sparql) {
  const length = [...sparql].length;
  if (length > LENGTH)
    throw new Refused(`the query is too long: ${thousands(length)} characters, at most ${thousands(LENGTH)}`);
  checkCharacters(sparql);
  const size = { depth: 0, groups: 0, operators: 0, words: 0 };
  let form = null;
  let declares = false;
  for (const { groups, index, 0: text } of sparql.matchAll(TOKEN)) {
    if (groups.space !== undefined || groups.comment !== undefined) continue;
    measure(size, groups, sparql, index);
    if (groups.word !== undefined) {
      if (text.toUpperCase() === "SERVICE")
        throw refusal(sparql, index, "SERVICE is refused: a query may not call other machines");
      if (!form && !declares) {
        form = readForm(sparql, index, text);
        declares = !form;
      }
    } else if (groups.iri !== undefined) declares = false;
  }
  if (!form) throw new Refused(`there is no query: ${FORMS.join(", ")} is missing`);
  return form;
}

const thousands = (n) => new Intl.NumberFormat("en").format(n);

function refusal(sparql, offset, reason) {
  const before = sparql.slice(0, offset).split("\n");
  return new Refused(`line ${before.length}, column ${[...before.at(-1)].length + 1}: ${reason}`);
}

function checkCharacters(sparql) {
  for (const { index, 0: text, 1: short, 2: more } of sparql.matchAll(ESCAPED)) {
    const codes = [parseInt(short, 16), ...(more ? [parseInt(short + more, 16)] : [])];
    if (codes.some((code) => code < 0x80 || (code >= 0xd800 && code < 0xe000)))
      throw refusal(sparql, index, `write this character itself, not as ${text}`);
  }
  if (!sparql.isWellFormed())
    throw refusal(sparql, sparql.search(/\p{Surrogate}/u), "half of a character (a lone surrogate)");
}

function readForm(sparql, offset, text) {
  const word = text.toUpperCase();
  if (word === "PREFIX" || word === "BASE") return null;
  if (FORMS.includes(word)) return word;
  throw refusal(sparql, offset, `'${text}' is no query: only ${FORMS.join(", ")} are answered, and nothing is changed`);
}

function measure(size, { mark, word, iri }, sparql, offset) {
  size.words++;
  if (mark !== undefined) {
    size.depth += "{([".includes(mark) - "})]".includes(mark);
    size.groups += mark === "{";
    size.operators += "!+*/|&^=<>-".includes(mark);
  } else if (word?.toUpperCase() === "AS") size.operators++;
  const inside = iri ? iri.split(/[([]/).length - 1 : 0;
  if (size.depth + inside > DEPTH) throw refusal(sparql, offset, `brackets are nested more than ${DEPTH} deep`);
  if (size.groups > GROUPS || size.operators > OPERATORS || size.words > WORDS)
    throw refusal(sparql, offset, "the query is too big: too many groups, operators or words");
}

// What the engine says of a mistake, in the words of the service.
export function explain(sparql, said) {
  const place = /^error at (\d+):(\d+): /.exec(said);
  if (!place) return said;
  const lines = sparql.split("\n").slice(0, Number(place[1]) - 1);
  const offset = Math.min(lines.reduce((sum, line) => sum + line.length + 1, 0) + Number(place[2]) - 1, sparql.length);
  const [hint] = said.match(/[A-Z][A-Za-z]+(?: [A-Za-z]+)+/) ?? [];
  const near = sparql.slice(offset, offset + 20).split("\n")[0].trim();
  const reason = near ? `cannot be read from '${near}' on` : "the query ends too early";
  return refusal(sparql, offset, hint ? `${reason} (${hint})` : reason).message;
}
