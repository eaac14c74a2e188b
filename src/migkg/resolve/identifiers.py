"""What the identifiers of a row are worth: exact where two sources agree or the register itself says so, else close.

The cautions are those of data/authorities/README.md; which identifier counts as what and why:
docs/decisions/0015-what-counts-as-the-same-elsewhere.md.
"""

from dataclasses import dataclass

WIKIDATA = "http://www.wikidata.org/entity/"
ROR = "https://ror.org/"
ISNI = "https://isni.org/isni/"
# Kosovo: a code that ISO leaves to its users, so it is no code of the standard.
_USER_ASSIGNED = "user-assigned"


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The identifiers of one row.

    Attributes:
        exact, close: IRIs of the same thing elsewhere, and of what most likely is.
        codes: codes of registers without addresses: datatype (local name in the ontology) and code.
        plain: codes that no register has.
    """

    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    plain: tuple[str, ...] = ()


def organisation_identifiers(row: dict[str, str]) -> Identifiers:
    """The identifiers of a row of ``organisations.csv``."""
    sources, _, rest = row["source_notes"].removeprefix("src: ").partition(";")
    named = set(sources.strip().split("+"))
    exact: list[str] = []
    close: list[str] = []
    if row["wikidata_id"]:
        # A QID that only the compilation has was right in 88 of 94 cases that could be compared (README).
        confirmed = "wikidata: ROR" in rest or "wikidata: SpocWiki/_Standards + ROR" in rest
        (exact if confirmed else close).append(WIKIDATA + row["wikidata_id"])
    if row["ror_id"]:
        (exact if "ROR" in named else close).append(ROR + row["ror_id"])
    if row["isni"]:
        (exact if "ROR" in named else close).append(ISNI + row["isni"])
    codes = []
    if row["iati_org_id"]:
        retired = "OrganisationIdentifier(retired list)" in named
        codes.append(("retiredIatiCode" if retired else "iatiCode", row["iati_org_id"]))
    if row["dac_channel_code"]:
        codes.append(("dacChannelCode", row["dac_channel_code"]))
    return Identifiers(tuple(exact), tuple(close), tuple(codes))


def country_identifiers(row: dict[str, str]) -> Identifiers:
    """The identifiers of a row of ``countries.csv``."""
    match = (WIKIDATA + row["wikidata_id"],) if row["wikidata_id"] else ()
    disputed = "QID" in row["source_notes"] or row["kind"] == "historic"
    codes = tuple(filter(None, (row["iso3"], row["iso2"], row["iso_numeric"])))
    if row["kind"] == "historic" or _USER_ASSIGNED in row["source_notes"]:
        return Identifiers(() if disputed else match, match if disputed else (), (), codes)
    return Identifiers(() if disputed else match, match if disputed else (), tuple(("isoCode", c) for c in codes))
