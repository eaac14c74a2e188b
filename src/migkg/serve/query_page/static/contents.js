// What the page knows without asking the graph (migkg.serve.query_page.contents).

import { inflate } from "./inflate.js";

export const textOf = (id) => document.getElementById(id).textContent;

let known = null;
export const readContents = () =>
  (known ??= inflate(textOf("contents")).then((bytes) => JSON.parse(new TextDecoder().decode(bytes))));

// A note in the language of the page.
export async function note(name, values = {}) {
  const { notes } = await readContents();
  const text = (notes[document.documentElement.lang] ?? notes.en)[name];
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
