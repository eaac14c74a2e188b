// Light or dark before anything is drawn: what was chosen here last, else what the system prefers. A plain script, not
// a module, so that it runs before the first paint.
(() => {
  "use strict";
  const KEY = "migkg-theme";
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch {
    // without storage the choice holds until the page is closed
  }
  const apply = () => {
    const theme = ["light", "dark"].includes(chosen) ? chosen : prefersDark.matches ? "dark" : "light";
    document.documentElement.dataset.theme = theme;
    dispatchEvent(new CustomEvent("theme", { detail: theme }));
  };
  prefersDark.addEventListener("change", apply);
  addEventListener("turn-theme", () => {
    chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // as above
    }
    apply();
  });
  apply();
})();
