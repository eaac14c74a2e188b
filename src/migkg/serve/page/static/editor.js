// The SPARQL editor: Yasqe with everything switched off that stores, shares or asks elsewhere.

import { button, byId, el } from "./dom.js";
import { teachEditor } from "./completion.js";
import { words } from "./words.js";

const FIRST = `PREFIX mg: <https://w3id.org/migkg/ont#>
SELECT ?funder (COUNT(DISTINCT ?funded) AS ?ties) {
  ?funder mg:funds ?funded .
}
GROUP BY ?funder
ORDER BY DESC(?ties) ?funder
LIMIT 20`;
let editor = null;

export function drawEditor(run) {
  const box = el("div", { class: "editor" });
  const text = editor ? editor.getValue() : FIRST;
  byId("sparql").replaceChildren(
    el("p", { class: "hint" }, words.editor.hint),
    box,
    el(
      "div",
      { class: "acts" },
      button(words.form.run, () => run(), { class: "primary", id: "run-sparql" }),
      el("kbd", {}, "Ctrl Enter"),
    ),
  );
  const Yasqe = window.Yasqe;
  if (!editor) teachEditor(Yasqe);
  editor = new Yasqe(box, {
    value: text,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    createShortLink: null,
    prefixCcApi: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    viewportMargin: Infinity,
    autocompleters: ["variables", "terms", "graph-prefixes"],
    extraKeys: {
      "Ctrl-Enter": () => run(),
      "Cmd-Enter": () => run(),
      "Ctrl-S": () => {},
      Tab: false,
      "Shift-Tab": false,
    },
  });
  editor.on("beforeChange", escapeSeparators);
  editor.getInputField().setAttribute("aria-label", words.editor.label);
  window.migkg = { ...window.migkg, editor };
}

// The tokeniser of the editor fails at the line separators of Unicode; as escapes they mean the same to SPARQL.
function escapeSeparators(_, change) {
  if (!change.update || !change.text.some((line) => /[\u2028\u2029]/.test(line))) return;
  const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16)}`;
  change.update(
    change.from,
    change.to,
    change.text.map((line) => line.replace(/[\u2028\u2029]/g, escaped)),
  );
}

// The service says in which line of a query something is wrong; that line stands out until the text is changed.
export function markLine(message) {
  const [, line] = /^line (\d+)/.exec(message) ?? [];
  if (!line || Number(line) > editor.lineCount()) return;
  const marked = editor.addLineClass(Number(line) - 1, "background", "wrong");
  const clear = () => {
    editor.removeLineClass(marked, "background", "wrong");
    editor.off("change", clear);
  };
  editor.on("change", clear);
}

export const queryText = () => editor.getValue();
export function setQuery(text) {
  editor.setValue(text);
  editor.refresh();
}
// An editor that was hidden when it was filled measures itself when it is shown.
export const wakeEditor = () => editor.refresh();
