"""JavaScript modules as one script.

A page that is opened from a disk may not import modules, and Node.js is not at hand where a page is written. The
modules of the pages keep to the plainest forms of import and export, which this understands; whatever else they hold
stays as it is. Each becomes a function that gives its exports; what an ``export let`` names changes, so it stands
outside of all.
"""

import re
from collections.abc import Callable

from migkg.errors import DataFileError

_IMPORT = re.compile(r'^import \{([^{}]*)\} from "\./([\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|let|class|function|async function) (\w+))", re.MULTILINE)
_CHANGING = re.compile(r"^export let (\w+)", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*|\bimport\(|\bimport\.meta\b", re.MULTILINE)


def join_modules(entry: str, read: Callable[[str], str]) -> str:
    """One script that does what a module does.

    Args:
        entry: name of the module.
        read: gives the text of a module by its name.

    Raises:
        DataFileError: a module has another form of import or export, asks for what is not there, imports in a circle,
            or two modules export a changing variable of the same name.
    """
    return _Joiner(read).join(entry)


class _Joiner:
    """Puts modules one after the other, what is imported before what imports it."""

    def __init__(self, read: Callable[[str], str]) -> None:
        self.read = read
        self.exports: dict[str, dict[str, bool]] = {}  # module → name → whether it changes
        self.under_way: list[str] = []
        self.written: list[str] = []

    def join(self, entry: str) -> str:
        self._add(entry)
        changing = [name for names in self.exports.values() for name, changes in names.items() if changes]
        if len(set(changing)) < len(changing):
            raise DataFileError(f"{entry}: two modules export a changing variable of one name: {', '.join(changing)}")
        head = [f"let {', '.join(changing)};"] if changing else []
        return "\n".join(['(() => {\n"use strict";', *head, *self.written, "})();"])

    def _add(self, name: str) -> None:
        if name in self.exports:
            return
        if name in self.under_way:
            raise DataFileError(f"{name}: imports in a circle: {' → '.join([*self.under_way, name])}")
        self.under_way.append(name)
        text = self.read(name)
        body = _IMPORT.sub(lambda match: self._imported(name, match[1], match[2]), text)
        names = {match[1]: False for match in _EXPORT.finditer(body)} | {
            match[1]: True for match in _CHANGING.finditer(body)
        }
        body = _EXPORT.sub("", _CHANGING.sub(r"\1", body))
        if found := _OTHER.search(body):
            raise DataFileError(f"{name}: not a form of import or export that can be joined: {found[0][:80]}")
        fixed = ", ".join(exported for exported, changes in names.items() if not changes)
        self.written.append(f"const {_variable(name)} = (() => {{ // {name}\n{body}\nreturn {{ {fixed} }};\n}})();")
        self.exports[name] = names
        self.under_way.pop()

    def _imported(self, name: str, names: str, source: str) -> str:
        self._add(source)
        known = self.exports[source]
        wanted = [part.split(" as ") for part in (piece.strip() for piece in names.split(",")) if part]
        for exported, *renamed in wanted:
            if exported not in known:
                raise DataFileError(f"{name}: {source} exports no {exported}")
            if renamed and known[exported]:
                raise DataFileError(f"{name}: {exported} of {source} changes and cannot be renamed")
        taken = [": ".join(part) for part in wanted if not known[part[0]]]
        return f"const {{ {', '.join(taken)} }} = {_variable(source)};" if taken else ""


def _variable(module: str) -> str:
    return "module_" + module.removesuffix(".js").replace("-", "_")
