"use strict";
const pieces = [...document.querySelectorAll("article span")];
const buttons = [...document.querySelectorAll("aside button")];

function show(button) {
  const off = button.getAttribute("aria-pressed") === "true";
  for (const other of buttons) other.setAttribute("aria-pressed", "false");
  for (const piece of pieces) piece.classList.remove("lit", "chosen");
  if (off) return;
  button.setAttribute("aria-pressed", "true");
  const statement = button.dataset.statement;
  const entity = button.dataset.entityButton;
  const found = pieces.filter((piece) => statement
    ? (piece.dataset.statements || "").split(" ").includes(statement)
    : piece.dataset.entity === entity);
  for (const piece of found) piece.classList.add(statement ? "lit" : "chosen");
  if (found.length) found[0].scrollIntoView({ block: "center" });
}

for (const button of buttons) {
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => show(button));
}
for (const piece of pieces) {
  if (!piece.dataset.entity) continue;
  piece.addEventListener("click", () => {
    const button = buttons.find((b) => b.dataset.entityButton === piece.dataset.entity);
    if (button) { show(button); button.scrollIntoView({ block: "nearest" }); }
  });
}
