// The words of the page in the language that is chosen, and how numbers, dates, sums and terms are written in it.

import { send } from "./connection.js";

export const LANGUAGES = ["en", "fr", "es"];
export let words = {};
export let language = "en";

export async function speak(wanted) {
  const chosen = LANGUAGES.includes(wanted) ? wanted : firstOfBrowser();
  const answer = await send(`page/words/${chosen}.json`);
  words = await answer.json();
  language = chosen;
  document.documentElement.lang = chosen;
}

function firstOfBrowser() {
  const known = (navigator.languages ?? []).map((tag) => tag.slice(0, 2)).filter((code) => LANGUAGES.includes(code));
  return known[0] ?? "en";
}

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
export const number = (value) => new Intl.NumberFormat(language, { maximumFractionDigits: 4 }).format(value);
// "1 row" or "12 rows": the words give both.
export const count = (key, n) => fill(words.counts[key][n === 1 ? 0 : 1], { n: number(n) });

// For comparing names: no accents, no capitals, plain apostrophes and dashes, single spaces.
export const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[’‘ʼ`´′]/g, "'")
    .replace(/[‐‑‒–—−]/g, "-")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();

export const compare = (a, b) => a.localeCompare(b, language, { numeric: true, sensitivity: "base" });

const own = (table, key) => (table && Object.hasOwn(table, key) ? table[key] : undefined);
export const typeWord = (type, many = false) => own(words.types, type)?.[many ? 1 : 0];
export const relationWord = (name, inverse = false) => own(words.relations, name)?.[inverse ? 1 : 0];
export const countryWord = (code) => own(words.countries, code);
export const languageWord = (code) => own(words.languages, code);
export const statusWord = (code) => own(words.status, code);
export const kindWord = (code) => own(words.amount_kinds, code);
export const typeLook = (type) => own(words.style.types, type);
export const relationLook = (name) => own(words.style.relations, name);
export const inLanguage = (texts) => texts?.[language] ?? texts?.en ?? Object.values(texts ?? {})[0] ?? "";

// What a column holds: the word of the data file, else its name taken apart ("firstYear" is "first year").
export const columnWord = (name) =>
  own(words.columns, name) ??
  own(words.columns, name.replace(/Name$/, "")) ??
  name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();

// The word for a code that a query puts into a column.
export const codeWord = (column, code) => own(own(words.values, column), code);

export const lowered = (word) => (/^\p{Lu}\p{Ll}/u.test(word) ? word[0].toLowerCase() + word.slice(1) : word);

export const EDTF =
  /^(?:\d{4}|XXXX)(?:-\d\d(?:-\d\d)?)?(?:T[\d:.Z+-]+)?(?:\/(?:\.\.|(?:\d{4}|XXXX)(?:-\d\d(?:-\d\d)?)?)?)?$/;

// An EDTF date in words; what cannot be read is shown as it stands.
export function dateWord(edtf) {
  const [from, to] = edtf.replace(/T[^/]*/, "").split("/");
  if (to === undefined) return dayWord(from);
  if (!to || to === "..") return fill(words.results.since, { date: dayWord(from) });
  const [start, end] = [dayWord(from), dayWord(to)];
  const note = ` (${words.details.year_unknown})`;
  return `${start.endsWith(note) && end.endsWith(note) ? start.slice(0, -note.length) : start} – ${end}`;
}

function dayWord(date) {
  const match = /^(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date);
  if (!match) return date;
  const [, year, month, day] = match;
  const known = year !== "XXXX";
  if (!month) return known ? year : words.details.year_unknown;
  const time = new Date(Date.UTC(known ? Number(year) : 2000, Number(month) - 1, Number(day ?? 1)));
  if (time.getUTCMonth() + 1 !== Number(month)) return date; // no such day
  const options = {
    month: "short",
    timeZone: "UTC",
    ...(day && { day: "numeric" }),
    ...(known && { year: "numeric" }),
  };
  const text = new Intl.DateTimeFormat(language, options).format(time);
  return known ? text : `${text} (${words.details.year_unknown})`;
}

// First and last day of an EDTF date as numbers (fractions of a year), or null where the year is not known.
export function dateSpan(edtf) {
  const [from, to] = edtf.replace(/T[^/]*/, "").split("/");
  const start = edge(from, false);
  if (start === null) return null;
  const end = to === undefined ? edge(from, true) : edge(to, true);
  return { start, end: end ?? edge(from, true), open: to === "" || to === ".." };
}

function edge(date, last) {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date ?? "");
  if (!match) return null;
  const [year, month, day] = match.slice(1).map((part) => (part ? Number(part) : null));
  const days = month ? (day ? day - (last ? 0 : 1) : last ? 31 : 0) : 0;
  return year + (month ? (month - 1) / 12 + days / 372 : last ? 1 : 0);
}

export function moneyWord(value, currency, kind) {
  let text = `${number(Number(value))} ${currency ?? ""}`.trim();
  if (!Number.isFinite(Number(value))) text = `${value} ${currency ?? ""}`.trim();
  else if (/^[A-Z]{3}$/.test(currency ?? "")) {
    const options = {
      style: "currency",
      currency,
      currencyDisplay: "code",
      maximumFractionDigits: 2,
      minimumFractionDigits: 0,
    };
    text = new Intl.NumberFormat(language, options).format(Number(value));
  }
  return kind ? `${text} (${kindWord(kind) ?? kind})` : text;
}
