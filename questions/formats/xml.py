"""XML without entities, document types or network."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from questions.formats.opened import MAX_TEXT, Opened

MAX_DEPTH = 60
"""Nesting of elements that is followed; real files have a third of it."""


def parse(opened: Opened, data: bytes | None = None) -> Element:
    """Return the root of an XML file, its names without namespaces.

    Parameters
    ----------
    data : bytes or None
        A part of the file; None for the file itself.

    Raises
    ------
    ProblemsFound
        When it isn't well-formed (with the line), declares a document type or entities, is
        nested too deeply or too big.
    """
    data = opened.data if data is None else data
    if len(data) > MAX_TEXT:
        shown = {"mb": len(data) // 2**20, "limit": MAX_TEXT // 2**20}
        raise opened.refuse("open.too_big", **shown)
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise opened.refuse("xml.entities") from None
    except ParseError as error:
        raise opened.refuse("xml.broken", error.position[0]) from None
    except (LookupError, ValueError):  # an encoding that nobody knows
        raise opened.refuse("open.encoding", 1) from None
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise opened.refuse("xml.deep")
        level = [child for element in level for child in element]
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def words(element: Element | None) -> str:
    """Return all text of an element, its ends stripped; empty where there is none."""
    return "" if element is None else "".join(element.itertext()).strip()


def all_of(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names anywhere below, in their order."""
    return (found for found in element.iter() if found.tag in names)
