// From the values of a form to the terms of a query, after migkg.query.parameters and migkg.store.binding.

import { Refused } from "./refused.js";

const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]+$/;
const INTEGER = "http://www.w3.org/2001/XMLSchema#integer";
const MG = "https://w3id.org/migkg/ont#";
const LANGUAGES = ["en", "fr", "es"];
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

// A query with values in its slots. terms: variable → term as SPARQL writes it.
export const fillSlots = (parts, terms) =>
  parts
    .map((part) => {
      if (typeof part === "string") return part;
      const [variable, before, after, free] = part;
      if (!Object.hasOwn(terms, variable)) return free;
      return after === null ? before : before + terms[variable] + after;
    })
    .join("");

// What the variables of a question are bound to: the given values, then the defaults. An empty field is no value.
export function readValues(question, given, names) {
  const terms = {};
  const parameters = Object.fromEntries(question.parameters.map((parameter) => [parameter.name, parameter]));
  for (const name of Object.keys(given))
    if (name !== "lang" && !Object.hasOwn(parameters, name))
      throw new Refused(`the query ${question.name} has no parameter '${name}'`);
  for (const { name, type, description, required, default: usual } of question.parameters) {
    const value = given[name] || (name === "lang" ? document.documentElement.lang : null) || usual;
    if (value !== null && value !== undefined) terms[name] = READ[type](name, value, names);
    else if (required) throw new Refused(`the query ${question.name} needs ${name}: ${description}`);
  }
  return terms;
}

export function writeIri(name, value) {
  if (!IRI.test(value) || !value.isWellFormed()) throw new Refused(`${name}: not an IRI: ${value}`);
  return `<${value}>`;
}

function writeText(text) {
  if (!text.isWellFormed()) throw new Refused("the value is not valid text");
  const escaped = text.replace(/[\\"\n\r\t]/g, (letter) => ESCAPES[letter]);
  return `"${escaped.replace(/(?<=\\)[uU]/g, (letter) => `\\U${letter.charCodeAt(0).toString(16).padStart(8, "0")}`)}"`;
}

const writeInteger = (value) => `"${BigInt(value)}"^^<${INTEGER}>`;

function readInteger(name, value) {
  if (!/^[+-]?[0-9]{1,18}$/.test(value)) throw new Refused(`${name} must be a whole number, not '${value}'`);
  return writeInteger(value.replace("+", ""));
}

function readYear(name, value) {
  if (!/^[0-9]{4}$/.test(value)) throw new Refused(`${name} must be a year with four digits, not '${value}'`);
  return writeInteger(value);
}

function readLanguage(name, value) {
  if (!LANGUAGES.includes(value)) throw new Refused(`${name} must be one of ${LANGUAGES.join(", ")}, not '${value}'`);
  return writeText(value);
}

function readCountry(name, value, { country }) {
  return writeText(only(name, value, lookUp(country, value), "is no country: give an ISO code such as VNM, or its name"));
}

function readTheme(name, value, { theme, short }) {
  const [namespace] = short.theme;
  const bare = bracketless(value).replace(namespace, "").replace(/^theme:/, "");
  const wrong = "is no theme: give a code such as iom:border-management, or its name";
  return writeIri(name, namespace + only(name, value, lookUp(theme, bare), wrong));
}

function readIri(name, given, { iri, key, short }) {
  const value = bracketless(given);
  if (Object.hasOwn(key, value)) return writeIri(name, key[value][0]);
  const [, prefix, rest] = /^([^:]*):(.*)$/s.exec(value) ?? [];
  if (prefix !== undefined && !rest.startsWith("//") && Object.hasOwn(short, prefix))
    return writeIri(name, short[prefix][0] + rest);
  if (prefix !== undefined && IRI.test(value)) return writeIri(name, value);
  if (name === "predicate" && /^[A-Za-z]+$/.test(value)) return writeIri(name, MG + value);
  return writeIri(name, only(name, given, lookUp(iri, value), "is no IRI, no short form such as org:iom, and no known name"));
}

const bracketless = (value) => value.trim().replace(/^</, "").replace(/>$/, "");
const lookUp = (table, text) => (Object.hasOwn(table, fold(text)) ? table[fold(text)] : []);

function only(name, value, found, wrong) {
  if (found.length > 1) throw new Refused(`${name}='${value}' may be ${found.join(" or ")}; give one of them`);
  if (!found.length) throw new Refused(`${name}='${value}' ${wrong}`);
  return found[0];
}

// As migkg.text.normalize folds the names of the tables.
function fold(text) {
  const letters = [...text.normalize("NFC")].map((letter) => {
    if ("’‘ʼ`´′".includes(letter)) return "'";
    if ("‐‑‒–—−".includes(letter)) return "-";
    const folded = String.fromCodePoint(letter.normalize("NFD").codePointAt(0)).toLowerCase();
    return [...folded].length === 1 ? folded : letter;
  });
  return letters.join("").trim().split(/\s+/).join(" ");
}

const READ = {
  country: readCountry,
  integer: readInteger,
  iri: readIri,
  language: readLanguage,
  string: (name, value) => writeText(value),
  theme: readTheme,
  year: readYear,
};
