// Puts the page together: what is asked, by the link, the menu or the reader, and what comes back.

import { getJson, Refusal, runQuestion, runSparql } from "./ask.js";
import { button, byId, el } from "./dom.js";
import { drawEditor, markLine, queryText, setQuery, wakeEditor } from "./editor.js";
import { closeEvidence } from "./evidence.js";
import { buildForm } from "./form.js";
import { fullIri, learn } from "./graph.js";
import { readLink, writeLink } from "./link.js";
import { drawMenu, markQuestion } from "./menu.js";
import { bound, clearResults, showAnswer, showError, showWaiting } from "./results.js";
import { drawWelcome } from "./welcome.js";
import { drawHeader } from "./header.js";
import { inLanguage, language, speak, words } from "./words.js";

const state = { tab: "question", question: null, parameters: {}, view: null, asked: null };
const catalogue = new Map();
let summary = null;
let form = null;
let running = null;

async function start() {
  const link = readLink();
  await speak(link.language);
  const [questions, vocabulary, counts] = await Promise.all(
    ["questions.json", "vocabulary.json", "summary.json"].map(getJson),
  );
  for (const question of questions.questions) catalogue.set(question.name, question);
  learn(vocabulary);
  summary = counts;
  drawAll();
  await follow(link);
  document.documentElement.dataset.ready = "true";
}

function drawAll() {
  document.title = words.page.title;
  byId("skip").textContent = words.page.skip;
  byId("home").setAttribute("aria-label", words.page.title);
  byId("evidence").setAttribute("aria-label", words.details.evidence);
  drawHeader(summary, turnLanguage);
  drawMenu(catalogue, (name) => openQuestion(name));
  drawTabs();
  drawEditor(runEditor);
}

function drawTabs() {
  byId("tabs").setAttribute("aria-label", words.page.ways);
  byId("tabs").replaceChildren(
    ...["question", "sparql"].map((name) =>
      el(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${name}`,
          "aria-controls": name,
          onclick: () => showTab(name),
          onkeydown: turnTab,
        },
        words.tabs[name],
      ),
    ),
  );
}

function turnTab(event) {
  if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  showTab(state.tab === "sparql" ? "question" : "sparql");
  byId(`tab-${state.tab}`).focus();
}

function showTab(name) {
  state.tab = name;
  for (const one of ["question", "sparql"]) {
    byId(one).hidden = one !== name;
    byId(`tab-${one}`).setAttribute("aria-selected", String(one === name));
    byId(`tab-${one}`).tabIndex = one === name ? 0 : -1;
  }
  if (name === "sparql") wakeEditor();
}

// What a link says: a question with its values, a query of one's own, or the first page.
async function follow({ question, parameters, sparql, view }) {
  state.view = view;
  if (question && catalogue.has(question)) return openQuestion(question, parameters, true);
  if (sparql) {
    showTab("sparql");
    setQuery(sparql);
    return runEditor();
  }
  state.question = null;
  markQuestion(null);
  showTab("question");
  clearResults();
  drawWelcome(byId("question"), catalogue, summary, (name) => openQuestion(name));
}

async function openQuestion(name, given = {}, byLink = false) {
  const question = catalogue.get(name);
  if (!byLink) state.view = null;
  state.question = name;
  markQuestion(name);
  showTab("question");
  clearResults();
  if (!byId("evidence").hidden) closeEvidence();
  form = buildForm(question, given, runForm);
  const run = el("button", { type: "submit", class: "primary", id: "run" }, words.form.run);
  const edit = button(words.form.edit, editAsSparql, { id: "edit" });
  form.element.append(el("div", { class: "acts" }, run, edit));
  byId("question").replaceChildren(
    el("h2", { class: "title" }, inLanguage(question.title)),
    el("p", { class: "asked" }, inLanguage(question.question)),
    form.element,
    el(
      "div",
      { class: "acts" },
      question.command ? el("p", { class: "hint" }, words.form.command, " ", el("code", {}, question.command)) : null,
    ),
  );
  if (!byLink) writeLink({ question: name, parameters: {}, language }, { push: true });
  if (!form.missing()) return runForm();
  form.element.querySelector("input")?.focus();
}

function runForm() {
  const missing = form.missing();
  if (missing) {
    byId(`p-${missing.parameter.name}`).focus();
    byId(`p-${missing.parameter.name}`).reportValidity?.();
    return undefined;
  }
  const asked = { question: state.question, parameters: form.values() };
  return run(asked, catalogue.get(state.question), (signal) => runQuestion(asked.question, asked.parameters, signal));
}

function runEditor() {
  const sparql = queryText();
  if (state.question) state.view = null;
  state.question = null;
  markQuestion(null);
  return run({ sparql }, null, (signal) => runSparql(sparql, signal));
}

async function run(asked, query, ask) {
  running?.abort();
  const mine = (running = new AbortController());
  state.asked = asked;
  writeLink({ ...asked, view: state.view, language });
  showWaiting(() => mine.abort());
  try {
    const answer = await ask(mine.signal);
    if (running !== mine) return;
    answer.parameters = terms(asked.parameters);
    showAnswer(answer, {
      asked,
      query,
      view: state.view,
      onview: (view, chosen) => {
        if (chosen) state.view = view;
        writeLink({ ...asked, view: state.view, language });
      },
    });
  } catch (error) {
    if (running !== mine) return;
    if (error.name === "AbortError") clearResults();
    else showError(error);
    if (asked.sparql) markLine(error.message);
    if (!(error instanceof Refusal) && error.name !== "AbortError") throw error;
  }
}

// The values stand for an end of a tie where no column does.
const terms = (parameters = {}) =>
  Object.fromEntries(
    Object.entries(parameters)
      .filter(([, value]) => value)
      .map(([name, value]) => [
        name,
        fullIri(value) ? { type: "uri", value: fullIri(value) } : { type: "literal", value },
      ]),
  );

async function editAsSparql() {
  const missing = form.missing();
  if (missing) return byId(`p-${missing.parameter.name}`).reportValidity?.();
  try {
    setQuery(await bound({ question: state.question, parameters: form.values() }));
    showTab("sparql");
    byId("tab-sparql").focus();
    wakeEditor();
  } catch (error) {
    showError(error);
  }
}

// Another language: the words change, what is asked stays.
async function turnLanguage(wanted) {
  const link = readLink();
  const { tab } = state;
  await speak(wanted);
  drawAll();
  if (link.parameters.lang) link.parameters.lang = wanted;
  if (tab === "sparql" && !link.sparql) {
    showTab("sparql");
    writeLink({ ...link, language: wanted });
  } else {
    await follow(link);
    writeLink({ ...readLink(), language: wanted });
  }
}

addEventListener("popstate", () => follow(readLink()));
addEventListener(
  "hashchange",
  () => readLink().language && readLink().language !== language && turnLanguage(readLink().language),
);

start().catch((error) => {
  document.documentElement.dataset.ready = "failed";
  byId("question").replaceChildren(
    el(
      "p",
      { class: "error", role: "alert" },
      error instanceof Refusal ? error.message || "The service does not answer." : String(error),
    ),
  );
  if (!(error instanceof Refusal)) throw error;
});
