// Bars, or columns over the years where the question counts by year. What cannot be drawn is said below.

import { el, svg } from "./dom.js";
import { arrange } from "./columns.js";
import { MOST_SERIES, rankSeries, readSeries, ticks } from "./series.js";
import { columnWord, compare, fill, lowered, number, words } from "./words.js";

const MOST_BARS = 40;
const MOST_YEARS = 60;
const COLOURS = MOST_SERIES + 1;
const compact = (value) =>
  Math.abs(value) >= 1e5
    ? new Intl.NumberFormat(document.documentElement.lang, { notation: "compact" }).format(value)
    : number(value);

export function drawChart(place, answer, { form }) {
  const read = readSeries(answer, arrange(answer), form);
  const { kept, dropped } = rankSeries(read.points);
  const points = read.points.filter((point) => kept.includes(point.series));
  const notes = [];
  const dated = points.filter((point) => /^\d{4}$/.test(point.x));
  const years = read.byYear && dated.length > 0;
  const title = years
    ? fill(words.chart.by_year, { what: columnWord(form.y) })
    : fill(words.chart.by, { what: columnWord(form.y), by: lowered(columnWord(read.columnX.name)) });
  if (!points.length) return place.replaceChildren(el("p", { class: "hint" }, words.chart.nothing));
  const drawing = years ? columns(dated, kept, read.apart) : bars(points, kept, notes);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", `${title}. ${words.chart.same_in_table}`);
  if (read.added) notes.push(words.chart.added);
  if (dropped.length) notes.push(fill(words.chart.dropped, { n: number(dropped.length) }));
  if (read.unread) notes.push(fill(words.chart.unread, { n: number(read.unread) }));
  place.replaceChildren(
    el(
      "figure",
      { class: "chart" },
      el("figcaption", {}, title),
      kept.length > 1 || kept[0] ? legend(kept) : null,
      el("div", { class: "scroll" }, drawing),
      years ? withoutYear(points.filter((point) => !dated.includes(point))) : null,
      ...notes.map((note) => el("p", { class: "hint" }, note)),
    ),
  );
}

const shade = (series, kept) => `series series-${kept.indexOf(series) % COLOURS}`;
const name = (series) => series || words.chart.without;

function legend(kept) {
  return el(
    "ul",
    { class: "legend" },
    ...kept.map((series) =>
      el(
        "li",
        {},
        svg(
          "svg",
          { viewBox: "0 0 12 12", "aria-hidden": "true" },
          svg("rect", { width: 12, height: 12, rx: 2, class: shade(series, kept) }),
        ),
        name(series),
      ),
    ),
  );
}

function bars(points, kept, notes) {
  const totals = new Map();
  for (const { x, value } of points) totals.set(x, Math.max(totals.get(x) ?? -Infinity, value));
  const groups = [...totals].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).map(([x]) => x);
  if (groups.length > MOST_BARS) notes.push(fill(words.chart.most, { n: number(MOST_BARS), m: number(groups.length) }));
  const shown = groups.slice(0, MOST_BARS);
  const drawn = shown.flatMap((x) =>
    points
      .filter((point) => point.x === x)
      .sort((a, b) => kept.indexOf(a.series) - kept.indexOf(b.series))
      .map((point, nth) => ({ ...point, first: nth === 0 })),
  );
  const [left, width, high, top] = [300, 960, 22, 26];
  const marks = ticks(Math.max(...drawn.map(({ value }) => value)));
  const scale = (value) => left + (Math.max(value, 0) / marks.at(-1)) * (width - left - 70);
  let y = top;
  const parts = [];
  for (const bar of drawn) {
    if (bar.first) y += 6;
    const label = bar.first
      ? svg("text", { x: left - 8, y: y + 14, class: "end" }, cut(bar.x || words.chart.unknown, 40))
      : null;
    parts.push(
      svg(
        "g",
        {},
        svg("title", {}, [bar.x, bar.series, number(bar.value)].filter(Boolean).join(" · ")),
        label,
        svg("rect", {
          x: left,
          y,
          width: Math.max(scale(bar.value) - left, 1),
          height: high - 5,
          rx: 2,
          class: shade(bar.series, kept),
        }),
        svg("text", { x: scale(bar.value) + 6, y: y + 13, class: "value" }, compact(bar.value)),
      ),
    );
    y += high;
  }
  const lines = marks.map((mark) =>
    svg(
      "g",
      { class: "axis" },
      svg("line", { x1: scale(mark), x2: scale(mark), y1: top, y2: y + 4 }),
      svg("text", { x: scale(mark), y: 16, class: "middle" }, compact(mark)),
    ),
  );
  return svg("svg", { viewBox: `0 0 ${width} ${y + 10}`, class: "drawing fitted" }, ...lines, ...parts);
}

// Columns for every year from the first to the last. Counts stand on each other; shares, which cannot be added, side by
// side. What has no year is told below: as a column it would dwarf the years.
function columns(points, kept, apart) {
  const known = points.map(({ x }) => Number(x));
  const last = Math.max(...known);
  const first = Math.max(Math.min(...known), last - MOST_YEARS + 1);
  const slots = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const [left, width, top, bottom] = [52, 960, 14, 290];
  const heights = slots.map((year) =>
    points
      .filter(({ x }) => Number(x) === year)
      .reduce((sum, { value }) => (apart ? Math.max(sum, value) : sum + value), 0),
  );
  const marks = ticks(Math.max(...heights));
  const scale = (value) => bottom - (Math.max(value, 0) / marks.at(-1)) * (bottom - top);
  const room = (width - left - 10) / slots.length;
  const thick = Math.min(46, room - Math.min(10, room / 3));
  const every = Math.ceil(44 / room);
  const lines = marks.map((mark) =>
    svg(
      "g",
      { class: "axis" },
      svg("line", { x1: left, x2: width - 10, y1: scale(mark), y2: scale(mark) }),
      svg("text", { x: left - 8, y: scale(mark) + 4, class: "end" }, compact(mark)),
    ),
  );
  const labels = slots.map((year, i) =>
    i % every ? null : svg("text", { x: left + room * (i + 0.5), y: bottom + 18, class: "middle" }, String(year)),
  );
  const below = new Map();
  const ordered = [...points].sort((a, b) => kept.indexOf(a.series) - kept.indexOf(b.series));
  const parts = ordered.map(({ x, series, value }) => {
    const slot = slots.indexOf(Number(x));
    if (slot < 0) return null;
    const base = apart ? 0 : (below.get(x) ?? 0);
    below.set(x, base + value);
    const one = apart ? thick / kept.length : thick;
    const from = left + room * (slot + 0.5) - thick / 2 + (apart ? one * kept.indexOf(series) : 0);
    return svg(
      "rect",
      {
        x: from,
        y: scale(base + value),
        width: Math.max(one - (apart ? 1 : 0), 1.5),
        height: Math.max(scale(base) - scale(base + value), 1),
        class: shade(series, kept),
      },
      svg("title", {}, [x, series, number(value)].filter(Boolean).join(" · ")),
    );
  });
  return svg("svg", { viewBox: `0 0 ${width} ${bottom + 30}`, class: "drawing fitted" }, ...lines, ...labels, ...parts);
}

function withoutYear(points) {
  if (!points.length) return null;
  const said = points.map(({ series, value }) =>
    series || points.length > 1 ? `${name(series)} ${number(value)}` : number(value),
  );
  return el("p", { class: "hint" }, `${words.chart.no_year}: ${said.join(", ")}`);
}

export const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
