// What one graph says that an older one does not: facts added, changed and withdrawn, as a table with filters.

const CHANGES = ["added", "changed", "withdrawn"];
const KINDS = ["actors", "ties", "units", "things", "identity", "themes", "documents", "other"];
const facts = view.facts.map((fact, place) => ({ relation: "", what: "", before: "", after: "", old: [], new: [], sources: [], ...fact, place }));
const shown = new Set(CHANGES);
const [oldName, newName] = view.sides;
let kind = "";
let sought = [];

byId("about").append(
  el("strong", {}, oldName), " → ", el("strong", {}, newName),
  view.lines ? ` · ${fill(say.lines, { n: number(view.lines[0]), m: number(view.lines[1]) })}` : "",
  view.left ? ` · ${fill(say.left_out, { n: number(facts.length), m: number(facts.length + view.left) })}` : "");

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const linkWord = (relation) => (relation === "subject" ? say.about : relationWord(relation));
const whatWord = (what) => (what ? wordFor(say.aspects, what) : "");

// A value in the language of the page, where it is a code.
function valueWord(fact, text) {
  if (fact.what === "status") return wordFor(words.status, text);
  if (fact.what === "type" || (fact.kind === KINDS.indexOf("things") && !fact.what)) return text.split("; ").map(typeWord).join("; ");
  if (fact.what === "amount") return text.replace(/(\d+(?:\.\d+)?) ([A-Z]{3})/g, (_, value, currency) => moneyWord(value, currency));
  if (fact.what === "date") return text.split("; ").map(dateWord).join("; ");
  return fact.relation && !fact.what ? text.split("; ").map((part) => wordFor(words.status, part)).join("; ") : text;
}

const haystack = (fact) => folded([things[fact.subject].label, fact.object === undefined ? "" : things[fact.object].label,
  fact.relation && linkWord(fact.relation), whatWord(fact.what), fact.before, fact.after].join(" "));
const haystacks = facts.map(haystack);
const isShown = (fact) => shown.has(CHANGES[fact.change]) && (!kind || KINDS[fact.kind] === kind) &&
  sought.every((word) => haystacks[fact.place].includes(word));

function changeButton(change) {
  const press = button("", () => {
    if (shown.has(change)) shown.delete(change);
    else shown.add(change);
    press.setAttribute("aria-pressed", String(shown.has(change)));
    refresh();
  }, { "aria-pressed": "true", "data-change": change, title: say.meaning[change] });
  press.append(el("span", { class: `verdict ${change}` }, say.changes[change]), el("span", { class: "count" }, number(view.counts[change])));
  return press;
}

function kindChoice() {
  const options = KINDS.filter((name) => view.kinds[name]).map((name) =>
    el("option", { value: name }, `${say.kinds[name]} (${number(view.kinds[name])})`));
  const choice = el("select", { id: "kind", onchange: () => { kind = choice.value; refresh(); } }, el("option", { value: "" }, say.all), options);
  return el("label", {}, say.kind, choice);
}

function searchField() {
  const field = el("input", { type: "search", id: "search", placeholder: words.tools.search, "aria-label": words.tools.search,
    oninput: () => { sought = folded(field.value).split(/\s+/).filter(Boolean); refresh(); } });
  return field;
}

// What was and what is, one after the other.
function values(fact) {
  const parts = [];
  if (fact.before) parts.push(el("del", {}, cut(valueWord(fact, fact.before), 220)));
  if (fact.before && fact.after) parts.push(" → ");
  if (fact.after) parts.push(el("ins", {}, cut(valueWord(fact, fact.after), 220)));
  return parts;
}

const whatCell = (fact) => [fact.what ? `${whatWord(fact.what)}: ` : "", ...values(fact)];

function documentOf(fact) {
  const [claim] = fact.new.length ? fact.new : fact.old;
  const source = claim === undefined ? sources[fact.sources[0]] : sources[claims[claim].source];
  if (!source) return "";
  return [source.title ?? words.details.untitled, el("small", { class: "count" }, source.issued ? dateWord(source.issued) : "")];
}

function choose(fact, from) {
  const change = CHANGES[fact.change];
  const head = fact.object === undefined
    ? el("h2", {}, things[fact.subject].type ? icon(things[fact.subject].type) : null, el("span", {}, things[fact.subject].label))
    : el("div", { class: "triple" }, el("p", { class: "end" }, named(fact.subject)),
      el("p", { class: "relation" }, linkWord(fact.relation)), el("p", { class: "end" }, named(fact.object)));
  const sides = [[oldName, fact.before, fact.old], [newName, fact.after, fact.new]];
  show([
    el("p", { class: `verdict ${change}` }, [say.changes[change], whatWord(fact.what)].filter(Boolean).join(" · ")),
    head,
    el("p", { class: "hint" }, fact.what in say.units ? say.units[fact.what] : say.meaning[change]),
    fact.confidence ? el("p", { class: "hint" }, `${words.details.confidence}: ${number(fact.confidence)}`) : null,
    sides.flatMap(([name, text, told]) => [
      text || told.length ? el("h3", {}, name) : null,
      text && fact.what !== "sentence" ? el("p", { class: "value" }, breakable(valueWord(fact, text))) : null,
      ...(told.length ? claimList(told) : [])]),
    fact.sources.length ? [el("h3", {}, say.said_by), ...fact.sources.map(documentCard)] : null,
  ], from);
}

function documentCard(place) {
  const { title, url, language: tongue, publisher, issued } = sources[place];
  const name = title ?? words.details.untitled;
  const heading = url ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank", lang: tongue }, name) : el("span", { lang: tongue }, name);
  const origin = [publisher, issued ? dateWord(issued) : words.details.undated].filter(Boolean).join(" · ");
  return el("article", { class: "claim" }, el("p", { class: "origin" }, heading, el("small", {}, origin)));
}

const listing = el("div", { class: "listing" });
function refresh() {
  const kept = facts.filter(isShown);
  const rows = kept.map((fact) => ({ key: fact.place, act: (event) => choose(fact, event.currentTarget.querySelector("button")), cells: [
    el("span", { class: `verdict ${CHANGES[fact.change]}` }, say.changes[CHANGES[fact.change]]),
    el("button", { type: "button", class: "plain" }, things[fact.subject].label),
    fact.relation ? linkWord(fact.relation) : el("span", { class: "hint" }, say.kinds[KINDS[fact.kind]]),
    fact.object === undefined ? "" : things[fact.object].label, whatCell(fact), documentOf(fact)] }));
  const heads = [say.change, words.table.from, words.table.relation, words.table.to, say.what, words.table.source];
  listing.replaceChildren(...makeTable(fill(say.caption, { n: number(kept.length) }), heads, rows));
}

byId("tools").append(...CHANGES.map(changeButton), kindChoice(), searchField());
if (facts.length) byId("board").append(listing);
else byId("board").append(el("p", { class: "hint" }, view.lines && view.lines[0] + view.lines[1] ? say.no_fact : say.nothing));
refresh();
show(null);
window.migkg = { facts, choose };
document.documentElement.dataset.drawn = "yes";
