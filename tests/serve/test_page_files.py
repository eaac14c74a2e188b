"""The files of the page: complete in three languages, vendored as recorded, and nothing that a browser would refuse."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from migkg.errors import DataFileError
from migkg.query.catalogue import load_catalogue
from migkg.render.words import key_paths
from migkg.serve.page import words as page_words_module
from migkg.serve.page.files import POLICY, page_file, page_paths
from migkg.serve.page.words import load_column_words, load_menu, load_service_words, page_words

LANGUAGES = ("en", "fr", "es")
SCRIPTS = sorted(path for path in page_paths() if path.endswith(".js") and "/" not in path)


def text_of(path: str) -> str:
    file = page_file(path)
    assert file is not None
    return file.body.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_and_has_the_same_places(language: str) -> None:
    english, words = load_service_words("en"), load_service_words(language)
    assert key_paths(words) == key_paths(english)
    for section, texts in english.items():
        for key, text in texts.items():
            wanted = sorted(re.findall(r"\{\w+\}", str(text)))
            assert sorted(re.findall(r"\{\w+\}", str(words[section][key]))) == wanted, f"{section}.{key}"
            assert isinstance(words[section][key], type(text)), f"{section}.{key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_script_asks_for_is_there(language: str) -> None:
    known = page_words(language)
    asked = {found for path in SCRIPTS for found in re.findall(r"\bwords\.(\w+)\.(\w+)", text_of(path))}
    assert len(asked) > 60
    # Tables of names by code are looked into by what the graph holds.
    tables = {"types", "relations", "status", "languages", "countries", "style", "menu"}
    missing = sorted(
        f"{section}.{key}" for section, key in asked if section not in tables and key not in known[section]
    )
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_used(language: str) -> None:
    scripts = "\n".join(text_of(path) for path in SCRIPTS)
    by_name = {"menu_groups", "counts", "views", "formats", "tabs"}  # asked for by a name that is computed
    unused = [
        f"{section}.{key}"
        for section, texts in load_service_words(language).items()
        for key in texts
        if section not in by_name and f"words.{section}.{key}" not in scripts
    ]
    assert not unused


def test_every_group_of_the_menu_has_a_name_and_every_question_a_group() -> None:
    menu = load_menu()
    assert set(menu) <= set(load_service_words("en")["menu_groups"])
    assert sorted(name for names in menu.values() for name in names) == sorted(load_catalogue())


def test_a_menu_that_names_no_question_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_words_module, "load_catalogue", dict)
    with pytest.raises(DataFileError, match="there is no question"):
        load_menu()


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_and_parameters_have_a_name_in_every_language(language: str) -> None:
    known = load_column_words(language)
    queries = load_catalogue().values()
    columns = {name for query in queries for name in query.columns}
    partners = {f"{name}Name" for name in columns}  # shown in one with what they are the name of
    assert sorted(columns - partners - set(known["columns"])) == []
    assert {parameter.name for query in queries for parameter in query.parameters} <= set(known["parameters"])
    assert all(known["columns"].values()) and all(known["parameters"].values())


def test_the_page_and_all_that_it_names_are_there() -> None:
    page = text_of("")
    named = re.findall(r'(?:href|src)="page/([^"]+)"', page)
    assert len(named) > 5
    imported = {name for path in SCRIPTS for name in re.findall(r'from "\./([^"]+)"', text_of(path))}
    assert {*named, *imported} <= page_paths()


@pytest.mark.parametrize("path", ["../files.py", "vendor", "vendor/../../files.py", "words/de.json", "nothing.js", "/"])
def test_other_paths_are_no_files(path: str) -> None:
    assert page_file(path) is None


def test_the_policy_allows_nothing_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["connect-src"] == rules["img-src"] == "'self'"
    assert not re.search(r"https?:|\*|unsafe-inline|unsafe-eval|data:|blob:", POLICY)


@pytest.mark.parametrize("path", SCRIPTS)
def test_a_script_never_writes_markup(path: str) -> None:
    found = re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text_of(path))
    assert not found


def test_vendored_files_are_those_that_were_recorded(root: Path) -> None:
    script = root / "scripts" / "vendor_page.py"
    result = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("change", ["other bytes", "a file more", "a file less", "another vis-network in pyvis"])
def test_a_vendored_file_that_was_changed_is_noticed(root: Path, tmp_path: Path, change: str) -> None:
    import shutil

    sys.path.insert(0, str(root / "scripts"))
    from vendor_page import TARGET, differences

    folder = tmp_path / "vendor"
    shutil.copytree(TARGET, folder)
    assert differences(folder) == []
    if change == "other bytes":
        (folder / "yasqe.js").write_bytes((folder / "yasqe.js").read_bytes() + b" ")
    elif change == "a file more":
        (folder / "more.js").write_text("")
    elif change == "another vis-network in pyvis":
        record = json.loads((folder / "vendored.json").read_text())
        record["brought"][0]["sha256"] = "0" * 64
        (folder / "vendored.json").write_text(json.dumps(record))
    else:
        (folder / "world.json").unlink()
    assert len(differences(folder)) == 1


def test_every_vendored_package_ships_its_licence(root: Path) -> None:
    record = json.loads(text_of("vendor/vendored.json"))
    named = {package["name"] for package in record["packages"]}
    assert {"@zazuko/yasqe", "codemirror", "oxigraph", "world-atlas"} <= named
    for package in (*record["packages"], *record["brought"]):
        assert len(text_of(f"vendor/{package['text']}")) > 300, package["name"]
        assert package["licence"]
    lock = json.loads((root / "scripts" / "vendor" / "package-lock.json").read_text())["packages"]
    for package in record["packages"]:
        locked = lock[f"node_modules/{package['name']}"]
        assert (package["version"], package["integrity"]) == (locked["version"], locked["integrity"])
        assert package["integrity"].startswith("sha512-")


def test_every_vendored_file_is_made_from_packages_whose_licences_are_there(root: Path) -> None:
    sys.path.insert(0, str(root / "scripts"))
    from vendor_page import BUNDLE, COPIES

    record = json.loads(text_of("vendor/vendored.json"))
    named = {package["name"] for package in record["packages"]}
    made_from = {file: package for file, (package, _) in COPIES.items()}
    made_from |= {BUNDLE[0]: BUNDLE[1], "world.json": "world-atlas"}
    assert {name for name in record["files"] if not name.startswith("licences/")} == set(made_from)
    assert set(made_from.values()) <= named


def test_the_library_that_pyvis_brings_is_the_one_that_is_drawn_with() -> None:
    from importlib.metadata import version

    (brought,) = json.loads(text_of("vendor/vendored.json"))["brought"]
    assert brought["in"] == f"pyvis {version('pyvis')}"
    assert f"@version {brought['version']}" in text_of("vendor/vis-network.js")[:400]


@pytest.mark.parametrize("path", ["vendor/oxigraph.wasm", "vendor/oxigraph.js"])
def test_the_service_does_not_hand_out_what_only_the_page_in_one_file_needs(path: str) -> None:
    assert page_file(path) is None
