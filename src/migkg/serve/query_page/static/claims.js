// The sentences behind a tie or a thing, as the service gives them at /evidence.

import { runJob } from "./engine.js";
import { Refused } from "./refused.js";
import { fillSlots, writeIri } from "./values.js";

const PARTS = ["subject", "predicate", "object"];

export async function readClaims({ evidence, most, limits }, asked, signal) {
  const given = Object.fromEntries(PARTS.filter((part) => asked[part]).map((part) => [part, asked[part]]));
  if (!given.subject && !given.object) throw new Refused("say whose evidence: subject, object or both, as full IRIs");
  const terms = Object.fromEntries(Object.entries(given).map(([part, iri]) => [part, writeIri(part, iri)]));
  const job = { query: fillSlots(evidence, terms), format: "application/sparql-results+json", most: limits.bytes };
  const rows = JSON.parse((await runJob(job, signal)).text).results.bindings;
  const claims = rows.slice(0, most).map((row) => {
    const claim = Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value]));
    return { ...claim, ...given, status: (claim.status ?? "").split("/").pop() };
  });
  return { claims, complete: rows.length <= most };
}
