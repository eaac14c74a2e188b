// What the editor offers while one types: classes and properties of this graph by their name in any language, and its
// prefixes. The editor's own completers, which ask services on the web, are not used.

import { el } from "./dom.js";
import { prefixed, vocabulary } from "./graph.js";
import { fold, inLanguage, number } from "./words.js";

const TERM = /^[\w-]*:?[\w-]*$/;

export function teachEditor(Yasqe) {
  for (const name of ["property", "class", "prefixes"]) delete Yasqe.Autocompleters[name];
  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.registerAutocompleter(
    {
      name: "terms",
      bulk: false,
      autoShow: true,
      persistenceId: null,
      isValidCompletionPosition: (editor) => termAt(editor) !== null,
      preProcessToken: (editor, token) => ({ ...token, ...termAt(editor) }),
      get: (editor, token) => (token ? findTerms(token.typed, token.wanted) : []),
      postProcessSuggestion: (editor, token, iri) => written(iri),
      postprocessHints: (editor, hints) =>
        hints.map((hint) => ({
          ...hint,
          render: (place) => place.append(...described(hint.text)),
          hint: () => insert(editor, hint),
        })),
    },
    true,
  );
  Yasqe.registerAutocompleter(
    {
      name: "graph-prefixes",
      bulk: false,
      autoShow: true,
      persistenceId: null,
      isValidCompletionPosition: (editor) => /^\s*PREFIX\s+[\w-]*$/i.test(before(editor)),
      get: (editor) => {
        const [, typed] = /PREFIX\s+([\w-]*)$/i.exec(before(editor));
        return Object.entries(vocabulary.prefixes)
          .filter(([prefix]) => prefix.startsWith(typed))
          .map(([prefix, namespace]) => `${prefix}: <${namespace}>`);
      },
    },
    true,
  );
}

const before = (editor) => {
  const { line, ch } = editor.getDoc().getCursor();
  return editor.getDoc().getLine(line).slice(0, ch);
};

// The word before the cursor and whether it is a class or a property that is wanted there, or null.
function termAt(editor) {
  const line = before(editor);
  if (/^\s*(?:PREFIX|BASE)\b/i.test(line) || /#[^>]*$/.test(line.replace(/<[^>]*>/g, ""))) return null;
  const typed = /[\w:-]*$/.exec(line)[0];
  const left = line.slice(0, line.length - typed.length);
  if (/[?$"'<@]$/.test(left) || !TERM.test(typed)) return null;
  const end = { ch: editor.getDoc().getCursor().ch };
  const place = { typed, from: { ch: left.length }, to: end };
  if (/(?:(?:^|[\s;])a|rdf:type)\s+$/.test(left)) return { ...place, wanted: "classes" };
  const subject = /(?:[.;{]|^)\s*(?:[?$]\w+|<[^>]*>|[\w-]+:[\w.-]*)?\s+$/.test(left) || /[;|/^(]\s*$/.test(left);
  if (
    !typed ||
    !subject ||
    /^(?:select|where|filter|optional|graph|bind|order|group|limit|as|by|union|values|distinct|construct|ask|having|count|minus|from|offset|describe|not|exists|in)$/i.test(
      typed,
    )
  )
    return null;
  return { ...place, wanted: "properties" };
}

function findTerms(typed, wanted) {
  const text = fold(typed);
  const ranked = (vocabulary[wanted] ?? []).map((term) => [rank(term, text), term]).filter(([place]) => place >= 0);
  if (ranked.some(([, { iri }]) => written(iri) === typed)) return []; // it is there already
  ranked.sort((a, b) => a[0] - b[0] || b[1].uses - a[1].uses);
  return ranked.slice(0, 40).map(([, { iri }]) => iri);
}

// Prefixed name first, then the local name, then a label in any language.
function rank({ iri, label }, text) {
  const name = fold(prefixed(iri) ?? iri);
  if (name.startsWith(text)) return 0;
  if (name.split(/[:#/]/).pop().startsWith(text)) return 1;
  const labels = Object.values(label ?? {}).map(fold);
  if (labels.some((one) => one.startsWith(text))) return 2;
  return labels.some((one) => one.includes(` ${text}`)) || name.includes(text) ? 3 : -1;
}

const written = (iri) => prefixed(iri) ?? `<${iri}>`;

function described(text) {
  const term = [...vocabulary.classes, ...vocabulary.properties].find(({ iri }) => written(iri) === text);
  const label = term ? inLanguage(term.label) : "";
  return [
    el("span", { class: "term" }, text),
    label ? el("span", { class: "label" }, label) : "",
    term?.uses ? el("small", {}, number(term.uses)) : "",
  ].filter(Boolean);
}

// Writes the term and declares its prefix where the query does not yet.
function insert(editor, hint) {
  editor.getDoc().replaceRange(hint.text, hint.from, hint.to);
  const prefix = hint.text.split(":")[0];
  const declared = editor.getPrefixesFromQuery();
  if (!hint.text.startsWith("<") && vocabulary.prefixes[prefix] && !declared[prefix])
    editor.addPrefixes({ [prefix]: vocabulary.prefixes[prefix] });
}
