// The first page: what the graph holds, and the questions that are asked most.

import { programs, wholeGraph } from "./connection.js";
import { el, icon } from "./dom.js";
import { count, inLanguage, number, typeLook, typeWord, words } from "./words.js";

export function drawWelcome(place, catalogue, summary, open) {
  const starred = Object.values(words.menu)
    .flat()
    .map((name) => catalogue.get(name))
    .filter((question) => question?.stars);
  place.replaceChildren(
    el("h2", { class: "title" }, words.welcome.title),
    el("p", { class: "asked" }, words.welcome.text),
    el("ul", { class: "holdings", "aria-label": words.welcome.holds }, ...holdings(summary)),
    el("h3", {}, words.welcome.start),
    el(
      "div",
      { class: "cards" },
      ...starred.map((question) =>
        el(
          "button",
          { type: "button", "data-card": question.name, onclick: () => open(question.name) },
          el("strong", {}, inLanguage(question.title)),
          el("span", {}, inLanguage(question.question)),
        ),
      ),
    ),
    el(
      "p",
      { class: "hint elsewhere" },
      ...(programs() ? [words.welcome.programs, " ", el("code", {}, programs()), " · "] : []),
      words.welcome.whole,
      " ",
      ...["ttl", "nq", "jsonld"].flatMap((format) => [
        el("a", wholeGraph(format), words.formats[format]),
        " ",
      ]),
    ),
  );
}

function holdings({ entities = [], claims }) {
  const kinds = Array.isArray(entities) ? entities : [];
  const named = kinds.map(({ type, number: n }) => [type.split(/[#/]/).pop(), n]).filter(([type]) => typeLook(type));
  return [
    ...named.map(([type, n]) =>
      el("li", {}, icon(typeLook(type)), el("strong", {}, number(n)), ` ${typeWord(type, n !== 1)}`),
    ),
    claims
      ? el(
          "li",
          {},
          el("span", { class: "icon", "aria-hidden": "true" }, "❝"),
          el("strong", {}, count("claims", claims)),
        )
      : null,
  ].filter(Boolean);
}
