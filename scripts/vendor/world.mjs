// Writes the countries of world-atlas (Natural Earth, public domain) as paths of one SVG drawing to standard output:
// {"box": [width, height], "countries": {"004": {"path": "M…", "x": …, "y": …}}, "rest": "M…"}, keyed by ISO 3166-1
// numeric code. Outlines come from the coarse file; states that are too small to be in it have a place and no outline.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.argv[2]}/package.json`));
const { geoArea, geoNaturalEarth1, geoPath } = await import(pathToFileURL(`${process.argv[2]}/node_modules/d3-geo/src/index.js`));
const { feature } = require("topojson-client");
const read = (name) => {
  const atlas = JSON.parse(readFileSync(require.resolve(`world-atlas/${name}.json`)));
  return feature(atlas, atlas.objects.countries).features;
};

const box = [960, 470];
const coarse = read("countries-110m").filter(({ id }) => id !== "010"); // without Antarctica
const projection = geoNaturalEarth1().fitSize(box, { type: "FeatureCollection", features: coarse });
const path = geoPath(projection).digits(1);
const round = (value) => Math.round(value * 10) / 10;

// The place of a country is the middle of its largest part: the middle of all parts of France lies in Spain.
function place({ geometry }) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const largest = parts
    .map((coordinates) => ({ type: "Polygon", coordinates }))
    .reduce((best, part) => (geoArea(part) > geoArea(best) ? part : best));
  return path.centroid(largest).map(round);
}

const countries = {};
for (const country of read("countries-50m")) {
  if (!country.id || country.id === "010") continue;
  const [x, y] = place(country);
  countries[country.id] ??= { x, y };
}
const rest = [];
for (const country of coarse) {
  const drawn = path(country);
  if (country.id && countries[country.id]) countries[country.id].path = drawn;
  else rest.push(drawn);
}
const sorted = Object.fromEntries(Object.entries(countries).sort(([a], [b]) => a.localeCompare(b)));
console.log(JSON.stringify({ box, countries: sorted, rest: rest.join("") }));
