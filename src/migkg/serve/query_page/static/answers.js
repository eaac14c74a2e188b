// What the service answers at its addresses, answered here.

import { bracket } from "./brackets.js";
import { readClaims } from "./claims.js";
import { readContents } from "./contents.js";
import { runJob } from "./engine.js";
import { chooseFormat, write } from "./formats.js";
import { checkQuery, explain } from "./guard.js";
import { Refused } from "./refused.js";
import { fillSlots, readValues } from "./values.js";

const JSON_TYPE = "application/json";

// {text, type}, or throws Refused.
export async function answer(address, accept, body, signal) {
  const contents = await readContents();
  const [path, search] = address.split("?");
  if (Object.hasOwn(contents.files, path)) return { text: JSON.stringify(contents.files[path]), type: JSON_TYPE };
  const given = Object.fromEntries(new URLSearchParams(search));
  if (path === "sparql") return ask(contents, body, body, accept, signal);
  if (path === "evidence") return { text: JSON.stringify(await readClaims(contents, given, signal)), type: JSON_TYPE };
  const [, name, text] = /^questions\/(.+?)(\.rq)?$/.exec(path) ?? [];
  const question = contents.files["questions.json"].questions.find((one) => one.name === decodeURIComponent(name ?? ""));
  if (!question) throw new Refused("there is nothing at this address");
  const bound = fillSlots(contents.questions[question.name], readValues(question, given, contents.names));
  if (text) return { text: bound, type: "text/plain" };
  return ask(contents, bound, question.sparql, accept, signal);
}

// written: the query before values were put into its slots, as the reader knows it.
async function ask({ limits, prefixes }, query, written, accept, signal) {
  const format = chooseFormat(checkQuery(written), accept);
  try {
    const { text } = await runJob({ query: bracket(query), format: format.engine, most: limits.bytes }, signal);
    return { text: write(text, format, prefixes), type: format.type };
  } catch (error) {
    if (error instanceof Refused) throw new Refused(explain(written, error.message));
    throw error;
  }
}
