"""The language files: complete, checked when they are read, and enough to add a language."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from migkg.errors import DataFileError
from migkg.resources import data_path
from migkg.text.wording import load_wording, wordings

ROOT = Path(__file__).resolve().parents[2]


def test_languages() -> None:
    assert sorted(wordings()) == ["en", "es", "fr"]


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_every_month_has_a_name(language: str) -> None:
    assert sorted(set(wordings()[language].months.values())) == list(range(1, 13))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("language: fr", "language: xx", "language must be fr"),
        ("language: fr", "", "key language is missing"),
        ("name: français", "name: français\nnames: x", "key names is unknown"),
        ("numeric_dates: day-first", "numeric_dates: perhaps", "numeric_dates must be one of"),
        ("  3: [mars]", "  3: []", "months: 3 must be a list of names"),
        ("  12: [", "  13: [", "months must have the keys 1 to 12"),
        ("stop_words: [le,", "stop_words: [yes,", "stop_words must be a list of words"),
        ("stop_words: [", "stop_words: [[", "cannot be read"),
        ("language: fr", "- fr", "cannot be read"),
    ],
)
def test_malformed(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = data_path("pages/fr.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "fr.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError, match=message) as raised:
        load_wording(path)
    assert str(raised.value).startswith(str(path))
    assert "\n" not in str(raised.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="cannot be read"):
        load_wording(tmp_path / "fr.yaml")


def test_a_new_language_needs_no_python(tmp_path: Path) -> None:
    """A copy of the project with a file for Portuguese reads a Portuguese page with its date, menu and contact line."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data" / "pages", tmp_path / "data" / "pages")
    (tmp_path / "ontology").mkdir()
    portuguese = (ROOT / "data" / "pages" / "es.yaml").read_text(encoding="utf-8")
    for old, new in [
        ("language: es", "language: pt"),
        (
            "stop_words: [el,",
            "stop_words: [o, os, as, do, da, dos, das, um, uma, no, na, pela, pelo, ao, em, com, foi, não, são,",
        ),
        ("[mayo]", "[maio]"),
        ("tail_starts: [", "tail_starts: [partilhe, "),
        ("contact_starts: [", "contact_starts: [para mais informações, "),
        ("contact_labels: [", "contact_labels: [telefone, "),
    ]:
        assert old in portuguese
        portuguese = portuguese.replace(old, new, 1)
    portuguese = portuguese.replace(", no,", ', "no",')
    (tmp_path / "data" / "pages" / "pt.yaml").write_text(portuguese, encoding="utf-8")
    release = tmp_path / "a.txt"
    release.write_text(
        "Acordo assinado em Brasília\n4 de maio de 2018\n\nO Governo do Brasil e a Organização assinaram em Brasília um acordo "
        "com o apoio da União Europeia, pela primeira vez.\n\nPara mais informações: Ana Reis, telefone: 61 0000 0000\n"
        "Partilhe esta página\n",
        encoding="utf-8",
    )
    code = (
        "from migkg.sources import read_documents\n"
        f"(d,) = read_documents([{str(release)!r}])\n"
        "print(d.language, d.published, d.text.splitlines()[-1])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == "pt 2018-05-04 Para mais informações: Ana Reis"
