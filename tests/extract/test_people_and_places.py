"""Names of people and of places: what makes capitals the one, the other, or neither."""

import pytest

from support.reading import names, read

PEOPLE = [
    ("en", "“It works,” said Ibrahim Warfaa, IOM's Director of Operations.", {"Ibrahim Warfaa"}),
    ("en", "Mr. Nigel Hurst runs it. Hurst was pleased.", {"Nigel Hurst"}),
    ("en", "For further information, please contact: Roshni Vakharia.", {"Roshni Vakharia"}),
    ("en", "He met Hazim Al-Hazim, who heads the Kuwait Red Crescent Society.", {"Hazim Al-Hazim"}),
    # a form of address is no name
    ("en", "He was received by His Highness the Emir.", set()),
    # capitals that name a prize, a river, a region
    ("en", "UNHCR was awarded the Nobel Peace Prize.", set()),
    ("en", "The Limpopo River burst its banks.", set()),
    ("en", "The project covers West Africa.", set()),
    ("fr", "« C'est urgent », a déclaré Mme Claire Bergmann, chef de mission.", {"Claire Bergmann"}),
    ("es", "«Es urgente», dijo el embajador Walter Sinclair.", {"Walter Sinclair"}),
    # an apostrophe inside the name, a given name that is a city, a family name told by its ending
    ("en", "Samoa's Chief Immigration Officer, Lemalu Fa'afetai, spoke.", {"Lemalu Fa'afetai"}),
    ("es", "Habló el presidente de la Comisión, Washington Pereyra Sosa.", {"Washington Pereyra Sosa"}),
    ("en", "Deputy Minister of Justice Begimai Sadykbekova read a letter.", {"Begimai Sadykbekova"}),
    # given names among them, but towns: after "en", in a list after a town, a region written like a name
    ("es", "La cónsul en Nueva York no vino.", set()),
    ("es", "Hay proyectos en Barahona y Elías Piña.", set()),
    ("es", "Visitaron el Hospital Tomás Romay.", set()),
]


@pytest.mark.parametrize(("code", "text", "people"), PEOPLE, ids=[p[1][:40] for p in PEOPLE])
def test_people(code, text, people):
    assert names(read(code, text), "Person") == people


PLACES = [
    ("en", "The workshop was held in Chihaquelane.", {"Chihaquelane"}),
    # towns after a noun for places, in a list
    ("en", "They visited the camps of Zaatari.", {"Zaatari"}),
    # the title of a protocol, a word written small elsewhere, the first word of a headline
    ("en", "The Protocol on Trafficking in Persons was signed.", set()),
    ("en", "People want to stay in Dignity. With dignity they can.", set()),
    ("fr", "L'atelier s'est tenu à Niamey.", {"Niamey"}),
    ("es", "El taller se celebró en Tapachula.", {"Tapachula"}),
    # a dateline, an office over a place, a country after the town
    ("fr", "Kédougou, le 27 février 2020. La réunion a eu lieu.", {"Kédougou"}),
    ("fr", "Le maire de Saraya est venu.", {"Saraya"}),
    ("en", "They met the Mayor of Chihaquelane.", {"Chihaquelane"}),
    ("en", "It was run by a Geneva-based charity.", {"Geneva"}),
    # a day after a list of towns is none
    ("en", "It opened in Nairobi and on Tuesday it closed.", {"Nairobi"}),
]


@pytest.mark.parametrize(("code", "text", "places"), PLACES, ids=[p[1][:40] for p in PLACES])
def test_places(code, text, places):
    assert names(read(code, text), "Place") == places
