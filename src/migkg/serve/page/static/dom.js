// Making elements. Text reaches the page as text and never as markup; only web addresses become links.

const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

// An element with attributes, properties that start with "on" as listeners, and children (texts or elements).
export function el(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const button = (text, onclick, attributes = {}) =>
  el("button", { type: "button", onclick, ...attributes }, text);

// An address that a link may lead to, or null: javascript:, data:, file: and everything else are no addresses here.
export function webAddress(text) {
  if (typeof text !== "string" || text.length > 2000 || !/^https?:\/\/[^\s<>"\\^`{|}]+$/i.test(text)) return null;
  try {
    return new URL(text).href;
  } catch {
    return null;
  }
}

export function outsideLink(address, text, attributes = {}) {
  const href = webAddress(address);
  if (!href) return el("span", attributes, text);
  return el("a", { href, rel: "noopener noreferrer", target: "_blank", ...attributes }, text);
}

// A word of 100,000 letters keeps a browser busy for minutes.
export const clip = (text, most = 4000) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

// The shape of a type, as in the network page.
export function icon(look) {
  if (!look) return null;
  const path = svg("path", { d: look.shape, "fill-rule": "evenodd" });
  path.style.fill = look.colour === "ink" ? "var(--ink)" : look.colour;
  return svg("svg", { viewBox: "-1 -1 26 26", class: "icon", "aria-hidden": "true" }, path);
}
