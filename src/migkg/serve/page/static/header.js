// The top of the page: what the graph was made from, always in sight; language, light and dark, other ways in.

import { button, byId, el } from "./dom.js";
import { count, fill, languageWord, number, words } from "./words.js";

export function drawHeader(summary, turnLanguage) {
  byId("denominator").replaceChildren(...denominator(summary));
  const languages = el(
    "select",
    { id: "language", "aria-label": words.tools.language, onchange: () => turnLanguage(languages.value) },
    ...Object.entries(words.interfaces).map(([code, name]) => el("option", { value: code, lang: code }, name)),
  );
  languages.value = document.documentElement.lang;
  const theme = button("", () => dispatchEvent(new Event("turn-theme")), {
    id: "theme",
    title: words.tools.theme,
    "aria-label": words.tools.theme,
  });
  theme.append(el("span", { "aria-hidden": "true" }, "◐"));
  byId("tools").setAttribute("aria-label", words.tools.title);
  byId("tools").replaceChildren(languages, theme);
}

// Documents read, how many of them are dated, and in which languages: whatever is counted is counted from these.
function denominator({ sources, dated, languages = {}, publishers }) {
  const share = sources ? Math.round((100 * dated) / sources) : 0;
  const told = [
    el("strong", {}, count("documents", sources)),
    fill(words.page.dated, { p: number(share) }),
    ...Object.entries(languages)
      .sort((a, b) => b[1] - a[1])
      .map(([code, n]) => `${languageWord(code) ?? code} ${number(n)}`),
    publishers ? count("publishers", publishers) : null,
  ];
  return told.filter(Boolean).flatMap((part, at) => (at ? [" · ", part] : [part]));
}
