// Words, and the small tools that every part uses. Text reaches the page by textContent alone.

let language = document.documentElement.lang; // it and its words change with language.js
let words = page.words[language];
const byId = (id) => document.getElementById(id);

// An element with attributes, properties that start with "on" as listeners, and children (texts or elements).
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// A text with places where a very long word may be broken: without them a browser takes seconds to lay it out.
const LONG_WORD = /(\S{60})(?=\S)/g;
const breakable = (text) => text.split(LONG_WORD).flatMap((part, place) => (place % 2 ? [part, el("wbr")] : part ? [part] : []));

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const number = (value) => new Intl.NumberFormat(language).format(value);

// For comparing names: no accents, no capitals, plain apostrophes and dashes, single spaces (as text/normalize.py does).
// Letters that are no letter with an accent are written out, as those write them who lack the key.
const WRITTEN_OUT = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’‘ʼ`´′]/g, "'").replace(/[‐‑‒–—−]/g, "-")
  .toLowerCase().replace(/[œæßøłđðþı]/g, (letter) => WRITTEN_OUT[letter]);
const fold = (text) => plain(text).replace(/\s+/g, " ").trim();

// A folded text, and for each of its letters the place in the text from which it comes (and at the end its length).
function foldInPlace(text) {
  let folded = "";
  const places = [];
  let at = 0;
  for (const letter of text) {
    const shape = /\s/.test(letter) ? (folded.endsWith(" ") ? "" : " ") : plain(letter);
    for (let count = 0; count < shape.length; count += 1) places.push(at);
    folded += shape;
    at += letter.length;
  }
  return [folded, [...places, text.length]];
}

const typeWord = (type) => (words.types[type] ?? [type, type])[0];
const relationWord = (relation, inverse = false) => (words.relations[relation] ?? [relation, relation])[inverse ? 1 : 0];
// Own keys only: a code such as "constructor" is a word of the graph, not of JavaScript.
const wordFor = (list, code) => (Object.hasOwn(list, code) ? list[code] : code);
const languageWord = (code) => wordFor(words.languages, code);
const statusWord = (status) => wordFor(words.status, status);
const countryWord = (code) => countries[code]?.[language] ?? code;
const themeWord = (code) => themeNames[code]?.[language] ?? code;
const claimsWord = (count) => (count === 1 ? words.details.one_claim : fill(words.details.claims, { n: number(count) }));

// An EDTF date in words; what cannot be read is shown as it stands.
function dateWord(edtf) {
  const parts = edtf.split("/").filter((part) => part && part !== "..");
  return parts.map(dayWord).join(" – ");
}

function dayWord(date) {
  const match = /^(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date);
  if (!match) return date;
  const [, year, month, day] = match;
  const known = year !== "XXXX";
  if (!month) return known ? year : words.details.year_unknown;
  const time = new Date(Date.UTC(known ? Number(year) : 2000, Number(month) - 1, Number(day ?? 1)));
  if (time.getUTCMonth() + 1 !== Number(month)) return date; // no such day
  const options = { month: "long", timeZone: "UTC", ...(day && { day: "numeric" }), ...(known && { year: "numeric" }) };
  const text = new Intl.DateTimeFormat(language, options).format(time);
  return known ? text : `${text} (${words.details.year_unknown})`;
}

function amountWord([value, currency, kind]) {
  let text = `${number(Number(value))} ${currency ?? ""}`.trim();
  if (/^[A-Z]{3}$/.test(currency ?? "")) {
    const options = { style: "currency", currency, currencyDisplay: "code", maximumFractionDigits: 2, minimumFractionDigits: 0 };
    text = new Intl.NumberFormat(language, options).format(Number(value));
  }
  return kind ? `${text} (${wordFor(words.amount_kinds, kind)})` : text;
}
