// Dated rows along the years: a mark for a day or a year, a bar for a span. What has no year is listed apart.

import { clip, el, svg } from "./dom.js";
import { cell } from "./cells.js";
import { arrange } from "./columns.js";
import { cut } from "./chart.js";
import { columnWord, compare, count, dateSpan, dateWord, fill, number, words } from "./words.js";

const MOST = 150;
const LINE = 24;

export function drawTimeline(place, answer, { form, tie, showEvidence }) {
  const entries = readEntries(answer, form);
  const dated = entries
    .filter(({ span }) => span)
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compare(a.label, b.label));
  const undated = entries.filter(({ span }) => !span);
  const open = (entry, from) => {
    const target = tie(entry.row);
    if (target) showEvidence(target, from);
  };
  const parts = [el("figcaption", {}, fill(words.timeline.title, { what: columnWord(form.label) }))];
  if (dated.length) parts.push(el("div", { class: "scroll" }, drawing(dated.slice(0, MOST), open)));
  if (dated.length > MOST)
    parts.push(el("p", { class: "hint" }, fill(words.timeline.most, { n: number(MOST), m: number(dated.length) })));
  if (undated.length)
    parts.push(
      el("h3", {}, count("undated", undated.length)),
      el(
        "ul",
        { class: "undated" },
        ...undated
          .slice(0, MOST)
          .map((entry) =>
            el(
              "li",
              {},
              entry.label,
              entry.when ? el("small", {}, ` ${dateWord(entry.when)}`) : null,
              entry.group ? el("small", {}, ` · ${entry.group}`) : null,
            ),
          ),
      ),
    );
  place.replaceChildren(el("figure", { class: "timeline" }, ...parts));
}

// One entry for each label and date; the groups of rows that say the same of it (its organisers) stand together.
function readEntries(answer, { date, label, group }) {
  const { shown, place } = arrange(answer);
  const column = (name) =>
    shown.find((one) => one.name === name || one.of.name === place[name]) ?? {
      name,
      kind: "text",
      of: { value: place[name] },
    };
  const said = (name, row) => {
    const one = column(name);
    return clip(
      cell(one.kind === "quote" ? { ...one, kind: "text" } : one, row)
        .map((part) => (typeof part === "string" ? part : part.textContent))
        .join(" "),
      300,
    );
  };
  const entries = new Map();
  for (const row of answer.rows) {
    const when = row[place[date]]?.value ?? null;
    const text = said(label, row);
    const by = group ? said(group, row) : "";
    const entry = entries.get(`${when}\n${text}`);
    if (!entry)
      entries.set(`${when}\n${text}`, {
        when,
        label: text,
        groups: new Set(by ? [by] : []),
        row,
        span: when ? dateSpan(when) : null,
      });
    else if (by) entry.groups.add(by);
  }
  return [...entries.values()].map((entry) => ({ ...entry, group: [...entry.groups].join(", ") }));
}

function drawing(entries, open) {
  const first = Math.floor(Math.min(...entries.map(({ span }) => span.start)));
  const last = Math.max(first + 1, Math.ceil(Math.max(...entries.map(({ span }) => span.end))));
  const [left, width, top] = [16, 980, 30];
  const reach = width - 420;
  const scale = (year) => left + ((year - first) / (last - first)) * reach;
  const high = top + entries.length * LINE;
  const every = Math.max(1, Math.ceil((last - first) / 14));
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter(
    (year) => (year - first) % every === 0,
  );
  const lines = years.map((year) =>
    svg(
      "g",
      { class: "axis" },
      svg("line", { x1: scale(year), x2: scale(year), y1: top - 8, y2: high }),
      svg("text", { x: scale(year), y: 14, class: "middle" }, String(year)),
    ),
  );
  const marks = entries.map((entry, at) => mark(entry, top + at * LINE, scale, open));
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${high + 6}`, class: "drawing fitted", role: "group", "aria-label": words.views.timeline },
    ...lines,
    ...marks,
  );
}

function mark(entry, y, scale, open) {
  const { span } = entry;
  const [from, to] = [scale(span.start), scale(span.end)];
  const exact = to - from < 9;
  const shape = exact
    ? svg("circle", { cx: (from + to) / 2, cy: y + 9, r: 5.5, class: "series series-0" })
    : svg("rect", {
        x: from,
        y: y + 4,
        width: Math.max(to - from, 4),
        height: 10,
        rx: 5,
        class: `series series-0${span.open ? " open" : ""}`,
      });
  const text = svg(
    "text",
    { x: Math.max(to, from + 9) + 8, y: y + 13.5 },
    cut(entry.label, entry.group ? 34 : 50),
    svg("tspan", { class: "muted" }, `  ${dateWord(entry.when)}${entry.group ? ` · ${cut(entry.group, 26)}` : ""}`),
  );
  const act = (event) => open(entry, event.currentTarget);
  return svg(
    "g",
    {
      class: "entry",
      tabindex: "0",
      role: "button",
      "aria-label": `${entry.label}, ${dateWord(entry.when)} ${entry.group}`,
      onclick: act,
      onkeydown: (event) => event.key === "Enter" && act(event),
    },
    svg("title", {}, [entry.label, dateWord(entry.when), entry.group].filter(Boolean).join(" · ")),
    svg("rect", { x: 0, y, width: 980, height: LINE, class: "row" }),
    shape,
    text,
  );
}
