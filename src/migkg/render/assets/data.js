// The words of the language that is read, and how names are compared.

let language = document.documentElement.lang; // it and its words change with language.js
let words = page.words[language];

// A text with places where a very long word may be broken: without them a browser takes seconds to lay it out.
const LONG_WORD = /(\S{60})(?=\S)/g;
const breakable = (text) => text.split(LONG_WORD).flatMap((part, place) => (place % 2 ? [part, el("wbr")] : part ? [part] : []));

// For comparing names: no accents, no capitals, plain apostrophes and dashes, single spaces (as text/normalize.py does).
// Letters that are no letter with an accent are written out, as those write them who lack the key.
const WRITTEN_OUT = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’‘ʼ`´′]/g, "'").replace(/[‐‑‒–—−]/g, "-")
  .toLowerCase().replace(/[œæßøłđðþı]/g, (letter) => WRITTEN_OUT[letter]);
const fold = (text) => plain(text).replace(/\s+/g, " ").trim();

// A folded text, and for each of its letters the place in the text from which it comes (and at the end its length).
function foldInPlace(text) {
  let folded = "";
  const places = [];
  let at = 0;
  for (const letter of text) {
    const shape = /\s/.test(letter) ? (folded.endsWith(" ") ? "" : " ") : plain(letter);
    for (let count = 0; count < shape.length; count += 1) places.push(at);
    folded += shape;
    at += letter.length;
  }
  return [folded, [...places, text.length]];
}

const typeWord = (type) => (words.types[type] ?? [type, type])[0];
const relationWord = (relation, inverse = false) => (words.relations[relation] ?? [relation, relation])[inverse ? 1 : 0];
const languageWord = (code) => wordFor(words.languages, code);
const statusWord = (status) => wordFor(words.status, status);
const countryWord = (code) => countries[code]?.[language] ?? code;
const themeWord = (code) => themeNames[code]?.[language] ?? code;
const claimsWord = (count) => (count === 1 ? words.details.one_claim : fill(words.details.claims, { n: number(count) }));
