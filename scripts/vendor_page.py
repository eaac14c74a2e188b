"""Takes the libraries of the pages from npm into src/migkg/serve/page/vendor/, with licences and hashes.

Usage: vendor_page.py [--check]

Without option: needs Node.js and the npm registry; installs what scripts/vendor/package-lock.json names (npm refuses
what has another hash), copies the built files, makes one plain script of Oxigraph's module, draws the map of the world,
collects the licence texts and writes vendored.json, the record of all of it. The same lock file gives the same bytes.
Building the package needs none of this: the files are in the repository. vis-network is not among them: the pyvis
package brings it; its hash and licence are recorded too.

With --check: compares every file with the record; needs neither Node.js nor a network. Exit code 1 where they differ.
"""

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "scripts" / "vendor"
TARGET = ROOT / "src" / "migkg" / "serve" / "page" / "vendor"
RECORD = "vendored.json"

# File of ours ← package and file in it.
COPIES = {
    "oxigraph.wasm": ("oxigraph", "web_bg.wasm"),
    "yasqe.css": ("@zazuko/yasqe", "build/yasqe.min.css"),
    "yasqe.js": ("@zazuko/yasqe", "build/yasqe.min.js"),
}
# Oxigraph's module as a script that sets one name, for a worker: there, modules cannot be imported from a file.
BUNDLE = ("oxigraph.js", "oxigraph", "web.js")
# Packages that another Python package brings into the pages: the file there, and the npm package of its licence.
BROUGHT = {"vis-network": ("pyvis", "lib/vis-9.1.2/vis-network.min.js", "LICENSE-MIT")}
# Some packages ship no text of their licence: what their package.json says stands before the standard text.
MIT = """{name} {version} ships no text of its licence. Its package.json says: licence {license}, author {author},
contributors {contributors}, repository {repository}. The text of that licence{choice}:

MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def vendor() -> None:
    """Write the folder of vendored files again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(SOURCE / file, folder)
        run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
        written = folder / "written"
        (written / "licences").mkdir(parents=True)
        for file, (package, path) in COPIES.items():
            source = folder / "node_modules" / package / path
            (written / file).write_bytes(source.read_bytes() if path.endswith(".wasm") else without_map(source))
        bundle(folder, written)
        world = run(["node", str(SOURCE / "world.mjs"), str(folder)], folder)
        (written / "world.json").write_text(by_iso_code(world), encoding="utf-8")
        licences = written / "licences"
        record(written, packages(folder, licences), brought(folder, licences))
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(written, TARGET)


def run(command: list[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout


def without_map(path: Path) -> bytes:
    """A built file without the comment that makes the tools of a browser ask for a source map."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not re.match(r"(//|/\*)# sourceMappingURL", line)).encode()


def bundle(folder: Path, written: Path) -> None:
    """One plain script of a package's module. It never looks for its WebAssembly: that is handed to it."""
    file, package, module = BUNDLE
    (folder / "entry.js").write_text(f'import start, * as all from "{package}/{module}";\nexport {{ start, all }};\n')
    options = ["--bundle", "--format=iife", f"--global-name={package}", "--minify", "--charset=utf8"]
    options += ["--define:import.meta.url='\"about:blank\"'", f"--outfile={written / file}"]
    run(["node", "node_modules/esbuild/bin/esbuild", "entry.js", "--log-level=warning", *options], folder)


def by_iso_code(world: str) -> str:
    """The map with ISO alpha-3 codes in place of the numeric ones, as the graph has them."""
    with (ROOT / "data" / "authorities" / "countries.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["iso_numeric"]: row["iso3"] for row in csv.DictReader(file) if row["iso_numeric"]}
    drawn = json.loads(world)
    drawn["countries"] = {codes[code]: shape for code, shape in drawn["countries"].items() if code in codes}
    return json.dumps(drawn, separators=(",", ":")) + "\n"


def packages(folder: Path, licences: Path) -> list[dict[str, Any]]:
    """The packages that the files are made from, with version, licence and hash; their licence texts are written."""
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    found = []
    for path, entry in sorted(lock.items()):
        name = path.removeprefix("node_modules/")
        if not path or entry.get("dev") or name.startswith("@types/"):
            continue
        about = json.loads((folder / path / "package.json").read_text(encoding="utf-8"))
        file = name.removeprefix("@").replace("/", "-") + ".txt"
        (licences / file).write_text(licence_text(folder / path, about), encoding="utf-8")
        facts = {"name": name, "version": entry["version"], "licence": about["license"], "text": f"licences/{file}"}
        found.append(facts | {"integrity": entry["integrity"]})
    missing = bundled(folder) - {package["name"] for package in found}
    if missing:
        raise SystemExit(f"built into a file, and not in package.json: {', '.join(sorted(missing))}")
    return found


def brought(folder: Path, licences: Path) -> list[dict[str, Any]]:
    """What other Python packages bring: npm package, version, licence, and the hash of the file over there."""
    found = []
    for name, (package, path, text) in BROUGHT.items():
        about = json.loads((folder / "node_modules" / name / "package.json").read_text(encoding="utf-8"))
        (licences / f"{name}.txt").write_bytes((folder / "node_modules" / name / text).read_bytes())
        facts = {"name": name, "version": about["version"], "licence": about["license"], "text": f"licences/{name}.txt"}
        facts |= {"in": f"{package} {version(package)}", "file": path}
        found.append(facts | {"sha256": sha256(Path(str(files(package))) / path)})
    return found


def bundled(folder: Path) -> set[str]:
    """Packages of which the source maps say that they are inside the built files."""
    names: set[str] = set()
    for package, path in COPIES.values():
        names.add(package)
        source_map = folder / "node_modules" / package / f"{path}.map"
        sources = json.loads(source_map.read_text(encoding="utf-8"))["sources"] if source_map.exists() else []
        names |= {name for source in sources for name in re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)/", source)}
    return names


def licence_text(folder: Path, about: dict[str, Any]) -> str:
    texts = sorted(path for path in folder.iterdir() if path.name.lower() in {"license", "license.md", "license.txt"})
    if texts:
        return texts[0].read_text(encoding="utf-8")
    if about["license"] not in {"MIT", "MIT OR Apache-2.0"}:
        raise SystemExit(f"{about['name']}: no text of its licence, {about['license']}")
    author = re.sub(r" *<[^>]*>", "", about.get("author", "not named"))
    contributors = ", ".join(person["name"] for person in about.get("contributors", ())) or "none"
    facts = about | {"author": author, "contributors": contributors, "repository": about["repository"]["url"]}
    facts["choice"] = "" if about["license"] == "MIT" else " (MIT, chosen of the two)"
    return MIT.format_map(facts)


def record(folder: Path, made_from: list[dict[str, Any]], others: list[dict[str, Any]]) -> None:
    digests = {
        path.relative_to(folder).as_posix(): sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }
    text = json.dumps({"packages": made_from, "brought": others, "files": digests}, indent=1, ensure_ascii=False)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def differences(folder: Path = TARGET) -> list[str]:
    """What in a folder of vendored files is not as its record says: one line each."""
    known = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    recorded: dict[str, str] = known["files"]
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {RECORD}
    found = [f"{name}: not recorded" for name in sorted(present - recorded.keys())]
    for name, digest in recorded.items():
        if name not in present:
            found.append(f"{name}: missing")
        elif sha256(folder / name) != digest:
            found.append(f"{name}: not the file that was recorded")
    for other in known["brought"]:
        package = other["in"].partition(" ")[0]
        if sha256(Path(str(files(package))) / other["file"]) != other["sha256"]:
            found.append(f"{other['file']} of {package}: not the file that was recorded, from {other['in']}")
    return found


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        found = differences()
        print("\n".join(found), file=sys.stderr, end="\n" if found else "")
        return 1 if found else 0
    if sys.argv[1:]:
        print(__doc__, file=sys.stderr)
        return 2
    vendor()
    return 0


if __name__ == "__main__":
    sys.exit(main())
