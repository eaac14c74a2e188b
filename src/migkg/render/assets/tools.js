// Small tools of the network page and of the pages in views/: elements, numbers, dates and sums in the language of the
// page. Text reaches a page by textContent alone. "language" and "words" are those of the page.

const byId = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

// An element with attributes, properties that start with "on" as listeners, and children (texts, elements, lists of them).
const el = (tag, attributes = {}, ...children) => furnish(document.createElement(tag), attributes, children);
const svg = (tag, attributes = {}, ...children) => furnish(document.createElementNS(SVG, tag), attributes, children);

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const number = (value) => new Intl.NumberFormat(language).format(value);
// Own keys only: a code such as "constructor" is a word of the graph, not of JavaScript.
const wordFor = (list, code) => (Object.hasOwn(list, code) ? list[code] : code);

// An EDTF date in words; what cannot be read is shown as it stands.
function dateWord(edtf) {
  return edtf.split("/").filter((part) => part && part !== "..").map(dayWord).join(" – ");
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

function moneyWord(value, currency) {
  if (!/^[A-Z]{3}$/.test(currency ?? "")) return `${number(Number(value))} ${currency ?? ""}`.trim();
  const options = { style: "currency", currency, currencyDisplay: "code", maximumFractionDigits: 2, minimumFractionDigits: 0 };
  return new Intl.NumberFormat(language, options).format(Number(value));
}

const amountWord = ([value, currency, kind]) =>
  moneyWord(value, currency) + (kind ? ` (${wordFor(words.amount_kinds, kind)})` : "");
