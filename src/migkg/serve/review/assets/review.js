// The queue of proposals: shows one pair at a time, and writes what the reader decides. All text goes in as text.

const token = document.querySelector('meta[name="migkg-token"]').content;
const find = (selector) => document.querySelector(selector);
const FEW = 3;
const MOST_CHOICES = 18;
let words = {}, file = "", queue = [], at = 0, loaded = false, running = Promise.resolve();
const opened = new Set();

async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "content-type": "application/json", "x-migkg-token": token },
    body: JSON.stringify(body),
  };
  const answer = await fetch(path, { ...options, credentials: "same-origin", redirect: "error" });
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer.json();
}

function language() { return find("#language").value; }

function word(key, values = {}) {
  const text = words[language()][key];
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

function make(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
  return element;
}

function number(value, digits = 2) {
  return value.toLocaleString(language(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function count(n) { return n === 1 ? word("one_source") : word("sources", { n: number(n, 0) }); }

function origin(witness) {
  return [witness.published || word("undated"), witness.publisher, witness.title].filter(Boolean).join(" · ");
}

function quote(witness) {
  const block = make("blockquote");
  const text = make("p", undefined, { lang: witness.language });
  const said = witness.sentence || witness.label, place = said.indexOf(witness.label);
  if (place < 0) text.textContent = said;
  else text.append(said.slice(0, place), make("mark", witness.label), said.slice(place + witness.label.length));
  const foot = make("footer", origin(witness), { class: "muted" });
  block.append(text, foot);
  if (/^https?:\/\//.test(witness.url || "")) {
    const link = make("a", "↗", { href: witness.url, target: "_blank", rel: "noopener noreferrer" });
    link.setAttribute("aria-label", witness.title || witness.url);
    foot.append(" ", link);
  }
  return block;
}

function side(value) {
  const box = make("article", undefined, { class: "side" });
  const { types, countries } = words[language()];
  const place = countries[value.country] || value.country;
  const kind = [types[value.type] || value.type, place, value.when, count(value.references)].filter(Boolean).join(" · ");
  const names = make("ul", undefined, { class: "names" });
  for (const { language: code, name } of value.names) {
    const row = make("li");
    row.append(make("span", code || "—", { class: "code" }), make("span", name, { lang: code }));
    names.append(row);
  }
  box.append(make("p", kind, { class: "kind" }), names);
  const all = opened.has(value.iri), shown = all ? value.witnesses : value.witnesses.slice(0, FEW);
  box.append(...shown.map(quote));
  if (value.witnesses.length > shown.length) {
    const more = make("button", word("more", { n: value.witnesses.length - shown.length }), { type: "button" });
    more.addEventListener("click", () => { opened.add(value.iri); draw(); });
    box.append(more);
  }
  box.append(make("p", value.iri, { class: "iri" }));
  return box;
}

function reason(value) {
  const row = make("li");
  const sign = value.weight > 0 ? "for" : value.weight < 0 ? "against" : "";
  const weight = `${value.weight > 0 ? "+" : ""}${number(value.weight)}`;
  const name = words[language()][`feature_${value.feature.replace(" ", "_")}`] || value.feature;
  row.append(make("span", weight, { class: `weight ${sign}` }), name);
  if (value.value) row.append(make("span", ` ${value.value}`, { class: "muted" }));
  return row;
}

function draw() {
  document.documentElement.lang = language();
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const button of document.querySelectorAll("footer [data-action]")) {
    button.replaceChildren(word(button.dataset.action), make("kbd", button.dataset.key));
    button.setAttribute("aria-keyshortcuts", button.dataset.key);
  }
  find("#lead").textContent = word("lead", { name: file });
  const proposal = queue[at];
  find("#nothing").hidden = Boolean(proposal) || !loaded;
  find("#reasons").hidden = !proposal || !proposal.reasons.length;
  find("#pair").replaceChildren(...(proposal ? [side(proposal.left), side(proposal.right)] : []));
  find("#reasons ul").replaceChildren(...(proposal ? proposal.reasons.map(reason) : []));
  find("#place").textContent = proposal ? placeOf(proposal) : "";
  for (const name of ["same", "different", "unsure", "split", "next", "previous"])
    find(`[data-action="${name}"]`).disabled = !proposal;
}

function placeOf(proposal) {
  const score = word("score", { n: number(proposal.score), m: number(proposal.threshold) });
  const parts = [word("queue", { n: number(at + 1, 0), m: number(queue.length, 0) }), score];
  if (proposal.unsure) parts.push(word("unsure_before"));
  return parts.join(" · ");
}

function say(text, wrong = false) {
  find("#status").textContent = text;
  find("#status").classList.toggle("wrong", wrong);
}

// The sentences come when a pair is shown, so that a long queue is there at once.
async function show(place) {
  at = Math.max(0, Math.min(place, queue.length - 1));
  const proposal = queue[at];
  if (proposal && !proposal.detailed) {
    const pair = new URLSearchParams({ left: proposal.left.iri, right: proposal.right.iri });
    Object.assign(proposal, await ask(`/detail.json?${pair}`), { detailed: true });
  }
  draw();
  find("#main").scrollTop = 0;
}

async function load() {
  const answer = await ask("/queue.json");
  file = answer.file;
  queue = answer.proposals;
  loaded = true;
  await show(at);
}

async function decide(verdict, left, right) {
  await ask("/decide", { left, right, verdict, why: find("#why").value });
  find("#why").value = "";
  queue.splice(at, 1);
  await show(at);
  say(word(`said_${verdict}`));
}

async function undo() {
  const taken = await ask("/undo", {});
  if (!taken) return say(word("nothing_to_undo"));
  await load();
  const back = queue.findIndex((p) => [p.left.iri, p.right.iri].includes(taken.left)
    && [p.left.iri, p.right.iri].includes(taken.right));
  if (back >= 0) await show(back);
  say(word("said_undo", { name: [taken.leftLabel, taken.rightLabel].filter(Boolean).join(" – ") }));
}

async function apply() {
  say(word("working"));
  const answer = await ask("/apply", {});
  await load();
  say(word("applied", { n: number(answer.written, 0) }));
}

function choices(proposal) {
  return [proposal.left, proposal.right].flatMap((value) =>
    value.references > 1 ? value.witnesses.map((witness) => [value, witness]) : []).slice(0, MOST_CHOICES);
}

function split() {
  const list = choices(queue[at]);
  if (!list.length) return say(word("failed", { name: count(1) }), true);
  find("#choose ol").replaceChildren(...list.map(([value, witness]) => {
    const row = make("li"), button = make("button", undefined, { type: "button" });
    button.append(make("span", witness.label, { lang: witness.language }), " ", make("span", origin(witness), { class: "muted" }));
    button.addEventListener("click", () => {
      find("#choose").close();
      run(() => decide("split", value.iri, witness.source));
    });
    row.append(button);
    return row;
  }));
  find("#choose").showModal();
}

function decidePair(verdict) {
  const proposal = queue[at];
  return proposal && decide(verdict, proposal.left.iri, proposal.right.iri);
}

const actions = {
  same: () => decidePair("same"),
  different: () => decidePair("different"),
  unsure: () => decidePair("unsure"),
  split: () => queue[at] && split(),
  undo,
  apply,
  next: () => show(at + 1),
  previous: () => show(at - 1),
  cancel: () => find("#choose").close(),
};

// One after another, in the order of the keys: what is typed ahead waits and is not lost.
function run(action) {
  running = running.then(async () => {
    document.body.setAttribute("aria-busy", "true");
    try { await action(); } catch (error) { say(word("failed", { name: error.message }), true); }
    document.body.removeAttribute("aria-busy");
  });
  return running;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-action]");
  if (button) run(actions[button.dataset.action]);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (find("#choose").open) {
    const button = /^[1-9]$/.test(event.key) && find("#choose ol").children[event.key - 1]?.querySelector("button");
    if (button) { event.preventDefault(); button.click(); }
    return;
  }
  if (event.target.id === "why") {
    if (event.key === "Escape" || event.key === "Enter") find("#main").focus();
    return;
  }
  if (event.target.tagName === "SELECT") return;
  const button = find(`footer [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (event.key === "w") { event.preventDefault(); find("#why").focus(); }
  else if (button && !button.disabled) { event.preventDefault(); run(actions[button.dataset.action]); }
});

find("#language").addEventListener("change", () => {
  localStorage.setItem("migkg-language", language());
  draw();
});

words = await ask("/words.json");
const wanted = [localStorage.getItem("migkg-language"), ...navigator.languages.map((code) => code.slice(0, 2))];
find("#language").value = wanted.find((code) => code in words) || "en";
await run(load);
document.documentElement.dataset.ready = "yes";
