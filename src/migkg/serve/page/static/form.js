// The form of a question: one field for each parameter, of the kind that its type asks for.

import { combobox } from "./combobox.js";
import { el, icon } from "./dom.js";
import { fullIri, prefixed, shortName, vocabulary } from "./graph.js";
import { runQuestion, runSparql } from "./ask.js";
import {
  compare,
  countryWord,
  fold,
  inLanguage,
  language,
  LANGUAGES,
  languageWord,
  number,
  relationWord,
  typeLook,
  typeWord,
  words,
} from "./words.js";

// A form that knows its values: {element, values()}. given: what a link says; values are those of the service.
export function buildForm(question, given, run) {
  const inputs = question.parameters.map((parameter) => input(parameter, given[parameter.name]));
  const element = el(
    "form",
    { class: "parameters", novalidate: true, onsubmit: (event) => (event.preventDefault(), run()) },
    ...inputs.map(({ parameter, field, element: inner }) =>
      el(
        "div",
        { class: "parameter" },
        el(
          "label",
          { for: field.id },
          parameterWord(parameter),
          parameter.required || parameter.default ? null : el("small", {}, ` ${words.form.optional}`),
        ),
        inner,
      ),
    ),
  );
  return {
    element,
    values: () => Object.fromEntries(inputs.map(({ parameter, value }) => [parameter.name, value().trim()])),
    missing: () => inputs.find(({ parameter, value }) => parameter.required && !value().trim()),
  };
}

const parameterWord = ({ name, description }) =>
  Object.hasOwn(words.parameters, name) ? words.parameters[name] : description;

function input(parameter, given) {
  const id = `p-${parameter.name}`;
  const start = given ?? (parameter.name === "lang" ? language : (parameter.default ?? ""));
  const common = { id, title: parameter.description, required: parameter.required };
  if (parameter.type === "language") {
    const codes = LANGUAGES.map((code) => [code, languageWord(code)]);
    const free = !parameter.required && !parameter.default; // without a value it asks for any of them
    return choice(parameter, common, free ? [["", words.form.any], ...codes] : codes, start);
  }
  if (parameter.name === "predicate")
    return choice(
      parameter,
      common,
      [["", words.form.any], ...Object.keys(words.relations).map((name) => [name, relationWord(name)])],
      start.replace(/^mg:/, ""),
    );
  if (parameter.type === "country")
    return suggested(parameter, id, start, findCountry, countryWord(start) ?? start, words.form.country);
  if (parameter.type === "theme") return suggested(parameter, id, start, findTheme, themeWord(start), words.form.theme);
  if (parameter.type === "iri")
    return suggested(parameter, id, start, findThing, prefixed(start) ?? start, words.form.thing, 180);
  const kind = ["integer", "year"].includes(parameter.type)
    ? { inputmode: "numeric", size: 8, placeholder: parameter.type === "year" ? "2016" : "" }
    : { size: 28 };
  const field = el("input", { type: "text", ...common, ...kind });
  field.value = start;
  return { parameter, field, element: field, value: () => field.value };
}

function choice(parameter, attributes, options, chosen) {
  const field = el("select", attributes, ...options.map(([value, label]) => el("option", { value }, label)));
  field.value = options.some(([value]) => value === chosen) ? chosen : options[0][0];
  return { parameter, field, element: field, value: () => field.value };
}

// A field with suggestions keeps the value behind the label; what is typed and not chosen goes to the service as it is.
function suggested(parameter, id, start, find, label, placeholder, wait = 0) {
  let value = start;
  const { field, element } = combobox({
    id,
    label: parameterWord(parameter),
    placeholder,
    find,
    wait,
    attributes: { required: parameter.required, title: parameter.description },
    onpick: (entry) => (value = entry ? entry.value : field.value),
  });
  field.value = label;
  if (parameter.type === "iri" && /^[a-z-]+:./.test(start))
    nameOf(start).then(
      (name) => name && value === start && (field.value = name),
      () => {},
    ); // the value itself stays
  return { parameter, field, element, value: () => value };
}

const firstFits = (wanted) => (a, b) =>
  Number(fold(b.label).startsWith(wanted)) - Number(fold(a.label).startsWith(wanted)) || compare(a.label, b.label);

async function findCountry(typed) {
  const wanted = fold(typed);
  if (!wanted) return countriesOfGraph();
  const known = Object.entries(words.countries).map(([value, label]) => ({ value, label, note: value }));
  return known
    .filter(({ value, label }) => fold(label).includes(wanted) || value.toLowerCase() === wanted)
    .sort(firstFits(wanted))
    .slice(0, 12);
}

let themes = null;
async function findTheme(typed) {
  themes ??= runQuestion("themes", { lang: language }).then(({ columns, rows }) => {
    const [code, name] = ["code", "themeName"].map((column) => columns.indexOf(column));
    const found = new Map(
      rows.filter((row) => row[code]).map((row) => [row[code].value, row[name]?.value ?? row[code].value]),
    );
    return [...found].map(([value, label]) => ({ value, label, note: value }));
  });
  const wanted = fold(typed);
  return (await themes)
    .filter(({ value, label }) => fold(`${label} ${value}`).includes(wanted))
    .sort(firstFits(wanted))
    .slice(0, 12);
}
const themeWord = (code) =>
  vocabulary.themes.find((theme) => theme.code === code || theme.iri === code)?.label?.[language] ?? code;

let looking = null;

// Things of the graph whose name has the words, those that most claims speak of first.
async function findThing(typed) {
  if (fold(typed).length < 2) return thingsOfGraph();
  looking?.abort(); // who types on waits for the newest only
  looking = new AbortController();
  const { columns, rows } = await runQuestion("find", { text: typed.trim(), lang: language }, looking.signal);
  const at = Object.fromEntries(columns.map((name, place) => [name, place]));
  const wanted = fold(typed);
  const exact = (row) => (fold(row[at.thingName]?.value ?? "") === wanted ? 0 : 1);
  return rows
    .sort((a, b) => exact(a) - exact(b) || Number(b[at.claims]?.value ?? 0) - Number(a[at.claims]?.value ?? 0))
    .slice(0, 12)
    .map((row) => {
      const type = row[at.type]?.value.split(/[#/:]/).pop();
      return {
        value: row[at.thing].value,
        label: row[at.thingName]?.value ?? shortName(row[at.thing].value),
        mark: icon(typeLook(type)),
        note: [typeWord(type), countryWord(row[at.country]?.value)].filter(Boolean).join(", "),
      };
    });
}

// What to offer before anything is typed: what most is said of in this graph. Asked for once.
const once = (ask) => {
  let answer = null;
  return () => (answer ??= ask().catch(() => ((answer = null), [])));
};
const PREFIXES =
  "PREFIX mg: <https://w3id.org/migkg/ont#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> ";
const countriesOfGraph = once(async () => {
  const { rows } = await runSparql(
    `${PREFIXES}SELECT ?code (COUNT(?thing) AS ?n) { ?thing mg:country ?code } GROUP BY ?code ORDER BY DESC(?n) ?code LIMIT 12`,
  );
  return rows.map(([code, n]) => ({
    value: code.value,
    label: countryWord(code.value) ?? code.value,
    note: number(Number(n.value)),
  }));
});
const thingsOfGraph = once(async () => {
  const { rows } = await runSparql(`${PREFIXES}SELECT ?thing ?n ?name ?type {
    { SELECT ?thing (COUNT(?claim) AS ?n) { ?claim rdf:subject ?thing } GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 24 }
    ?thing skos:prefLabel ?name ; a ?type }`);
  const things = new Map();
  for (const [thing, n, name, type] of rows) {
    const known = things.get(thing.value) ?? { value: thing.value, label: name.value, n: Number(n.value) };
    if (name["xml:lang"] === language) known.label = name.value;
    const kind = type.value.split("#").pop();
    if (typeLook(kind)) Object.assign(known, { mark: icon(typeLook(kind)), note: typeWord(kind) });
    things.set(thing.value, known);
  }
  return [...things.values()]
    .filter(({ mark }) => mark)
    .sort((a, b) => b.n - a.n)
    .slice(0, 12); // without themes
});

// The name of a thing that a link gives as IRI or in short form (government:JPN).
async function nameOf(thing) {
  const iri = fullIri(thing);
  if (!iri) return "";
  const { rows } = await runSparql(`${PREFIXES}SELECT ?name { <${iri}> skos:prefLabel ?name }`);
  return inLanguage(Object.fromEntries(rows.map(([name]) => [name["xml:lang"] ?? "", name.value])));
}
