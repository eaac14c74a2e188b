// A drawing that can be moved and enlarged by mouse, wheel and keys; texts stay as large as they are on the screen.

function makeStage(box, label, ...parts) {
  const drawing = svg("svg", { class: "stage", role: "img", tabindex: "0", "aria-label": label }, ...parts);
  const whole = { ...box };
  let now = { ...box };
  const draw = () => {
    drawing.setAttribute("viewBox", `${now.x} ${now.y} ${now.width} ${now.height}`);
    const { width, height } = drawing.getBoundingClientRect();
    const unit = width && height ? Math.max(now.width / width, now.height / height) : 1;
    drawing.style.setProperty("--unit", String(unit));
    drawing.dispatchEvent(new CustomEvent("view", { detail: unit }));
  };
  const zoom = (factor, x = now.x + now.width / 2, y = now.y + now.height / 2) => {
    const width = Math.min(Math.max(now.width * factor, whole.width / 40), whole.width * 2);
    const real = width / now.width;
    now = { x: x - (x - now.x) * real, y: y - (y - now.y) * real, width, height: now.height * real };
    draw();
  };
  const move = (x, y) => {
    now = { ...now, x: now.x + x, y: now.y + y };
    draw();
  };
  const fit = () => {
    now = { ...whole };
    draw();
  };
  const at = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
  drawing.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { x, y } = at(event);
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, x, y);
  }, { passive: false });
  dragBy(drawing, at, move);
  drawing.addEventListener("keydown", (event) => moveByKey(event, { now, zoom, move, fit }, () => now));
  new ResizeObserver(draw).observe(drawing);
  const keys = [["+", words.tools.zoom_in, () => zoom(1 / 1.4)], ["−", words.tools.zoom_out, () => zoom(1.4)], ["⤢", common.fit, fit]]
    .map(([text, title, act]) => button(text, act, { title, "aria-label": title }));
  return el("div", { class: "frame" }, drawing, el("div", { class: "zoom" }, keys));
}

function dragBy(drawing, at, move) {
  let grip = null;
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button === 0) grip = { at: at(event), far: false, x: event.clientX, y: event.clientY };
  });
  drawing.addEventListener("pointermove", (event) => {
    if (!grip) return;
    if (!grip.far && Math.hypot(event.clientX - grip.x, event.clientY - grip.y) < 4) return;
    if (!grip.far) drawing.setPointerCapture(event.pointerId);
    grip.far = true;
    const { x, y } = at(event);
    move(grip.at.x - x, grip.at.y - y);
  });
  const drop = () => (grip = null);
  drawing.addEventListener("pointerup", drop);
  drawing.addEventListener("pointercancel", drop);
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function moveByKey(event, { zoom, move, fit }, box) {
  if (STEPS[event.key]) move(STEPS[event.key][0] * box().width * 0.08, STEPS[event.key][1] * box().height * 0.08);
  else if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1 / 1.4 : 1.4);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
}

// Show of these texts as many as do not lie on an earlier one; each is {node, x, y, text}, in units of the drawing.
function keepApart(labels, unit) {
  const taken = [];
  for (const { node, x, y, text } of labels) {
    const [wide, high] = [text.length * 6.6 * unit, 15 * unit];
    const box = [x - wide / 2, y - high, x + wide / 2, y + 0.3 * high];
    const free = !taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
    node.toggleAttribute("hidden", !free);
    if (free) taken.push(box);
  }
}

function boxAround(spots, margin) {
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  return { x: left, y: top, width: Math.max(...xs) + margin - left, height: Math.max(...ys) + margin - top };
}
