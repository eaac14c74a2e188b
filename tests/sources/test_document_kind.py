"""Release or structure page: by the page, not by a word in it. All annotated documents are tested in test_source_gold."""

import pytest
from document_helpers import read

STRUCTURE = {
    "en-list": """
<h1>Our organisation</h1><p>The Agency is headed by a Director General, who is assisted by two deputies.</p>
<ul><li>Office of the Director General<ul><li>Legal Unit</li><li>Audit Unit</li></ul></li>
<li>Department of Operations<ul><li>Emergency Division</li><li>Logistics Division</li></ul></li></ul>""",
    "en-table": """
<h1>Governing Board</h1><p>The Board has five members and meets twice in a year.</p>
<table><tr><th>Name</th><th>Institution</th></tr><tr><td>Ana Ruiz, Chairperson</td><td>Ministry of the Interior</td></tr>
<tr><td>John Doe</td><td>Department of Labour</td></tr><tr><td>Awa Diop</td><td>Office of the Ombudsman</td></tr></table>""",
    "fr-prose": """
<h1>Organigramme</h1><p>La direction générale comprend trois directions et un secrétariat, placés sous l’autorité du
directeur général.</p><h2>Direction des opérations</h2><p>Elle compte deux divisions et le service des urgences.</p>
<h2>Direction des ressources</h2><p>En relèvent le bureau du budget et la section du personnel.</p>""",
    "es-chart": """
<h1>Estructura orgánica</h1><h2>Secretaría de Estado de Migraciones</h2><ul><li>Dirección General de Gestión Migratoria</li>
<li>Dirección General de Inclusión</li></ul><h2>Subsecretaría</h2><ul><li>Secretaría General Técnica</li>
<li>Oficina Presupuestaria</li></ul><p>De la Subsecretaría depende también la unidad que lleva las estadísticas.</p>""",
}

RELEASE = {
    # Offices and directors in every sentence, but a thing that happened.
    "en-office-opens": """
<h1>IOM Opens Office of the Regional Director in Dakar</h1>
<p>Dakar – The Regional Director opened the new regional office of the Organization today in the presence of the Director of
the Department of Borders and of the Head of the Delegation of the European Union.</p>
<p>The office will serve fifteen missions in the region and house a unit for research, the Director General said.</p>
<p>The Minister of the Interior thanked the Organization for its choice of the capital.</p>""",
    # A list of participants and a title with the word structure.
    "fr-list": """
<h1>Une structure d’accueil pour les migrants de retour</h1><p>Publié le 4 mai 2018</p>
<p>Niamey – Ont assisté à l’ouverture du centre :</p><ul><li>le Ministre de l’Intérieur ;</li><li>l’Ambassadeur du Japon ;</li>
<li>la Directrice de l’état civil ;</li><li>le chef de mission de l’OIM.</li></ul>
<p>Le centre, que finance le Japon, accueillera cent personnes et sera géré par la Croix-Rouge.</p>""",
    "es-council": """
<h1>El Consejo Directivo de la Unidad Administrativa sesionó en Bogotá</h1><p class="fecha">12 de mayo de 2017</p>
<p>El Consejo Directivo se reunió ayer en Bogotá y aprobó el plan que le había presentado el Director General.</p>
<p>La Unidad abrirá tres oficinas en la frontera con el apoyo de la Unión Europea, que aporta dos millones de euros.</p>""",
    "en-short": "<h1>Secretary visits centre</h1><p>The Secretary of State visited the centre in Accra and praised the staff.</p>",
}


@pytest.mark.parametrize("name", STRUCTURE)
def test_structure(name: str) -> None:
    assert read(f"<html><body>{STRUCTURE[name]}</body></html>").kind == "structure"


@pytest.mark.parametrize("name", RELEASE)
def test_release(name: str) -> None:
    assert read(f"<html><body>{RELEASE[name]}</body></html>").kind == "release"
