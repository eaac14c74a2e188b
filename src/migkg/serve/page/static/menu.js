// The questions at the left: by group, the most wanted first in each, narrowed by words of their title or question.

import { byId, button, el } from "./dom.js";
import { fold, inLanguage, words } from "./words.js";

export function drawMenu(catalogue, open) {
  const list = el("div", { class: "groups" });
  const field = el("input", {
    type: "search",
    id: "find-question",
    placeholder: words.sidebar.find,
    "aria-label": words.sidebar.find,
    oninput: () => show(field.value),
  });
  const show = (typed) => list.replaceChildren(...groups(catalogue, fold(typed), open));
  show("");
  byId("menu").setAttribute("aria-label", words.sidebar.title);
  byId("menu").replaceChildren(el("div", { class: "find" }, field), list);
}

function groups(catalogue, typed, open) {
  const parts = typed.split(" ").filter(Boolean);
  const fits = (question) =>
    parts.every((part) =>
      fold(`${inLanguage(question.title)} ${inLanguage(question.question)} ${question.name}`).includes(part),
    );
  const found = Object.entries(words.menu_groups).flatMap(([group, title]) => {
    const questions = (words.menu[group] ?? [])
      .map((name) => catalogue.get(name))
      .filter((question) => question && fits(question));
    questions.sort((a, b) => b.stars - a.stars);
    return questions.length
      ? [el("h2", {}, title), el("ul", {}, ...questions.map((question) => el("li", {}, item(question, open))))]
      : [];
  });
  return found.length ? found : [el("p", { class: "hint" }, words.sidebar.nothing)];
}

function item(question, open) {
  return el(
    "button",
    {
      type: "button",
      "data-question": question.name,
      title: inLanguage(question.question),
      onclick: () => open(question.name),
    },
    el("span", {}, inLanguage(question.title)),
    question.stars ? el("span", { class: "star", title: words.sidebar.star }, "★") : null,
  );
}

export function markQuestion(name) {
  for (const one of document.querySelectorAll("#menu [data-question]")) {
    const here = one.dataset.question === name;
    if (here) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
    if (here) one.scrollIntoView({ block: "nearest" });
  }
}
