// How the page reaches its data: over HTTP, at the host that it came from. The page in one file (migkg query-page) has a
// module of the same name in place of this one, which asks the graph inside the file.

import { el } from "./dom.js";

// A Response, whatever its status; rejected where nobody answers, or with an AbortError.
export const send = (address, options) =>
  fetch(address, { credentials: "same-origin", redirect: "error", ...options });

// Settled when vis-network is there.
export const loadDrawing = () =>
  new Promise((resolve, reject) => {
    document.head.append(el("script", { src: "page/vendor/vis-network.js", onload: resolve, onerror: reject }));
  });

// Where a thing of the graph is described, by the parts of its IRI after the namespace.
export const addressOf = (iri, parts, language) => `doc/${parts.map(encodePart).join("/")}?lang=${language}`;

const encodePart = (part) => encodeURIComponent(safeDecode(part));
function safeDecode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

// Where programs ask, null where they cannot; and the attributes of a link to the whole graph in a format.
export const programs = () => new URL("sparql", location.href).href;
export const wholeGraph = (format) => ({ href: `graph.${format}` });
