// The years: how many links there are in each, which of them are shown, and playing them one after the other. A link
// counts in every year that it lasts. Links without a year stand apart, with a switch of their own.

const PACE = 900; // milliseconds a year when the years are played
const dated = edges.filter((edge) => edge.years);
const firstYear = dated.reduce((least, edge) => Math.min(least, edge.years[0]), Infinity);
const lastYear = dated.reduce((most, edge) => Math.max(most, edge.years[1]), -Infinity);
const span = dated.length ? lastYear - firstYear + 1 : 0;
const bars = Array.from({ length: Math.min(span, 300) }, (_, place) => {
  const bar = el("i");
  return { year: firstYear + place, bar, column: el("span", { onclick: () => showPeriod(firstYear + place, firstYear + place) }, bar) };
});
const [fromField, untilField] = [byId("from-year"), byId("until-year")];
let playing = 0;

// Links of each year and without one that the other filters let through.
function countYears() {
  const steps = new Array(span + 1).fill(0);
  let without = 0;
  for (const { counted, years } of edges) {
    if (!counted) continue;
    if (!years) without += 1;
    else {
      steps[years[0] - firstYear] += 1;
      steps[years[1] - firstYear + 1] -= 1;
    }
  }
  return { counts: summed(steps), without };
}

function showYears() {
  const { counts, without } = countYears();
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const [from, until] = [shown.from ?? firstYear, shown.until ?? lastYear];
  for (const { year, bar, column } of bars) {
    const count = counts[year - firstYear];
    bar.style.height = `${count ? Math.max(3, (100 * count) / most) : 0}%`;
    column.classList.toggle("out", year < from || year > until);
    column.title = fill(words.years.links, { year, n: number(count) });
  }
  [fromField.value, untilField.value] = [from, until];
  byId("undated").checked = shown.undated;
  byId("undated-count").textContent = number(without);
  byId("period").textContent = from === until ? from : `${from} – ${until}`;
  byId("play").textContent = playing ? "❚❚" : "▶";
  byId("play").setAttribute("aria-label", playing ? words.years.stop : words.years.play);
}

function showPeriod(from, until) {
  shown.from = from <= firstYear ? null : from;
  shown.until = until >= lastYear ? null : until;
  applyFilters();
}

let asked = 0;
function slide(field) {
  let [from, until] = [Number(fromField.value), Number(untilField.value)];
  if (from > until) [from, until] = field === fromField ? [from, from] : [until, until];
  cancelAnimationFrame(asked);
  asked = requestAnimationFrame(() => showPeriod(from, until));
}

// The period moves on by a year; the whole span is played year by year.
function play() {
  const [from, until] = [shown.from ?? firstYear, shown.until ?? lastYear];
  const width = from === firstYear && until === lastYear ? 0 : until - from;
  const start = until >= lastYear ? firstYear : from;
  playing = setInterval(() => step(width), PACE);
  showPeriod(start, start + width);
}

function step(width) {
  const next = (shown.from ?? firstYear) + 1;
  if (next + width > lastYear) stop();
  else showPeriod(next, next + width);
}

function stop() {
  clearInterval(playing);
  playing = 0;
  showYears();
}

if (!span) byId("years").hidden = true;
else {
  stage.classList.add("dated");
  network.setSize("100%", "100%"); // the drawing has become lower
  for (const field of [fromField, untilField]) {
    [field.min, field.max] = [firstYear, lastYear];
    field.addEventListener("input", () => (stopPlaying(), slide(field)));
  }
  byId("bars").append(...bars.map(({ column }) => column));
  byId("first-year").textContent = firstYear;
  byId("last-year").textContent = lastYear;
  byId("play").addEventListener("click", () => (playing ? stop() : play()));
  byId("undated").addEventListener("change", () => {
    shown.undated = byId("undated").checked;
    applyFilters();
  });
}

function stopPlaying() {
  if (playing) stop();
}
