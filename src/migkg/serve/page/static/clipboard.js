// Copying a text; where the clipboard is not to be had, a field from which it can be copied by hand.

import { el } from "./dom.js";
import { words } from "./words.js";

export async function copy(text, from, label) {
  try {
    await navigator.clipboard.writeText(text);
    from.textContent = words.results.copied;
  } catch {
    const field = el("input", { type: "text", readonly: true, value: text, "aria-label": label, class: "shared" });
    from.replaceWith(field);
    field.select();
  }
}
