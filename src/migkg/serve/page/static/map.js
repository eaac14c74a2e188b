// Countries as circles on a map of the world, larger where the value is; the outlines are those of Natural Earth.

import { getJson } from "./ask.js";
import { el, svg } from "./dom.js";
import { isNumber } from "./columns.js";
import { columnWord, count, countryWord, fill, lowered, number, words } from "./words.js";

let world = null;

export async function drawMap(place, answer, { form }) {
  world ??= await getJson("page/vendor/world.json");
  const at = Object.fromEntries(answer.columns.map((name, i) => [name, i]));
  const values = new Map();
  let without = 0;
  for (const row of answer.rows) {
    const code = row[at[form.country]]?.value;
    if (!code || !Object.hasOwn(world.countries, code)) without++;
    else {
      const term = form.value ? row[at[form.value]] : null;
      const value = form.value ? (isNumber(term) ? Number(term.value) : 0) : 1;
      values.set(code, (values.get(code) ?? 0) + value);
    }
  }
  const what = form.value ? columnWord(form.value) : words.map.rows;
  const largest = Math.max(0, ...values.values());
  const radius = (value) => (largest > 0 ? 3 + 19 * Math.sqrt(Math.max(value, 0) / largest) : 3);
  const outlines = Object.entries(world.countries)
    .filter(([, shape]) => shape.path)
    .map(([code, shape]) =>
      svg(
        "path",
        { d: shape.path, class: values.has(code) ? "land told" : "land" },
        svg("title", {}, said(code, values, what)),
      ),
    );
  const circles = [...values]
    .filter(([, value]) => value > 0)
    .sort((a, b) => b[1] - a[1])
    .map(([code, value]) =>
      svg(
        "circle",
        {
          cx: world.countries[code].x,
          cy: world.countries[code].y,
          r: radius(value),
          class: "series series-0",
          "data-country": code,
        },
        svg("title", {}, said(code, values, what)),
      ),
    );
  const labels = [...values]
    .filter(([, value]) => value > 0)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12)
    .map(([code, value]) =>
      svg(
        "text",
        { x: world.countries[code].x, y: world.countries[code].y - radius(value) - 3, class: "middle halo" },
        `${countryWord(code) ?? code} ${number(value)}`,
      ),
    );
  const drawing = svg(
    "svg",
    {
      viewBox: `0 0 ${world.box[0]} ${world.box[1]}`,
      class: "drawing world",
      role: "img",
      "aria-label": `${what}. ${words.chart.same_in_table}`,
    },
    ...outlines,
    svg("path", { d: world.rest, class: "land" }),
    ...circles,
    ...apart(labels),
  );
  const list = [...values]
    .sort((a, b) => b[1] - a[1])
    .map(([code, value]) => el("li", {}, `${countryWord(code) ?? code}: ${number(value)}`));
  place.replaceChildren(
    el(
      "figure",
      { class: "map" },
      el("figcaption", {}, fill(words.chart.by, { what, by: lowered(columnWord(form.country)) })),
      drawing,
      without ? el("p", { class: "hint" }, count("placeless", without)) : null,
      el("details", {}, el("summary", {}, count("countries", values.size)), el("ul", {}, ...list)),
      el("p", { class: "hint" }, words.map.source),
    ),
  );
}

const said = (code, values, what) =>
  `${countryWord(code) ?? code}${values.has(code) ? `: ${number(values.get(code))} ${what}` : ""}`;

// Labels that would lie on an earlier (larger) one are left out.
function apart(labels) {
  const taken = [];
  return labels.filter((label) => {
    const [x, y, wide] = [
      Number(label.getAttribute("x")),
      Number(label.getAttribute("y")),
      label.textContent.length * 5.6,
    ];
    const box = [x - wide / 2, y - 11, x + wide / 2, y + 3];
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]))
      return false;
    return taken.push(box);
  });
}
