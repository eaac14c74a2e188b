"""One grant that five releases tell of, in three languages and with the project's name in each, counts once."""

from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from migkg.build import build
from migkg.rdf.namespaces import MG, SCHEMA
from migkg.store import open_store
from migkg.store.base import Rows

RELEASES = {
    "grant.en.txt": """Japan Supports Border Management in Zambia

Lusaka, 12 March 2015 - The Government of Japan is funding the project "Strengthening Border Management in Zambia" with
USD 2.5 million. The project is implemented by IOM together with the Department of Immigration of Zambia.
""",
    "posts.en.txt": """New Border Posts Open in Zambia

Chirundu, 4 September 2015 - IOM and the Department of Immigration of Zambia opened two border posts on Friday under
the project Strengthening Border Management in Zambia, funded by the Government of Japan with USD 2.5 million.
""",
    "course.en.txt": """Training for Zambian Immigration Officers

Livingstone, 20 January 2016 - Thirty immigration officers completed a training course on document examination on
Wednesday. The course is part of the project "Strengthening Border Management in Zambia", which the Government of Japan
funds with 2.5 million US dollars and IOM implements.
""",
    "don.fr.txt": """Le Japon appuie la gestion des frontières en Zambie

Lusaka, le 12 mars 2015 – Le gouvernement du Japon finance à hauteur de 2,5 millions de dollars américains le projet
« Renforcement de la gestion des frontières en Zambie », mis en œuvre par l’OIM avec le Département de l’immigration de
la Zambie.
""",
    "donacion.es.txt": """Japón apoya la gestión de fronteras en Zambia

Lusaka, 12 de marzo de 2015 – El Gobierno de Japón financia con 2,5 millones de dólares estadounidenses el proyecto
«Fortalecimiento de la gestión de fronteras en Zambia», que ejecuta la OIM junto con el Departamento de Inmigración de
Zambia.
""",
}
OTHERS = {
    # another sum, another country: neither is the grant above
    "other-sum.en.txt": """Japan Adds Funds for Zambia's Borders

Lusaka, 2 May 2016 - The Government of Japan is funding the project "Strengthening Border Management in Zambia" with
USD 1 million more.
""",
    "other-country.en.txt": """Japan Supports Border Management in Malawi

Lilongwe, 3 May 2016 - The Government of Japan is funding the project "Strengthening Border Management in Malawi" with
USD 2.5 million.
""",
}
QUERY = f"""
SELECT ?grant ?item ?amount ?source WHERE {{
  ?grant a <{MG}Funding> ; <{SCHEMA}fundedItem> ?item ; <{MG}amount> ?amount ; <{MG}source> ?source
}}
"""


@pytest.fixture
def grants(tmp_path: Path) -> dict[tuple[str, str, str], set[str]]:
    """The sources of each grant: its IRI, what it is for and the sum."""
    folder = tmp_path / "releases"
    folder.mkdir()
    for name, text in (RELEASES | OTHERS).items():
        title, *body = text.splitlines()
        (folder / name).write_text(f"{title}\n\n{' '.join(body).strip()}\n", encoding="utf-8")
    build([str(folder)], tmp_path / "store")
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    with closing(open_store(tmp_path / "store", read_only=True)) as store:
        answer = store.query(QUERY)
    assert isinstance(answer, Rows)
    for row in answer.rows:
        grant, item, amount, source = (term.value if term else "" for term in row)
        found[(grant, item, amount)].add(source)
    return found


def test_five_announcements_are_one_grant(grants: dict[tuple[str, str, str], set[str]]) -> None:
    assert sorted(len(sources) for sources in grants.values()) == [1, 1, len(RELEASES)]


def test_the_sums_and_projects_stay_themselves(grants: dict[tuple[str, str, str], set[str]]) -> None:
    assert len({item for _, item, _ in grants}) == 2
    assert len({amount for _, _, amount in grants}) == 2
