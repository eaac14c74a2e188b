// A text field with a list of what fits, chosen by mouse or arrow keys; what is typed may also be kept as it is.

import { el } from "./dom.js";

// find(text) gives (a promise of) [{value, label, note, mark}]. onpick(entry | null): chosen, or typed over.
export function combobox({ id, label, placeholder, find, onpick, wait = 0, attributes = {} }) {
  const list = el("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const field = el("input", {
    id,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder,
    "aria-expanded": "false",
    "aria-controls": `${id}-list`,
    "aria-autocomplete": "list",
    ...attributes,
  });
  let entries = [];
  let at = -1;
  let asked = 0;
  let timer = 0;

  async function look() {
    const mine = ++asked;
    const found = await Promise.resolve(find(field.value)).catch(() => []); // no suggestions; what is typed still counts
    if (mine !== asked || document.activeElement !== field) return;
    entries = found;
    at = -1;
    list.replaceChildren(
      ...entries.map((entry, i) =>
        el(
          "li",
          {
            role: "option",
            id: `${id}-${i}`,
            onmousedown: (event) => (event.preventDefault(), pick(i)),
          },
          entry.mark ?? null,
          el("span", {}, entry.label),
          entry.note ? el("small", {}, entry.note) : null,
        ),
      ),
    );
    open(entries.length > 0);
  }
  function open(shown) {
    list.hidden = !shown;
    field.setAttribute("aria-expanded", String(shown));
    if (!shown) field.removeAttribute("aria-activedescendant");
  }
  function pick(i) {
    asked++;
    clearTimeout(timer);
    field.value = entries[i].label;
    open(false);
    onpick(entries[i]);
  }
  function step(by) {
    if (list.hidden) return look();
    at = (at + by + entries.length) % entries.length;
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === at)));
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }
  field.addEventListener("input", () => {
    onpick(null);
    clearTimeout(timer);
    timer = setTimeout(look, wait);
  });
  field.addEventListener("focus", () => !field.value && look());
  field.addEventListener("blur", () => open(false));
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      pick(at);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    }
  });
  return { field, element: el("div", { class: "combobox" }, field, list) };
}
