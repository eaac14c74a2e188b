// The answer as a table: sorted by a click on a heading, narrowed by words, a portion of rows at a time.

import { button, el } from "./dom.js";
import { cell, plain, sortValue } from "./cells.js";
import { arrange } from "./columns.js";
import { columnWord, compare, count, fill, fold, number, words } from "./words.js";

const PORTION = 200;

export function drawTable(place, answer, { query, showEvidence, tie }) {
  const { shown } = arrange(answer);
  const state = { column: null, down: false, narrowed: "", portion: PORTION };
  const body = el("tbody");
  const rest = button("", () => ((state.portion += PORTION * 5), fillBody()), { class: "more" });
  const heads = shown.map((column, at) => heading(column, at));
  const told = el("p", { class: "hint", role: "status" });
  const withEvidence = answer.rows.some((row) => tie(row));

  function heading(column, at) {
    const meaning = query?.columns?.[column.name];
    return el(
      "th",
      { scope: "col", "aria-sort": "none", "data-column": column.name, class: `is-${column.kind}` },
      button(columnWord(column.name), () => sortBy(at), { title: meaning }),
    );
  }

  function sortBy(at) {
    state.down = state.column === at ? !state.down : ["number", "money"].includes(shown[at].kind);
    state.column = at;
    heads.forEach((head, i) =>
      head.setAttribute("aria-sort", i !== at ? "none" : state.down ? "descending" : "ascending"),
    );
    fillBody();
  }

  function chosenRows() {
    const wanted = fold(state.narrowed);
    let rows = answer.rows;
    if (wanted) rows = rows.filter((row) => fold(shown.map((column) => plain(column, row)).join(" ")).includes(wanted));
    if (state.column === null) return rows;
    const column = shown[state.column];
    const keyed = rows.map((row) => [sortValue(column, row), row]);
    keyed.sort(([a], [b]) => {
      if (a === null || b === null) return (a === null) - (b === null);
      const order = typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b));
      return state.down ? -order : order;
    });
    return keyed.map(([, row]) => row);
  }

  function fillBody() {
    const rows = chosenRows();
    body.replaceChildren(...rows.slice(0, state.portion).map(tableRow));
    rest.hidden = rows.length <= state.portion;
    rest.textContent = fill(words.details.more, { n: number(Math.min(PORTION * 5, rows.length - state.portion)) });
    told.textContent =
      rows.length === answer.rows.length
        ? rest.hidden
          ? ""
          : fill(words.results.first_rows, { n: number(state.portion), m: number(rows.length) })
        : fill(words.results.narrowed, { n: number(rows.length), m: number(answer.rows.length) });
  }

  function tableRow(row) {
    const cells = shown.map((column) => el("td", { class: `is-${column.kind}` }, ...cell(column, row)));
    const target = tie(row);
    const opener =
      target &&
      button("❝", () => showEvidence(target, opener), {
        class: "evidence",
        title: words.results.evidence,
        "aria-label": words.results.evidence,
      });
    return el("tr", {}, withEvidence ? el("td", { class: "is-evidence" }, opener) : null, ...cells);
  }

  const narrow = el("input", {
    type: "search",
    placeholder: words.results.narrow,
    "aria-label": words.results.narrow,
    oninput: () => ((state.narrowed = narrow.value), (state.portion = PORTION), fillBody()),
  });
  fillBody();
  place.replaceChildren(
    el("div", { class: "narrow" }, answer.rows.length > 8 ? narrow : null, told),
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": words.views.table },
      el(
        "table",
        {},
        el("caption", { class: "unseen" }, count("rows", answer.rows.length)),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            withEvidence ? el("th", { scope: "col" }, el("span", { class: "unseen" }, words.results.evidence)) : null,
            ...heads,
          ),
        ),
        body,
      ),
    ),
    rest,
  );
}

// Triples as a table of three columns.
export const tripleRows = (triples) => ({ columns: ["subject", "predicate", "object"], rows: triples });
