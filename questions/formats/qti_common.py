"""What QTI 1.2 and 2.1 share: the files of a package, HTML inside XML, identifiers."""

from __future__ import annotations

import io
import posixpath
import re
import urllib.parse
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from xml.etree.ElementTree import Element

from questions.formats.opened import Opened, unpack
from questions.formats.xml import parse

_ID = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
_ROOTS = ("assessmentItem", "questestinterop")


@dataclass(frozen=True)
class Part:
    """An XML file with questions, and a finder of the pictures that it names."""

    root: Element
    find: Callable[[str], bytes | None]


def parts(opened: Opened) -> Iterator[Part]:
    """Yield the files with questions of a package, or the one file itself.

    Raises
    ------
    ProblemsFound
        When a part is broken, or there is none with questions.
    """
    if not opened.is_zip:
        yield Part(_checked(opened, parse(opened)), lambda _: None)
        return
    package = unpack(opened)
    names = set(package.namelist())
    listed = [name for name in _listed(opened, package, names) if name in names]
    found = False
    for name in listed or sorted(names):
        if not name.lower().endswith(".xml") or name.endswith("imsmanifest.xml"):
            continue
        root = parse(opened, package.read(name))
        if root.tag in _ROOTS:
            found = True
            yield Part(root, _finder(package, names, posixpath.dirname(name)))
    if not found:
        raise opened.refuse("qti.no_items")


def _checked(opened: Opened, root: Element) -> Element:
    if root.tag not in _ROOTS:
        raise opened.refuse("xml.root", found=root.tag, wanted=", ".join(_ROOTS))
    return root


def _listed(opened: Opened, package: zipfile.ZipFile, names: set[str]) -> list[str]:
    """Return the files of the manifest in its order."""
    if "imsmanifest.xml" not in names:
        return []
    root = parse(opened, package.read("imsmanifest.xml"))
    found = [urllib.parse.unquote(file.get("href", "")) for file in root.iter("file")]
    return list(dict.fromkeys(found))


def _finder(
    package: zipfile.ZipFile, names: set[str], folder: str
) -> Callable[[str], bytes | None]:
    def find(address: str) -> bytes | None:
        name = posixpath.normpath(posixpath.join(folder, urllib.parse.unquote(address)))
        return package.read(name) if name in names else None

    return find


def inner_html(
    element: Element, replaced: Mapping[Element, str] | None = None, skip: tuple[str, ...] = ()
) -> str:
    """Return what stands inside an element as HTML.

    Parameters
    ----------
    replaced : mapping
        Elements that something else stands for.
    skip : tuple of str
        Names of elements that are left out.
    """
    replaced = replaced or {}
    shown = escape(element.text or "", quote=False)
    for child in element:
        shown += _outer(child, replaced, skip) + escape(child.tail or "", quote=False)
    return shown


def _outer(element: Element, replaced: Mapping[Element, str], skip: tuple[str, ...]) -> str:
    if element in replaced:
        return replaced[element]
    if element.tag in skip:
        return ""
    if element.tag == "object" and element.get("type", "").startswith("image/"):
        return f'<img src="{escape(element.get("data", ""))}" alt="">'
    inside = inner_html(element, replaced, skip)
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in element.attrib.items() if "}" not in name
    )
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"


def own_id(value: str, prefix: str) -> str | None:
    """Return an identifier that we wrote, without its prefix; None for any other."""
    own = value.removeprefix(prefix)
    return own if value.startswith(prefix) and _ID.fullmatch(own) else None


def package_of(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip package; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
