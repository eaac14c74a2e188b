// What the page knows of the graph as a whole: prefixes, classes, properties, and how an IRI is shown and where it leads.

import { addressOf } from "./connection.js";
import { language, relationWord, typeWord } from "./words.js";

export const ID = "https://w3id.org/migkg/id/";
export const MG = "https://w3id.org/migkg/ont#";
export const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
export const vocabulary = { prefixes: {}, classes: [], properties: [], themes: [] };

export function learn(known) {
  for (const part of Object.keys(vocabulary)) if (known[part]) vocabulary[part] = known[part];
}

export const isThing = (term) => term?.type === "uri" && term.value.startsWith(ID);
// Entities are what the network is made of; claims, sources, sums and concepts stand beside it.
const BESIDE = /^(?:source|claim|funding|participation|membership|theme|status|role|amount-kind|graph)\//;
export const isEntity = (term) => isThing(term) && !BESIDE.test(term.value.slice(ID.length));
export const isSource = (term) => isThing(term) && term.value.startsWith(`${ID}source/`);

// An IRI as short as it can be said: the word of a relation or type, a prefixed name, else the IRI itself.
export function shortName(iri) {
  if (iri.startsWith(MG)) {
    const name = iri.slice(MG.length);
    return relationWord(name) ?? typeWord(name) ?? `mg:${name}`;
  }
  return prefixed(iri) ?? iri;
}

export function prefixed(iri) {
  let best = null;
  for (const [prefix, namespace] of Object.entries(vocabulary.prefixes)) {
    if (iri.startsWith(namespace) && iri.length > namespace.length && (!best || namespace.length > best[1].length)) {
      best = [prefix, namespace];
    }
  }
  return best ? `${best[0]}:${iri.slice(best[1].length)}` : null;
}

// The IRI that a value of a form means: itself, or the short form of a thing (org:iom, government:JPN).
export function fullIri(value) {
  if (/[\s<>"{}|\\^`]/.test(value)) return null;
  if (/^https?:\/\//.test(value)) return value;
  const match = /^(org|process|country|government|source|theme|id):(\S+)$/.exec(value);
  return match ? `${ID}${match[1] === "id" ? "" : `${match[1]}/`}${match[2]}` : null;
}

// Where the description of a thing of the graph stands, in the language of the page; null for all other IRIs.
export function pageOf(iri) {
  if (!iri.startsWith(ID)) return null;
  const parts = iri.slice(ID.length).split("/");
  if (parts.some((part) => ["", ".", ".."].includes(part))) return null;
  return addressOf(iri, parts, language);
}
