"""Records of ROR in both schemas: one is real (CC0: DFID, which is no more), the others are as real ones are."""

import json
from pathlib import Path
from typing import Any


def location(code: str) -> dict[str, Any]:
    return {"geonames_id": 1, "geonames_details": {"country_code": code, "name": "x"}}


def second(identifier: str, names: dict[str, list[str]], country: str, kinds: list[str], **more: Any) -> dict[str, Any]:
    """A record of schema 2: its names with their types."""
    entries = [{"value": name, "types": types, "lang": None} for name, types in names.items()]
    record = {"id": f"https://ror.org/{identifier}", "names": entries, "types": kinds, "status": "active"}
    return record | {"locations": [location(country)], "relationships": [], "external_ids": []} | more


SHOWN = ["label", "ror_display"]
DFID = second(
    "05rf29967",
    {"DFID": ["acronym"], "Department for International Development": SHOWN},
    "GB",
    ["funder", "government"],
    status="inactive",
)
NRC = second(
    "0000nrc00",
    {"NRC": ["acronym"], "Norwegian Refugee Council": SHOWN, "Flyktninghjelpen": ["alias"]},
    "NO",
    ["nonprofit"],
)
CENTRE = second(
    "0000cen00",
    {"Centre de recherche sur les frontières du Sénégal": SHOWN},
    "SN",
    ["education"],
)
FIRST = {
    "id": "https://ror.org/0000nrc00",
    "name": "Norwegian Refugee Council",
    "aliases": ["Flyktninghjelpen"],
    "acronyms": ["NRC"],
    "labels": [{"label": "Conseil norvégien pour les réfugiés", "iso639": "fr"}],
    "types": ["Nonprofit"],
    "country": {"country_code": "NO", "country_name": "Norway"},
    "status": "active",
}


def dump(path: Path, *records: Any, indent: int | None = None) -> Path:
    path.write_text(json.dumps(records, ensure_ascii=False, indent=indent), encoding="utf-8")
    return path
