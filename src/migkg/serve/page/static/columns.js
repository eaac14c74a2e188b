// How the columns of an answer are put together for a reader: the name beside its IRI, the sum beside its currency,
// what is the same in every row above the table.

import { isEntity, isSource, MG, RDF_TYPE } from "./graph.js";
import { EDTF, relationLook } from "./words.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(
  ["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"].map((name) => XSD + name),
);
export const MONEY = new Set(["amount", "total", "sum"]);
const COUNTRY = /^(?:country|.*Country)$/;
const YEAR = /year/i;
// A title stands for its document.
const TITLES = [
  ["title", "source"],
  ["otherTitle", "otherSource"],
];
const DENOMINATOR = /Read$|^read[A-Z]/;

export const isNumber = (term) =>
  term?.type === "literal" && NUMBERS.has(term.datatype) && Number.isFinite(Number(term.value));

// The columns that a reader sees: {name, kind, of: {part: place of the column in the answer}}, and facts: columns that
// say the same in all rows because they are what the rows were counted from.
export function arrange({ columns, rows }) {
  const place = Object.fromEntries(columns.map((name, at) => [name, at]));
  const facts = rows.length
    ? columns.filter(
        (name) =>
          DENOMINATOR.test(name) && rows.every((row) => row[place[name]]?.value === rows[0][place[name]]?.value),
      )
    : [];
  const hidden = new Set(facts);
  const shown = [];
  for (const name of columns) {
    const partner = `${name}Name`;
    if (partner in place) hidden.add(partner);
  }
  const money = columns.find((name) => MONEY.has(name));
  if (money && "currency" in place) for (const part of ["currency", "amountKind"]) hidden.add(part);
  for (const [title, source] of TITLES) if (title in place && source in place) hidden.add(source);
  for (const name of columns) {
    if (hidden.has(name)) continue;
    const of = { value: place[name] };
    if (`${name}Name` in place) of.name = place[`${name}Name`];
    if (name === money && "currency" in place) Object.assign(of, { currency: place.currency, kind: place.amountKind });
    const source = TITLES.find(([title]) => title === name)?.[1];
    if (source in place) of.iri = place[source];
    shown.push({ name, kind: kindOf(name, rows, place[name], of), of });
  }
  return { shown, facts: facts.map((name) => ({ name, term: rows[0][place[name]] })), place };
}

function kindOf(name, rows, at, of) {
  const values = rows.map((row) => row[at]).filter(Boolean);
  if (of.name !== undefined) return "thing";
  if (of.currency !== undefined) return "money";
  if (of.iri !== undefined) return "document";
  if (!values.length) return "text";
  if (name === "quote") return "quote";
  if (values.every((term) => term.type === "uri")) return "iri";
  if (COUNTRY.test(name) && values.every((term) => /^[A-Z]{3}$/.test(term.value))) return "country";
  if (values.every(isNumber)) return YEAR.test(name) ? "year" : "number";
  if (YEAR.test(name)) return "year";
  if (values.every((term) => term.value.length > 4 && EDTF.test(term.value))) return "date";
  if (
    values.every((term) => term.value.length > 3 && EDTF.test(term.value)) &&
    /when|date|published|issued|seen/i.test(name)
  )
    return "date";
  return "text";
}

// What a row is about, for looking up its sentences: the two ends of a tie, or one thing. The ends are told by the
// header of a question (its network), else they are the first two entities of the row.
export function tieOf(row, answer, forms) {
  const at = (name) => answer.columns.indexOf(name);
  const told = forms?.network;
  if (told) {
    const ends = [told.from, told.to]
      .map((name) => (at(name) >= 0 ? row[at(name)] : answer.parameters?.[name]))
      .filter(isEntity);
    if (ends.length === 2)
      return { subject: ends[0].value, object: ends[1].value, predicate: relationIn(row, answer.columns) };
  }
  if (answer.triples && isEntity(row[0]) && !isEntity(row[2])) return { subject: row[0].value };
  const things = row
    .filter(isEntity)
    .filter((term, i, all) => all.findIndex((other) => other.value === term.value) === i);
  if (things.length >= 2)
    return { subject: things[0].value, object: things[1].value, predicate: relationIn(row, answer.columns) };
  if (things.length === 1) {
    const focus = Object.values(answer.parameters ?? {}).find(
      (term) => isEntity(term) && term.value !== things[0].value,
    );
    return focus ? { subject: focus.value, object: things[0].value } : { subject: things[0].value };
  }
  return null;
}

// The relation of a row: a property among its terms, or its name ("funds") in a column that says what a row is.
const SAYING = ["predicate", "relation", "role", "step", "tie"];
function relationIn(row, columns) {
  const property = row.find((term) => term?.type === "uri" && term.value.startsWith(MG));
  const word = columns
    .map((name, at) => SAYING.includes(name) && row[at]?.value)
    .find((value) => value && relationLook(value));
  return property?.value ?? (word ? MG + word : undefined);
}
export const documentsOf = (row) => row.filter(isSource).map((term) => term.value);

export const isLink = ([, predicate, object]) => object.type === "uri" && predicate.value !== RDF_TYPE;

// The ways in which an answer can be drawn: those of the header, the best first, else what its columns allow.
export function formsOf(answer, told) {
  if (answer.triples) return answer.triples.some(isLink) ? { network: {} } : {};
  if (!answer.rows?.length) return {};
  if (told) return told;
  const forms = {};
  const { shown } = arrange(answer);
  const first = (...kinds) => shown.find((column) => kinds.includes(column.kind))?.name;
  const entities = answer.columns.filter((name, at) => answer.rows.some((row) => isEntity(row[at])));
  const value = shown.filter((column) => column.kind === "number").at(-1)?.name;
  if (entities.length >= 2) forms.network = { from: entities[0], to: entities[1] };
  if (first("date") && first("thing", "document", "text", "quote")) {
    forms.timeline = { date: first("date"), label: first("thing", "document", "text", "quote") };
  }
  if (first("country")) forms.map = { country: first("country"), ...(value && { value }) };
  if (value && first("year", "thing", "country", "text", "iri")) {
    forms.chart = { x: first("year", "thing", "country", "text", "iri"), y: value };
  }
  return forms;
}
