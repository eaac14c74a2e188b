import re
from pathlib import Path

import pytest

from migkg.errors import UsageError
from migkg.model.vocabulary import ENTITY_TYPES, RELATIONS
from migkg.render.words import (
    country_names,
    interface_languages,
    key_paths,
    load_review_words,
    load_style,
    load_words,
)

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
def test_every_word_of_the_review_page_is_there_and_used(language: str, root: Path) -> None:
    english, words = load_review_words("en"), load_review_words(language)
    assert words.keys() == english.keys()
    for key, text in english.items():
        assert sorted(re.findall(r"\{\w+\}", words[key])) == sorted(re.findall(r"\{\w+\}", text)), key
    folder = root / "src" / "migkg" / "serve" / "review" / "assets"
    page = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))
    assert [key for key in words if key.removeprefix("said_") not in page and not key.startswith("feature_")] == []
    scoring = (root / "src" / "migkg" / "resolve" / "scoring.py").read_text(encoding="utf-8")
    features = {name.replace(" ", "_") for name in re.findall(r'Reason\("([a-z ]+)"', scoring)}
    assert len(features) > 5
    assert features <= {key.removeprefix("feature_") for key in words if key.startswith("feature_")}


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
