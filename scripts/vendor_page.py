"""Takes the libraries of the service's page from npm into src/migkg/serve/page/vendor/, with licences and hashes.

Usage: vendor_page.py [--check]

Without option: needs Node.js and the npm registry; installs what scripts/vendor/package-lock.json names (npm refuses
what has another hash), copies the built files, draws the map of the world, collects the licence texts and writes
vendored.json, the record of all of it. The same lock file gives the same bytes. Building the package needs none of
this: the files are in the repository.

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
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "scripts" / "vendor"
TARGET = ROOT / "src" / "migkg" / "serve" / "page" / "vendor"
RECORD = "vendored.json"

# File of ours ← package and file in it.
COPIES = {
    "yasqe.css": ("@zazuko/yasqe", "build/yasqe.min.css"),
    "yasqe.js": ("@zazuko/yasqe", "build/yasqe.min.js"),
}
# Some packages ship no text of their licence: what their package.json says stands before the standard text.
MIT = """{name} {version} ships no text of its licence. Its package.json says: licence {license}, author {author},
contributors {contributors}, repository {repository}. The text of that licence:

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
            (written / file).write_bytes(without_map(folder / "node_modules" / package / path))
        world = run(["node", str(SOURCE / "world.mjs"), str(folder)], folder)
        (written / "world.json").write_text(by_iso_code(world), encoding="utf-8")
        record(written, packages(folder, written / "licences"))
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(written, TARGET)


def run(command: list[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout


def without_map(path: Path) -> bytes:
    """A built file without the comment that makes the tools of a browser ask for a source map."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not re.match(r"(//|/\*)# sourceMappingURL", line)).encode()


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
    if about["license"] != "MIT":
        raise SystemExit(f"{about['name']}: no text of its licence, {about['license']}")
    author = re.sub(r" *<[^>]*>", "", about["author"])
    contributors = ", ".join(person["name"] for person in about.get("contributors", ())) or "none"
    facts = about | {"author": author, "contributors": contributors, "repository": about["repository"]["url"]}
    return MIT.format_map(facts)


def record(folder: Path, made_from: list[dict[str, Any]]) -> None:
    files = {path.relative_to(folder).as_posix(): sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    text = json.dumps({"packages": made_from, "files": files}, indent=1, ensure_ascii=False)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def differences(folder: Path = TARGET) -> list[str]:
    """What in a folder of vendored files is not as its record says: one line each."""
    recorded: dict[str, str] = json.loads((folder / RECORD).read_text(encoding="utf-8"))["files"]
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {RECORD}
    found = [f"{name}: not recorded" for name in sorted(present - recorded.keys())]
    for name, digest in recorded.items():
        if name not in present:
            found.append(f"{name}: missing")
        elif sha256(folder / name) != digest:
            found.append(f"{name}: not the file that was recorded")
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
