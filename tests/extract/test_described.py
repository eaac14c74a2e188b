"""Programmes, events and instruments: where the phrase ends, what is a name, and which phrases speak of one thing."""

import pytest

from support.reading import names, read

PHRASES = [
    # a name, quoted, or after "with the title"
    ("en", "Programme", "The project “Safe Roads Home” began.", {"Safe Roads Home"}),
    ("en", "Programme", "It is a project with the title Enhancing Migration Data.", {"Enhancing Migration Data"}),
    ("fr", "Programme", "Le projet intitulé « Jeunes en action » commence.", {"Jeunes en action"}),
    ("es", "Programme", "El proyecto «Jóvenes en acción» comienza.", {"Jóvenes en acción"}),
    # whose it is does not name it
    ("en", "Programme", "The NRC project runs until May.", {"NRC project"}),
    # the phrase ends at another mention and at a verb
    ("en", "Event", "The High Commissioner held talks with them.", set()),
    # part of a compound
    ("en", "Event", "The reception centres and the training materials are new.", set()),
    ("en", "Event", "A two-day workshop on trafficking took place.", {"two-day workshop on trafficking"}),
    # small nouns without a determiner are no things
    ("en", "Event", "They asked for training.", set()),
    ("fr", "Event", "Un atelier de deux jours sur la traite a eu lieu.", {"atelier de deux jours sur la traite"}),
    ("es", "Event", "Un taller sobre trata tuvo lugar.", {"taller sobre trata"}),
    ("en", "Instrument", "IOM and Ghana signed a memorandum of understanding.", {"memorandum of understanding"}),
    # a word with an elided article inside ends no name
    ("fr", "Programme", "Le Programme Mobilité de la main-d’œuvre commence.",
     {"Programme Mobilité de la main-d’œuvre"}),
    # a plan written small is none
    ("en", "Instrument", "They have a plan for the winter.", set()),
    ("en", "Programme", "Money comes from the Instrument for Pre-Accession Assistance.",
     {"Instrument for Pre-Accession Assistance"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "kind", "text", "wanted"), PHRASES, ids=[p[2][:40] for p in PHRASES])
def test_phrases(code, kind, text, wanted):
    assert names(read(code, text), kind) == wanted


SAME = [
    # the text returns to what it has spoken of
    ("en", "Event", "A workshop began in Accra. The workshop ends on Friday. The training was useful.", 1),
    # a session is a part, not the meeting
    ("en", "Event", "The Regional Meeting on Return began. She moderated the opening panel.", 2),
    # "earlier" and "another" set a thing apart
    ("en", "Event", "The course began. They had sat through an earlier course.", 2),
    ("fr", "Event", "Un atelier a commencé à Dakar. L'atelier finit vendredi.", 1),
    ("es", "Event", "Un taller comenzó en Quito. El taller termina el viernes.", 1),
]


@pytest.mark.parametrize(("code", "kind", "text", "number"), SAME, ids=[s[2][:40] for s in SAME])
def test_which_phrases_speak_of_one_thing(code, kind, text, number):
    assert len([t for t in read(code, text).cast.things if t.type == kind and t.spans]) == number


HEADLINES = [
    # the verb of a headline is no part of a name
    ("Instrument", "IOM and ECO to Sign Memorandum on Managing Migration", "Sign Memorandum on Managing Migration"),
    ("Programme", "Reintegration Project Starts in Georgia This Year", "Reintegration Project Starts"),
]


@pytest.mark.parametrize(("kind", "heading", "wrong"), HEADLINES, ids=[h[1][:30] for h in HEADLINES])
def test_headlines_in_capitals_name_nothing(kind, heading, wrong):
    assert wrong not in names(read("en", "It was a long day.", heading=heading), kind)
