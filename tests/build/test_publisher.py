# ruff: noqa: E501 (a line of a page stays one line)
"""What the menu of a page says of its publisher: a source of its own, one for each wording, for as long as it is seen."""

from contextlib import closing
from pathlib import Path

import pytest

from migkg.build import build, remove
from migkg.extract import extract_document
from migkg.rdf.namespaces import MG, SCHEMA
from migkg.sources import parse_document, read_boilerplate, read_source
from migkg.store import open_store
from migkg.validation import validate_store

MENU = {
    "en": """-
About us
About usThe Samba Organisation (SAO), founded in 1974, has 41 member states and works in 66 countries.
Structure
Structure
- Organisational structure
- Director General
- Office of the Chief of Staff
-
Our Work
""",
    "fr": """-
Qui sommes-nous
Qui sommes-nousL’Organisation internationale pour les migrations (OIM), créée en 1951, compte 175 États membres et est présente dans 171 pays.
Structure
Structure
- Directrice générale
- Bureau du Chef de Cabinet
-
Notre travail
""",
    "es": """-
Quiénes somos
Quiénes somosLa Organización Internacional para las Migraciones (OIM), creada en 1951, tiene 175 Estados Miembros y está presente en 171 países.
Nuestro trabajo
""",
}
BODY = {
    "en": """{title}
Geneva, {day} – The Government of Canada and the International Organization for Migration (IOM) organised a workshop
on border management in Hanoi. The workshop was funded by the Government of Canada.
""",
    "fr": """{title}
Dakar, le {day} – L’Organisation internationale pour les migrations (OIM) a organisé un atelier à Dakar avec le
ministère de l’Intérieur du Sénégal. L’atelier a été financé par le gouvernement du Japon.
""",
    "es": """{title}
Quito, {day} – La Organización Internacional para las Migraciones (OIM) y el Gobierno del Ecuador organizaron un taller
sobre la trata de personas en Quito. El taller fue financiado por el Gobierno del Japón.
""",
}
DAYS = {"en": "18 March 2013", "fr": "18 mars 2013", "es": "18 de marzo de 2013"}
FIGURES = {
    "en": {"memberCount": "41", "countryCount": "66", "foundingDate": "1974"},
    "fr": {"memberCount": "175", "countryCount": "171", "foundingDate": "1951"},
    "es": {"memberCount": "175", "countryCount": "171", "foundingDate": "1951"},
}


def page(folder: Path, name: str, language: str = "en", menu: bool = True, day: str | None = None) -> Path:
    path = folder / name
    title = {"en": "Workshop on Borders Opens in", "fr": "Un atelier s’ouvre à", "es": "Comienza un taller en"}[
        language
    ]
    body = BODY[language].format(title=f"{title} {name.split('.')[0]}", day=day or DAYS[language])
    path.write_text((MENU[language] if menu else "") + body, encoding="utf-8")
    return path


def dump(store: Path) -> list[str]:
    with closing(open_store(store, read_only=True)) as opened:
        return list(opened.dump())


def wordings(store: Path) -> set[str]:
    return {line.split()[0] for line in dump(store) if '"boilerplate:' in line}


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_figures_and_structure(language: str, tmp_path: Path) -> None:
    build([str(page(tmp_path, "one.txt", language))], tmp_path / "store")
    lines = dump(tmp_path / "store")
    (wording,) = wordings(tmp_path / "store")
    for name, value in FIGURES[language].items():
        predicate = (SCHEMA if name == "foundingDate" else MG) + name
        found = [line for line in lines if f" <{predicate}> " in line and "/claim/" not in line.split()[0]]
        assert [line.split('"')[1] for line in found] == [value]
        assert found[0].split()[-2] == wording
    assert [line for line in lines if line.startswith(wording) and f"<{MG}seen>" in line and '"2013-03-18"' in line]
    if language == "en":
        assert any("Director General" in line and wording in line for line in lines)
    with closing(open_store(tmp_path / "store", read_only=True)) as opened:
        assert validate_store(opened).found == ()


def test_the_release_itself_is_free_of_it(tmp_path: Path) -> None:
    with_menu = page(tmp_path, "one.txt")
    document = parse_document(read_source(str(with_menu)))
    extraction = extract_document(document)
    (tmp_path / "other").mkdir()
    bare = parse_document(read_source(str(page(tmp_path / "other", "one.txt", menu=False))))
    assert document.text == bare.text and document.id == bare.id
    assert extraction.facts == () and "Samba" not in str(extraction.to_json())
    assert read_boilerplate(read_source(str(tmp_path / "other" / "one.txt")), bare) is None


def test_one_wording_is_one_source_until_the_last_page_goes(tmp_path: Path) -> None:
    store, folder = tmp_path / "store", tmp_path / "pages"
    folder.mkdir()
    first, second = page(folder, "one.txt"), page(folder, "two.txt", day="4 May 2014")
    report = build([str(folder)], store)
    assert (report.added, report.documents, len(wordings(store))) == (2, 3, 1)
    assert {line.split('"')[1] for line in dump(store) if f"<{MG}seen>" in line} == {"2013-03-18", "2014-05-04"}
    assert build([str(folder)], store).unchanged == 2
    assert remove([str(first)], store).removed == 1
    assert len(wordings(store)) == 1
    assert {line.split('"')[1] for line in dump(store) if f"<{MG}seen>" in line} == {"2014-05-04"}
    page(folder, "two.txt", menu=False, day="4 May 2014")
    assert build([str(second)], store).replaced == 1
    assert wordings(store) == set() and not any(f"<{MG}memberCount>" in line for line in dump(store))
    page(folder, "two.txt", day="4 May 2014")
    build([str(second)], store)
    assert len(wordings(store)) == 1
    assert remove([str(folder / "*.txt")], store).removed == 1
    assert dump(store) == []


def test_the_order_of_building_leaves_no_trace(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    pages = [page(folder, "one.txt"), page(folder, "two.txt"), page(folder, "trois.txt", "fr")]
    build([str(folder)], tmp_path / "a")
    for path in reversed(pages):
        build([str(path)], tmp_path / "b")
    assert dump(tmp_path / "a") == dump(tmp_path / "b")
