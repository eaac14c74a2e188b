import re

import pytest

from migkg.errors import UsageError
from migkg.model.vocabulary import ENTITY_TYPES, RELATIONS
from migkg.render.words import country_names, interface_languages, key_paths, load_style, load_words

LANGUAGES = ("en", "es", "fr")


def test_the_page_speaks_the_three_languages() -> None:
    assert tuple(interface_languages()) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_and_has_the_same_places(language: str) -> None:
    english, words = load_words("en"), load_words(language)
    assert key_paths(words) == key_paths(english)
    for section, texts in english.items():
        if isinstance(texts, dict):
            for key, text in texts.items():
                places = sorted(re.findall(r"\{\w+\}", str(text)))
                assert sorted(re.findall(r"\{\w+\}", str(words[section][key]))) == places, f"{section}.{key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_and_relation_has_two_words(language: str) -> None:
    words = load_words(language)
    assert set(words["types"]) == ENTITY_TYPES
    assert set(words["relations"]) == set(RELATIONS)
    assert {len(pair) for pair in (*words["types"].values(), *words["relations"].values())} == {2}


def test_every_type_has_a_shape_of_its_own_and_every_relation_a_line() -> None:
    style = load_style()
    assert set(style["types"]) == ENTITY_TYPES
    assert set(style["relations"]) == set(RELATIONS)
    assert len({drawn["shape"] for drawn in style["types"].values()}) == len(ENTITY_TYPES)


def test_country_names_in_each_language() -> None:
    assert [country_names(language)["DEU"] for language in LANGUAGES] == ["Germany", "Alemania", "Allemagne"]


@pytest.mark.parametrize("language", ["de", "", "../en", "style", "EN"])
def test_other_languages_are_refused(language: str) -> None:
    with pytest.raises(UsageError, match="speaks en, es, fr"):
        load_words(language)
