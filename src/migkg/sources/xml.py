"""XML from others: document types and entities are refused before any other library sees the file."""

from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from migkg.errors import SourceSkip

# Elements inside one another; records and feeds have some ten.
MAX_DEPTH = 200
REFUSED = "it has a document type or entities, which are refused"


class _Nothing:
    """A target that keeps nothing and minds the depth."""

    def __init__(self) -> None:
        self.depth = 0

    def start(self, _: str, __: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SourceSkip(f"elements nested more than {MAX_DEPTH} deep")

    def end(self, _: str) -> None:
        self.depth -= 1

    def close(self) -> None:
        return None


def make_parser(target: Any, encoding: str | None = None) -> Any:
    """A parser that refuses document types; its ``parser`` knows the place of what it hands to the target.

    Args:
        target: as for ``xml.etree.ElementTree.XMLParser``.
        encoding: that of the bytes, whatever they declare.
    """
    return DefusedXMLParser(target=target, encoding=encoding, forbid_dtd=True)


def check_xml(data: bytes) -> str | None:
    """What is wrong with the form of an XML file, with its place; ``None`` where nothing is.

    Raises:
        SourceSkip: it has a document type or entities, or is nested too deep.
    """
    parser = make_parser(_Nothing())
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException as error:
        raise SourceSkip(REFUSED) from error
    except (ParseError, ValueError, LookupError) as error:
        return " ".join(str(error).split())
    return None
