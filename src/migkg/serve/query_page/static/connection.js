// How this page reaches its data: it travels inside the file. Takes the place of the module of the same name that speaks
// HTTP; what it answers is a Response as the service would give it.

import { answer } from "./answers.js";
import { runJob } from "./engine.js";
import { Refused } from "./refused.js";

export async function send(address, { headers = {}, body = "", signal } = {}) {
  try {
    const { text, type } = await answer(address, headers.Accept ?? "", body, signal);
    return new Response(text, { headers: { "Content-Type": type } });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return new Response(error.message, { status: 400, headers: { "Content-Type": "text/plain" } });
  }
}

// vis-network stands in the file.
export const loadDrawing = () => Promise.resolve();

// There are no pages of things here; what the graph says of one is a query.
export const addressOf = (iri, parts, language) =>
  /[<>"{}|\\^`\s]/.test(iri) ? null : `#${new URLSearchParams({ ui: language, sparql: `DESCRIBE <${iri}>` })}`;

export const programs = () => null;
export const wholeGraph = (format) => ({
  href: "#",
  onclick: (event) => {
    event.preventDefault();
    save(format);
  },
});

async function save(format) {
  const { text } = await runJob({ dump: format });
  const href = URL.createObjectURL(new Blob([text]));
  const link = document.createElement("a");
  Object.assign(link, { href, download: `graph.${format}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
