// One cell of a table as elements, and as the value that it is sorted by.

import { clip, el, outsideLink } from "./dom.js";
import { MG, pageOf, prefixed, shortName } from "./graph.js";
import {
  codeWord,
  countryWord,
  dateSpan,
  dateWord,
  EDTF,
  kindWord,
  languageWord,
  moneyWord,
  number,
  relationWord,
  statusWord,
  typeWord,
} from "./words.js";
import { isNumber } from "./columns.js";

// Letters of one cell; a table with a word of thousands is slow to lay out. Downloads have the whole text.
const LONGEST = 600;

const WORDED = {
  type: typeWord,
  status: statusWord,
  language: languageWord,
  amountKind: kindWord,
  country: countryWord,
  predicate: relationWord,
  relation: relationWord,
  step: relationWord,
  role: relationWord,
  link: relationWord,
  tie: relationWord,
};

export function cell(column, row) {
  const term = row[column.of.value];
  const name = column.of.name === undefined ? null : row[column.of.name];
  if (column.kind === "money" && term) {
    const currency = row[column.of.currency]?.value;
    const kind = column.of.kind === undefined ? null : row[column.of.kind]?.value;
    return [moneyWord(term.value, currency, kind)];
  }
  if (column.kind === "document") return [documentLink(row[column.of.iri], term)];
  if (!term) return name ? [clip(name.value, LONGEST)] : [];
  if (column.kind === "thing" || term.type === "uri") return [thingLink(term, name)];
  if (column.kind === "quote") return [quote(term)];
  if (column.kind === "date")
    return [el("time", { datetime: clip(term.value, 60), title: clip(term.value, 60) }, dateWord(term.value))];
  if (column.kind === "number" && isNumber(term)) return [number(Number(term.value))];
  return [text(column.name, term)];
}

function text(name, term) {
  const shown = wordFor(name, term.value) ?? clip(term.value, LONGEST);
  return term["xml:lang"] ? el("span", { lang: term["xml:lang"] }, shown) : shown;
}

// The word for a code, or for a list of them; a sum with its currency, and a date, where a column holds now one, now the other.
function wordFor(name, value) {
  const one = (code) =>
    codeWord(name, code) ?? WORDED[name]?.(code) ?? (/Country$/.test(name) ? countryWord(code) : undefined);
  const parts = value.split(", ");
  if (parts.every(one)) return parts.map(one).join(", ");
  if (!/value$/i.test(name)) return undefined;
  const sum = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(value);
  if (sum) return moneyWord(sum[1], sum[2]);
  return value.length > 4 && EDTF.test(value) ? dateWord(value) : undefined;
}

export function thingLink(term, name) {
  if (term.type !== "uri") return clip(term.value, LONGEST);
  const label = clip(name?.value ?? shortName(term.value), 400);
  const title = clip(prefixed(term.value) ?? term.value, 400);
  const attributes = { title, ...(name?.["xml:lang"] && { lang: name["xml:lang"] }) };
  const page = pageOf(term.value);
  if (page) return el("a", { href: page, ...attributes }, label);
  if (term.value.startsWith(MG)) return el("span", attributes, label);
  return outsideLink(term.value, label, attributes);
}

function documentLink(source, title) {
  if (!source) return clip(title?.value ?? "", 400);
  return thingLink(source, title ?? undefined);
}

function quote(term) {
  const long = term.value.length > 220;
  const body = el("q", { ...(term["xml:lang"] && { lang: term["xml:lang"] }) }, clip(term.value));
  if (!long) return body;
  return el("details", { class: "long" }, el("summary", {}, `“${term.value.slice(0, 180).trimEnd()}…”`), body);
}

// Numbers by size, dates by time, the rest as words; what is not there comes last either way.
export function sortValue(column, row) {
  const term = row[column.of.value];
  if (column.of.name !== undefined && row[column.of.name]) return row[column.of.name].value;
  if (!term) return null;
  if (column.kind === "number" || column.kind === "money" || (column.kind === "year" && isNumber(term)))
    return Number(term.value);
  if (column.kind === "date") return dateSpan(term.value)?.start ?? null;
  if (term.type === "uri") return shortName(term.value);
  return wordFor(column.name, term.value) ?? term.value;
}

export function plain(column, row) {
  return cell(column, row)
    .map((part) => (typeof part === "string" ? part : part.textContent))
    .join(" ");
}
