// The answer: how many rows, counted from what, the ways to look at it, and what can be taken along.

import { boundText, fetchFile, Refusal } from "./ask.js";
import { drawChart } from "./chart.js";
import { copy } from "./clipboard.js";
import { arrange, formsOf, tieOf } from "./columns.js";
import { button, byId, el } from "./dom.js";
import { showEvidence } from "./evidence.js";
import { shortName } from "./graph.js";
import { drawMap } from "./map.js";
import { drawNetwork } from "./network.js";
import { drawTable, tripleRows } from "./table.js";
import { drawTimeline } from "./timeline.js";
import { columnWord, count, fill, number, words } from "./words.js";

const DRAW = { network: drawNetwork, chart: drawChart, timeline: drawTimeline, map: drawMap };
const MOST_ROWS = 20_000; // that the page keeps at hand; the download has them all
let shown = null;

export function clearResults() {
  shown = null;
  byId("results").replaceChildren();
}

export function showWaiting(cancel) {
  shown = null;
  byId("results").replaceChildren(
    el(
      "p",
      { class: "waiting", role: "status" },
      el("span", { class: "wheel", "aria-hidden": "true" }),
      words.results.waiting,
      button(words.results.cancel, cancel),
    ),
  );
}

export function showError(error) {
  shown = null;
  const line =
    error instanceof Refusal ? error.message || words.errors.unreachable : `${words.errors.page} ${error.message}`;
  byId("results").replaceChildren(el("p", { class: "error", role: "alert" }, line));
}

// asked: {question, parameters} or {sparql}; query: the entry of the catalogue, where there is one; onview is told
// which view was chosen.
export function showAnswer(answer, { asked, query, view, onview }) {
  const full = answer.rows?.length ?? 0;
  if (full > MOST_ROWS) answer = { ...answer, rows: answer.rows.slice(0, MOST_ROWS) };
  const forms = formsOf(answer, query?.forms);
  const views = ["table", ...Object.keys(forms).filter((name) => DRAW[name]), ...(answer.triples ? ["turtle"] : [])];
  const first = views.includes(view) ? view : answer.triples && views.includes("network") ? "network" : "table";
  shown = { answer, asked, query, forms, views, onview, place: el("div", { class: "view" }) };
  if (answer.boolean !== undefined) return showYesNo(answer.boolean);
  if (!full && !answer.triples?.length) return showNothing(query);
  byId("results").replaceChildren(summary(answer, full), tools(views, asked), shown.place);
  drawView(first);
}

function showYesNo(yes) {
  byId("results").replaceChildren(el("p", { class: "yes-no" }, yes ? words.results.is_so : words.results.is_not_so));
}

function showNothing(query) {
  byId("results").replaceChildren(
    el(
      "div",
      { class: "nothing" },
      el("p", {}, words.results.nothing),
      el("p", { class: "hint" }, query ? words.results.nothing_known : words.results.nothing_asked),
    ),
  );
}

function summary(answer, full) {
  const told = answer.triples ? [count("triples", answer.triples.length)] : [count("rows", full)];
  if (answer.rows && full > answer.rows.length) told.push(fill(words.results.kept, { n: number(answer.rows.length) }));
  const facts = answer.rows ? arrange(answer).facts : [];
  return el(
    "div",
    { class: "summary", role: "status" },
    el("h2", {}, told.join(" · ")),
    ...facts.map(({ name, term }) =>
      el(
        "p",
        { class: "fact" },
        `${columnWord(name)}: `,
        el("strong", {}, Number.isFinite(Number(term?.value)) ? number(Number(term.value)) : (term?.value ?? "")),
      ),
    ),
  );
}

function tools(views, asked) {
  const tabs = el(
    "div",
    { class: "views", role: "group", "aria-label": words.results.views },
    ...views.map((name) => button(words.views[name], () => drawView(name, true), { "data-view": name })),
  );
  const formats = shown.answer.triples ? ["ttl", "nt", "jsonld"] : ["csv", "tsv", "json"];
  const menu = el(
    "div",
    { class: "acts" },
    button(words.results.share, (event) => copy(location.href, event.currentTarget, words.results.link), {
      id: "share",
    }),
    el(
      "span",
      { class: "downloads", role: "group", "aria-label": words.results.download },
      el("span", { class: "hint", "aria-hidden": "true" }, words.results.download),
      ...formats.map((format) =>
        button(words.formats[format], (event) => download(asked, format, event.currentTarget), {
          "data-format": format,
          "aria-label": `${words.results.download} ${words.formats[format]}`,
        }),
      ),
    ),
  );
  return el("div", { class: "toolbar" }, tabs, menu);
}

async function drawView(name, chosen = false) {
  const { query, forms, onview } = shown;
  const place = el("div", { class: "view" }); // a place of its own: what an earlier view still waits for stays there
  shown.place.replaceWith(place);
  shown.place = place;
  const answer =
    name === "table" && shown.answer.triples ? { ...shown.answer, ...tripleRows(shown.answer.triples) } : shown.answer;
  for (const tab of document.querySelectorAll("#results [data-view]"))
    tab.setAttribute("aria-pressed", String(tab.dataset.view === name));
  const names = namesIn(answer);
  const context = {
    query,
    form: forms[name],
    tie: (row) => tieOf(row, answer, query?.forms),
    showEvidence: (tie, from, more) => showEvidence(tie, from, { ...names, ...more }),
  };
  place.dataset.view = name;
  onview(name, chosen);
  try {
    if (name === "turtle") await drawTurtle(place);
    else if (name === "table") drawTable(place, answer, context);
    else await DRAW[name](place, answer, context);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    place.replaceChildren(el("p", { class: "error", role: "alert" }, error.message || words.errors.unreachable));
  }
}

// The names that the answer gives to things, for the headings of their sentences.
function namesIn({ columns = [], rows = [], triples }) {
  const names = {};
  columns.forEach((name, at) => {
    const partner = columns.indexOf(`${name}Name`);
    if (partner >= 0) for (const row of rows) if (row[at] && row[partner]) names[row[at].value] = row[partner].value;
  });
  for (const [subject, predicate, object] of triples ?? [])
    if (predicate.value.endsWith("#prefLabel")) names[subject.value] ??= object.value;
  return names;
}

async function drawTurtle(place) {
  const text = await (await fetchFile(shown.asked, "ttl")).text();
  place.replaceChildren(el("pre", { tabindex: "0" }, text.length > 400_000 ? `${text.slice(0, 400_000)}\n…` : text));
}

async function download(asked, format, from) {
  const name = asked.question
    ? [
        asked.question,
        ...Object.entries(asked.parameters)
          .filter(([key, value]) => value && key !== "lang")
          .map(([, value]) => shortName(value)),
      ].join("-")
    : "query";
  try {
    const href = URL.createObjectURL(await fetchFile(asked, format));
    el("a", {
      href,
      download: `${name
        .normalize("NFC")
        .replace(/[^\p{L}\p{N}.-]+/gu, "-")
        .slice(0, 80)}.${format}`,
    }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
    from.classList.add("done");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    from.after(el("span", { class: "error", role: "alert" }, error.message || words.errors.unreachable));
  }
}

export const bound = (asked) => boundText(asked.question, asked.parameters);
