// The languages of the page: who reads it changes them without asking anyone.

const languageField = byId("language");
const written = []; // parts of the page that write words themselves

// A part hands in what writes its words; it is called again when the language changes.
const whenSpoken = (write) => written.push(write);

const wordAt = (path) => path.split(".").reduce((some, key) => some[key], words);

// data-words="text:tools.search title:tools.search_help": which word stands in the text or in an attribute.
function writeWords() {
  for (const element of document.querySelectorAll("[data-words]")) {
    for (const pair of element.dataset.words.split(" ")) {
      const [place, path] = pair.split(":");
      if (place === "text") element.textContent = wordAt(path);
      else element.setAttribute(place, wordAt(path));
    }
  }
}

const given = nodes.map(({ label, spoken = [], names = [] }) => [[label, ...spoken], ...names]);

// The name of a node in a language, failing that in English, failing that the one it came with.
function nameIn(node, code) {
  const names = given[node];
  const [name] = [code, "en"].map((wanted) => names.find(([, ...codes]) => codes.includes(wanted))).find(Boolean) ?? names[0];
  return name;
}

function speak(code) {
  if (!Object.hasOwn(page.words, code) || code === language) return;
  language = code;
  words = page.words[code];
  document.documentElement.lang = languageField.value = code;
  nodes.forEach((node, place) => (node.label = nameIn(place, code)));
  writeWords();
  for (const write of written) write();
}

languageField.addEventListener("change", () => speak(languageField.value));
