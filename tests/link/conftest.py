"""A store of three releases that links are looked for."""

from pathlib import Path

import pytest

from migkg.build import build

RELEASES = {
    "a.en.txt": """London, 4 May 2011 – The Department for International Development (DFID) of the United Kingdom funds
a project of the Norwegian Refugee Council (NRC) in Kenya. Mr John Example, Director of the Norwegian Refugee Council,
said so.""",
    "b.en.txt": """Asunción, 5 May 2012 – The Foundation for Border Research of Paraguay and the International
Organization for Migration (IOM) organised a workshop in Asunción.""",
    "c.fr.txt": """Dakar, le 4 mai 2014 – L’Organisation internationale pour les migrations (OIM) a organisé un atelier
à Dakar avec le Centre de Recherche sur les Frontières du Sénégal.""",
}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of releases and store; copy it to change it."""
    folder = tmp_path_factory.mktemp("linking")
    (folder / "releases").mkdir()
    for name, text in RELEASES.items():
        (folder / "releases" / name).write_text(text, encoding="utf-8")
    report = build([str(folder / "releases")], folder / "store")
    assert not report.skipped
    return folder
