// From rows to what a chart draws: one value for each place on the axis and each series, and what was left out.

import { clip } from "./dom.js";
import { isNumber, MONEY } from "./columns.js";
import { cell } from "./cells.js";
import { compare } from "./words.js";

const NOT_ADDED = /percent|share|score|confidence|average|median/i;
export const MOST_SERIES = 7;

// {points: [{x, series, value, row}], added: whether values of several rows were put together, apart: whether they may not be, unread: rows without a
// number}. Sums of different currencies are different series, always.
export function readSeries(answer, arranged, { x, y, series }) {
  const find = (name) =>
    arranged.shown.find((column) => column.name === name || column.of.name === arranged.place[name]);
  const columnX = find(x) ?? { name: x, kind: "text", of: { value: arranged.place[x] } };
  const columnSeries = series
    ? (find(series) ?? { name: series, kind: "text", of: { value: arranged.place[series] } })
    : null;
  const money = MONEY.has(y) && "currency" in arranged.place;
  const apart = NOT_ADDED.test(y);
  const points = new Map();
  let added = false;
  let unread = 0;
  answer.rows.forEach((row, at) => {
    const term = row[arranged.place[y]];
    if (!isNumber(term)) return unread++;
    const labels = [columnSeries && said(columnSeries, row), money && row[arranged.place.currency]?.value].filter(
      Boolean,
    );
    const point = { x: said(columnX, row), series: labels.join(" · "), value: Number(term.value), row };
    const key = JSON.stringify([point.x, point.series, apart ? at : 0]);
    const before = points.get(key);
    if (before) ((before.value += point.value), (added = true));
    else points.set(key, point);
  });
  return { points: [...points.values()], added, apart, unread, byYear: columnX.kind === "year", columnX };
}

const said = (column, row) =>
  clip(
    cell({ ...column, kind: column.kind === "quote" ? "text" : column.kind }, row)
      .map((part) => (typeof part === "string" ? part : part.textContent))
      .join(" "),
    120,
  );

// The names of the series, the largest first; those beyond the most that can be told apart are left out.
export function rankSeries(points) {
  const sums = new Map();
  for (const { series, value } of points) sums.set(series, (sums.get(series) ?? 0) + Math.abs(value));
  const ranked = [...sums].sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).map(([name]) => name);
  return { kept: ranked.slice(0, MOST_SERIES), dropped: ranked.slice(MOST_SERIES) };
}

// Round numbers for an axis from 0 to the largest value.
export function ticks(largest, wanted = 5) {
  if (!(largest > 0)) return [0, 1];
  const rough = largest / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const whole = Math.max(step, largest < wanted && Number.isInteger(largest) ? 1 : step);
  const marks = [];
  for (let value = 0; value < largest + whole; value += whole) marks.push(Number(value.toPrecision(12)));
  return marks;
}
