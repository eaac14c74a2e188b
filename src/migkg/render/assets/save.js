// What the reader takes along: pictures, tables and networks of what is shown, and a link to the view.

const title = () => byId("title").textContent;

function download(end, type, content) {
  const name = fold(title()).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "network";
  const link = el("a", { href: URL.createObjectURL(new Blob([content], { type })), download: `${name}.${end}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  say(fill(words.save.saved, { name: link.download }));
  showToast(fill(words.save.saved, { name: link.download }));
}

const byIri = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// The edges that are shown, in the order in which `migkg export` writes them.
const edgesToSave = () => [...edges.keys()].filter((place) => edgeShown(edges[place])).sort((a, b) => {
  const [one, two] = [edges[a], edges[b]];
  return byIri(nodes[one.from].iri, nodes[two.from].iri) || byIri(nodes[one.to].iri, nodes[two.to].iri) || byIri(one.relation, two.relation);
});

const COLUMNS = ["subject", "subject_type", "predicate", "object", "object_type", "status", "quote", "confidence",
  "amounts", "post", "source_title", "source_date", "source_language", "source_publisher", "source_url",
  "subject_iri", "object_iri", "claim_iri"];
const SEPARATOR = " | ";

const sumsOf = (claims) => [...new Set(claims.flatMap(({ amounts = [] }) => amounts.map((amount) => amount.filter(Boolean).join(" "))))]
  .sort(byIri).join(SEPARATOR);

function claimCells(claim) {
  if (!claim) return Array(10).fill("");
  const { title: heading, issued, language: tongue, publisher, url } = sources[claim.source];
  return [claim.status, quotes[claim.quote], claim.confidence ?? "", sumsOf([claim]), claim.post, heading, issued, tongue, publisher, url];
}

// A cell that a spreadsheet would take for a formula begins with an apostrophe (as network/formats.py does).
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;
function cell(value) {
  const text = String(value ?? "");
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// One row for each claim of each shown edge, and one for an edge without claims.
function csvOf(places) {
  const rows = places.flatMap((place) => {
    const { from, relation, to, claims } = edges[place];
    return (claims.length ? claims : [null]).map((claim) => [
      nodes[from].label, nodes[from].type, relation, nodes[to].label, nodes[to].type, ...claimCells(claim),
      nodes[from].iri, nodes[to].iri, claim?.iri ?? ""]);
  });
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  return `\ufeff${[COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\n")}\n`;
}

const SAVERS = {
  png: savePng,
  svg: () => download("svg", "image/svg+xml", svgOf()),
  csv: async () => (await evidence(), download("csv", "text/csv", csvOf(edgesToSave()))),
  gexf: async () => (await evidence(), download("gexf", "application/xml", gexfOf(edgesToSave()))),
  link: () => copy(addressOfView(), words.save.link_copied),
  print: () => print(),
};
for (const button of byId("save").querySelectorAll("button")) {
  button.addEventListener("click", () => {
    byId("save").open = false;
    SAVERS[button.dataset.save]();
    byId("save").querySelector("summary").focus();
  });
}
