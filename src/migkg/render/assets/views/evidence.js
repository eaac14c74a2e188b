// The panel: what is chosen, with every sentence and the release that it stands in.

const panel = byId("details");
const FIRST = 12; // cards that are shown before "show more"
let opener = null; // what was clicked, so that Escape leads back to it

// Fill the panel; with nothing, the hint stands there again.
function show(parts, from = document.activeElement) {
  if (!parts) {
    panel.replaceChildren(el("p", { class: "hint" }, say.hint ?? common.hint));
    if (opener?.isConnected) opener.focus();
    opener = null;
    return;
  }
  opener = from && from !== document.body && !panel.contains(from) ? from : opener;
  const close = button("×", () => show(null), { class: "close", "aria-label": words.tools.close, title: words.tools.close });
  panel.replaceChildren(close, ...parts.flat().filter(Boolean));
  requestAnimationFrame(() => (panel.scrollTop = 0)); // at once it would lay out the page at every step
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel.querySelector(".close")) show(null);
});

function triple(subject, relation, object) {
  return el("div", { class: "triple" }, el("p", { class: "end" }, named(subject)),
    el("p", { class: "relation" }, relationWord(relation)), el("p", { class: "end" }, named(object)));
}

function countWord(count) {
  return count === 1 ? words.details.one_claim : fill(words.details.claims, { n: number(count) });
}

// The cards of some claims under a heading of its own; without any, the page says so.
function claimList(places, heading = words.details.evidence) {
  const title = el("h3", {}, heading, el("span", { class: "count" }, number(places.length)));
  if (!places.length) return [title, el("p", { class: "hint" }, words.details.no_evidence)];
  const list = el("div", { class: "claims" }, ...places.slice(0, FIRST).map(claimCard));
  const rest = places.slice(FIRST);
  const more = rest.length && button(fill(words.details.more, { n: number(rest.length) }), () => {
    list.append(...rest.map(claimCard));
    more.remove();
  }, { class: "more" });
  return [title, list, more || null];
}

// A word of thousands of letters gets places to break: to find them itself costs a browser seconds.
const breakable = (text) =>
  text.replace(/\S{60}(?=\S)/g, "$&\u0000").split("\u0000").flatMap((part, place) => (place ? [el("wbr"), part] : [part]));

function claimCard(place) {
  const claim = claims[place];
  const source = sources[claim.source];
  const title = source.title ?? words.details.untitled;
  const heading = source.url
    ? el("a", { href: source.url, rel: "noopener noreferrer", target: "_blank", title: words.details.open, lang: source.language }, title)
    : el("span", { lang: source.language }, title);
  const origin = [source.publisher, source.issued ? dateWord(source.issued) : words.details.undated,
    words.languages[source.language] ?? source.language,
    source.withdrawn && fill(words.details.withdrawn, { date: dateWord(source.withdrawn) })].filter(Boolean).join(" · ");
  const facts = [
    ...(claim.amounts ?? []).map((amount) => [words.details.amount, amountWord(amount)]),
    ...(claim.post ? [[words.details.post, claim.post]] : []),
    ...(claim.confidence !== undefined ? [[words.details.confidence, number(claim.confidence)]] : []),
  ];
  return el("article", { class: claim.status === "stated" ? "claim" : "claim unsure" },
    el("blockquote", { lang: source.language }, breakable(quotes[claim.quote])),
    el("p", { class: "origin" }, heading, el("small", {}, origin)),
    el("div", { class: "facts" }, el("mark", {}, words.status[claim.status] ?? claim.status),
      el("dl", {}, facts.flatMap(([term, text]) => [el("dt", {}, term), el("dd", {}, text)]))));
}
