// The part of the address after "#": it says what is asked and how it is shown, so that a link brings it back.
// q: named question, p.NAME: its parameters, sparql: a query of one's own, view: how the answer is shown, ui: language.

export function readLink() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const parameters = {};
  for (const [name, value] of parts) if (name.startsWith("p.")) parameters[name.slice(2)] = value;
  return {
    question: parts.get("q"),
    parameters,
    sparql: parts.get("sparql"),
    view: parts.get("view"),
    language: parts.get("ui"),
  };
}

export function writeLink({ question, parameters, sparql, view, language }, { push = false } = {}) {
  const parts = new URLSearchParams();
  if (language) parts.set("ui", language);
  if (question) parts.set("q", question);
  if (question)
    for (const [name, value] of Object.entries(parameters ?? {})) if (value !== "") parts.set(`p.${name}`, value);
  if (!question && sparql) parts.set("sparql", sparql);
  if (view) parts.set("view", view);
  const address = `${location.pathname}${location.search}#${parts}`;
  if (`${location.pathname}${location.search}${location.hash}` !== address) {
    history[push ? "pushState" : "replaceState"](null, "", address);
  }
}
