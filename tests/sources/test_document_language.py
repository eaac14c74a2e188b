"""Languages: right on short texts full of foreign names, and the neighbours of the three are not taken for them."""

import pytest

from migkg.errors import SourceSkip
from migkg.text.language import guess_language

READ = [
    # About sixty words, a third of them foreign names.
    (
        "en",
        "Ouagadougou – Abdoulaye Ouédraogo, Fatoumata Sawadogo and Jean-Baptiste Compaoré of the Direction générale de "
        "la police nationale met Giorgio Bianchi and Lucía Fernández of Médecins Sans Frontières in Bobo-Dioulasso. The "
        "Agence nationale de l’emploi and the Office national d’identification will join them in Koudougou with the "
        "help of the Agencia Española de Cooperación Internacional para el Desarrollo.",
    ),
    (
        "fr",
        "Katmandou – Bishnu Prasad Shrestha, Sita Gurung et Ram Bahadur Thapa ont reçu John Fitzgerald et Mary O’Connor, "
        "de l’International Rescue Committee et du Norwegian Refugee Council, venus de Pokhara. Le Nepal Rastra Bank, "
        "Save the Children et World Vision International seront représentés à Lalitpur le mois prochain, au côté de la "
        "Japan International Cooperation Agency.",
    ),
    (
        "es",
        "Nueva York – Christopher McDonnell, William Abernathy y Susan Hathaway, de la International Organization for "
        "Migration, recibieron ayer a Jean-Pierre Lefèvre y a Marie-Claude Dubois, de Médecins du Monde y del Office "
        "français de l’immigration. El United States Department of State y la German Cooperation Agency GIZ se sumarán "
        "en Washington y en Boston.",
    ),
    ("es", "Oficina del Director General, Secretaría de la Junta, Departamento de Recursos Humanos y Unidad de Ética"),
    (
        "fr",
        "Bureau du Directeur général, Secrétariat du Conseil, Département des ressources humaines, Unité de l’éthique",
    ),
    ("en", "Office of the Director General, Secretariat of the Board, Department of Human Resources, Ethics Unit"),
]

OTHER = {
    "pt": "O Governo do Brasil e a Organização Internacional para as Migrações assinaram ontem em Brasília um acordo para o "
    "apoio aos refugiados venezuelanos. O projeto, que conta com financiamento da União Europeia, será executado em três "
    "estados até o final do ano.",
    "gl": "O Goberno de Galicia e a Organización Internacional para as Migracións asinaron onte en Santiago un acordo para o "
    "apoio aos refuxiados. O proxecto, que conta con financiamento da Unión Europea, executarase en tres provincias.",
    "ca": "El Govern de Catalunya i l'Organització Internacional per a les Migracions van signar ahir a Barcelona un acord "
    "per donar suport als refugiats. El projecte, que compta amb el finançament de la Unió Europea, es durà a terme aviat.",
    "it": "Il Governo italiano e l'Organizzazione internazionale per le migrazioni hanno firmato ieri a Roma un accordo per "
    "il sostegno ai rifugiati. Il progetto, che è finanziato dall'Unione europea, sarà realizzato in tre regioni.",
    "ro": "Guvernul României și Organizația Internațională pentru Migrație au semnat ieri la București un acord pentru "
    "sprijinirea refugiaților. Proiectul, finanțat de Uniunea Europeană, va fi pus în aplicare în trei județe.",
    "nl": "De Nederlandse regering en de Internationale Organisatie voor Migratie hebben gisteren in Den Haag een "
    "overeenkomst getekend over steun aan vluchtelingen. Het project loopt tot het einde van het jaar.",
    "de": "Die Bundesregierung und die Internationale Organisation für Migration haben gestern in Berlin ein Abkommen über "
    "die Unterstützung von Flüchtlingen unterzeichnet. Das Projekt läuft bis Ende des Jahres in drei Ländern.",
    "ht": "Gouvènman Ayiti a ak Òganizasyon Entènasyonal pou Migrasyon te siyen yè nan Pòtoprens yon akò pou ede moun ki "
    "retounen nan peyi a. Pwojè a jwenn lajan nan men Inyon Ewopeyen an.",
    "ru": "Правительство Канады и Международная организация по миграции подписали вчера в Оттаве соглашение.",
    "ar": "وقعت الحكومة الكندية والمنظمة الدولية للهجرة أمس في أوتاوا اتفاقا لدعم اللاجئين",
    "vi": "Chính phủ Canada và Tổ chức Di cư Quốc tế đã ký hôm qua tại Hà Nội một thỏa thuận hỗ trợ người tị nạn.",
}


@pytest.mark.parametrize(("language", "text"), READ)
def test_read(language: str, text: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize("language", OTHER)
def test_not_read(language: str) -> None:
    with pytest.raises(SourceSkip, match=f"^language {language} is not supported$"):
        guess_language(OTHER[language])


def test_label_of_page_does_not_decide() -> None:
    # Many Portuguese pages are built on Spanish templates: the label says es, the words do not.
    with pytest.raises(SourceSkip, match="language pt"):
        guess_language(OTHER["pt"], "es-CO")
    assert guess_language(READ[0][1], "fr") == "en"


def test_label_helps_where_words_are_few() -> None:
    assert guess_language("Bamako Niamey Ouagadougou N’Djamena", "fr-FR") == "fr"


@pytest.mark.parametrize("text", ["", "2013 – 18/03", "— • —"])
def test_no_words(text: str) -> None:
    with pytest.raises(SourceSkip, match="no words"):
        guess_language(text)
