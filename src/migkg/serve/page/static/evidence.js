// The panel of sentences: what the documents say of one tie or one thing, word for word, with release, date and status.

import { getJson, Refusal, runSparql } from "./ask.js";
import { copy } from "./clipboard.js";
import { button, byId, clip, el, outsideLink } from "./dom.js";
import { ID, MG, pageOf, shortName } from "./graph.js";
import { dateWord, fill, language, languageWord, number, relationWord, statusWord, words } from "./words.js";

const SKOS = "http://www.w3.org/2004/02/skos/core#";
const panel = byId("evidence");
let opener = null;
let latest = 0;

export function closeEvidence() {
  panel.hidden = true;
  document.body.classList.remove("with-evidence");
  opener?.focus?.();
  opener = null;
}

// names: IRI → name, for the heading.
export async function showEvidence({ subject, predicate, object }, from, names = {}) {
  opener = from ?? document.activeElement;
  const asked = ++latest;
  panel.hidden = false;
  document.body.classList.add("with-evidence");
  const name = (iri) => clip(names[iri] ?? shortName(iri), 300);
  const heading = el("div", { class: "triple" }, ...tieWords({ subject, predicate, object }, name));
  const body = el("div", { class: "claims" }, el("p", { class: "hint" }, words.page.loading));
  panel.replaceChildren(
    el(
      "div",
      { class: "bar" },
      el("h2", {}, words.details.evidence),
      button("✕", closeEvidence, { "aria-label": words.evidence.close, title: words.evidence.close }),
    ),
    heading,
    body,
  );
  panel.scrollTop = 0;
  panel.focus();
  try {
    const found = await findClaims({ subject, predicate, object });
    if (!object) await learnNames(found.claims, subject, names);
    if (asked !== latest) return;
    body.replaceChildren(...cards(found, object ? null : subject, name));
    if (object && found.way) heading.replaceChildren(...tieWords({ predicate, ...found.way }, name)); // the way round that is told
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    body.replaceChildren(el("p", { class: "error", role: "alert" }, error.message || words.errors.unreachable));
  }
}

// A tie may be told from either end, and with or without its relation; the first way that finds something holds.
async function findClaims({ subject, predicate, object }) {
  if (!object) return claimsOfThing(subject);
  const ways = [];
  if (object && predicate) ways.push({ subject, predicate, object }, { subject: object, predicate, object: subject });
  if (object) ways.push({ subject, object }, { subject: object, object: subject });
  for (const way of ways) {
    const { claims, complete } = await getJson(`evidence?${new URLSearchParams(way)}`);
    if (claims.length) return { claims, more: complete === false, way };
  }
  return { claims: [], more: false, way: null };
}

// Whatever is said of a thing, from either end.
async function claimsOfThing(thing) {
  const ends = await Promise.all(
    ["subject", "object"].map((end) => getJson(`evidence?${new URLSearchParams({ [end]: thing })}`)),
  );
  const claims = ends.flatMap((end) => end.claims);
  return { claims, more: ends.some(({ complete }) => complete === false), way: null };
}

// The names of the other ends, which an answer about one thing does not bring along.
async function learnNames(claims, subject, names) {
  const others = claims.map((claim) => otherEnd(claim, subject)).filter((iri) => iri?.startsWith(ID) && !names[iri]);
  const asked = [...new Set(others)].slice(0, 200).map((iri) => `<${iri}>`);
  if (!asked.length) return;
  const query = `SELECT ?thing ?name { VALUES ?thing { ${asked.join(" ")} } ?thing <${SKOS}prefLabel> ?name }`;
  const { rows } = await runSparql(query);
  for (const [thing, name] of rows) {
    if (!names[thing.value] || name["xml:lang"] === language) names[thing.value] = name.value;
  }
}

const otherEnd = (claim, subject) => (claim.subject === subject ? claim.object : claim.subject);

function tieWords({ subject, predicate, object }, name) {
  if (!object) return [endLink(subject, name)];
  return [endLink(subject, name), el("p", {}, predicate ? shortName(predicate) : "↕"), endLink(object, name)];
}

function endLink(iri, name) {
  const page = pageOf(iri);
  return page ? el("a", { href: page, class: "end" }, name(iri)) : el("span", { class: "end" }, name(iri));
}

function cards({ claims, more }, subject, name) {
  if (!claims.length) return [el("p", { class: "hint" }, words.details.no_evidence)];
  return [
    el(
      "p",
      { class: "hint" },
      claims.length === 1 ? words.details.one_claim : fill(words.details.claims, { n: number(claims.length) }),
    ),
    ...claims.map((claim) => card(claim, subject, name)),
    more ? el("p", { class: "hint" }, words.evidence.more) : null,
  ].filter(Boolean);
}

// subject: the one thing that is asked about, where a claim is to say what it ties it to.
function card(claim, subject, name) {
  const lang = claim.language;
  const title = clip(claim.title || words.details.untitled, 400);
  const date = claim.issued ? dateWord(claim.issued) : words.details.undated;
  const gone = claim.withdrawn && fill(words.details.withdrawn, { date: dateWord(claim.withdrawn.slice(0, 10)) });
  const origin = [claim.publisher && clip(claim.publisher, 200), date, lang && (languageWord(lang) ?? lang), gone]
    .filter(Boolean)
    .join(" · ");
  const page = claim.source && pageOf(claim.source);
  const facts = [];
  const fact = (term, value) => facts.push(el("dt", {}, term), el("dd", {}, clip(String(value), 300)));
  const tie = subject && claim.predicate ? tieOf(claim, subject, name) : null;
  if (claim.predicate && !tie) fact(words.evidence.relation, shortName(claim.predicate));
  if (claim.confidence !== undefined && claim.confidence !== null)
    fact(words.details.confidence, number(Number(claim.confidence)));
  return el(
    "article",
    { class: `claim ${claim.status === "stated" ? "" : "unsure"}` },
    tie,
    el("blockquote", { lang }, clip(claim.quote ?? "")),
    el(
      "p",
      { class: "origin" },
      claim.url ? outsideLink(claim.url, title, { lang }) : el("span", { lang }, title),
      el("small", {}, origin),
    ),
    el(
      "div",
      { class: "facts" },
      el("mark", {}, statusWord(claim.status) ?? claim.status ?? ""),
      el("dl", {}, ...facts),
    ),
    el(
      "p",
      { class: "acts" },
      button(words.evidence.copy, (event) => copy(citation(claim), event.currentTarget, words.evidence.copy)),
      page ? el("a", { href: page }, words.evidence.record) : null,
    ),
  );
}

function tieOf(claim, subject, name) {
  const inverse = claim.subject !== subject;
  const word = claim.predicate.startsWith(MG) ? relationWord(claim.predicate.slice(MG.length), inverse) : null;
  return el("p", { class: "tie" }, `${word ?? shortName(claim.predicate)} `, endLink(otherEnd(claim, subject), name));
}

function citation(claim) {
  const date = claim.issued ? dateWord(claim.issued) : words.details.undated;
  const parts = [claim.publisher, claim.title || words.details.untitled, date];
  return `“${claim.quote}” — ${parts.filter(Boolean).join(", ")}${claim.url ? `, ${claim.url}` : ""}`;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden && !event.defaultPrevented) closeEvidence();
});
