"""A Word document (.docx): its paragraphs in order, with insertions and without what was struck out.

The document part is read by itself: headers, footers, comments and pictures are never unpacked.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from lxml import etree

from statements.ingest.formats import Extract, Unreadable, paragraphs

UNPACKED = (
    100 * 1024 * 1024
)  # bytes, all parts together, as the directory of the archive declares them
RATIO = 200  # of a part unpacked to its packed size; documents of text reach about 30
SMALL = 1024 * 1024  # bytes below which a part may be packed as well as it likes
PARTS = 5_000
MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
#: Parts of the tree that are not the text: what was moved away, and the second drawing of a text box.
SKIPPED = {"moveFrom", "Fallback", "del"}


def read_word(content: bytes, _declared: str = "") -> Extract:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return Extract(text_of(document(archive)))
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        NotImplementedError,
        OSError,
        zlib.error,
    ):
        raise Unreadable("broken") from None


def document(archive: zipfile.ZipFile) -> bytes:
    """The XML of the document part, after the sizes that the archive declares were looked at; ``zipfile`` gives no more than those."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise Unreadable("unpacked")
    for part in parts:
        if part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1):
            raise Unreadable("unpacked")
    if any(part.flag_bits & 1 for part in parts) or "EncryptedPackage" in names:
        raise Unreadable("encrypted")
    if "[Content_Types].xml" not in names:
        raise Unreadable("archive")
    name = "word/document.xml"
    if "_rels/.rels" in names:
        for relation in tree(unpacked(archive, "_rels/.rels")):
            if relation.get("Type") in (MAIN, STRICT):
                name = posixpath.normpath(relation.get("Target", "").lstrip("/"))
    if name not in names:
        raise Unreadable("archive")
    return unpacked(archive, name)


def unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part, read piece by piece: no more is unpacked than the directory declares, whatever is packed there."""
    with archive.open(name) as part:
        return b"".join(iter(lambda: part.read(65536), b""))


def tree(xml: bytes) -> Any:
    """The root of a part, read without entities, without network, within libxml2's own bounds on depth and growth."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)  # noqa: S320
    except etree.XMLSyntaxError:
        raise Unreadable("broken") from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable("entities")  # no Word document has a DTD
    return root


def local(node: Any) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def text_of(xml: bytes) -> str:
    root = tree(xml)
    if local(root) != "document":
        raise Unreadable("archive")
    lines: list[str] = []
    #: paragraphs that are open, one in the other where a text box stands in one
    open_: list[list[str]] = []
    skipping = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        name = local(node)
        if name in SKIPPED:
            skipping += 1 if event == "start" else -1
        if skipping:
            continue
        if name == "p" and event == "start":
            open_.append([])
        elif name == "p" and open_:
            lines += "".join(open_.pop()).split("\n")
        elif event == "start" and open_:
            if name == "t":
                open_[-1].append(node.text or "")
            elif name in ("tab", "noBreakHyphen"):
                open_[-1].append(" " if name == "tab" else "-")
            elif name in ("br", "cr"):
                open_[-1].append("\n")
    return paragraphs(lines)
