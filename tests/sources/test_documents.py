"""PDF, DOCX and RTF, made here."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import pypdf
import pytest
from docx import Document

from whence import sources
from whence.errors import EmptyInput, InputError, TooLarge, TooSlow, UnreadableInput
from whence.records import Page
from whence.sources import limits

LINES = [
    ["The Kesh Courier 15 March 2023", "Rebels shell harbour in Port Lanning", "By Jane Marrow",
     "Rebels shelled the harbour of Port Lanning on Tuesday, wounding eleven peo-",
     "ple, the governor of the province said at a meeting with journalists there.",
     "The attack was short.",
     "A spokesman for the front denied the charge on Wednesday, and said that the", "1"],
    ["The Kesh Courier 15 March 2023", "shells had come from a ship of the navy, which had been seen off the coast.",
     "Nobody could confirm that.", "2"],
]  # fmt: skip


def pdf(pages: Sequence[Sequence[str]], title: str | None = None, stream: bytes | None = None) -> bytes:
    """A PDF with these lines, written out by hand."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        content = zlib.compress(f"BT /F1 10 Tf 50 800 Td {shown}ET".encode()) if stream is None else stream
        page = f"<< /Type /Page /Parent 2 0 R /Contents {5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        objects.append(page.encode())
        objects.append(b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(content), content))
    objects.append(f"<< /Title ({title or ''}) >>".encode())
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, 2)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj %s endobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
    out.write(trailer % (len(objects) + 1, len(objects), start))
    return out.getvalue()


def only(path: Path, data: bytes) -> Page | InputError:
    path.write_bytes(data)
    (found,) = sources.pages(str(path))
    return found


def test_a_pdf_is_its_paragraphs_without_running_heads(tmp_path: Path) -> None:
    page = only(tmp_path / "a.pdf", pdf(LINES, "Rebels shell harbour in Port Lanning"))
    assert isinstance(page, Page)
    assert (page.media_type, page.title, page.published) == ("text/plain", "Rebels shell harbour in Port Lanning", None)
    assert page.data.decode().split("\n\n") == [
        "By Jane Marrow",
        "Rebels shelled the harbour of Port Lanning on Tuesday, wounding eleven people, the governor of the province "
        "said at a meeting with journalists there. The attack was short.",
        "A spokesman for the front denied the charge on Wednesday, and said that the shells had come from a ship of "
        "the navy, which had been seen off the coast. Nobody could confirm that.",
    ]


def test_a_declared_title_that_no_reader_sees_is_none(tmp_path: Path) -> None:
    page = only(tmp_path / "a", pdf(LINES, "Microsoft Word - Document1"))
    assert isinstance(page, Page) and page.title is None


def test_pdfs_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    scanned = only(path, pdf([[], []]))
    assert isinstance(scanned, EmptyInput) and "OCR" in scanned.reason
    writer = pypdf.PdfWriter(io.BytesIO(pdf(LINES)))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    encrypted = only(path, locked.getvalue())
    assert isinstance(encrypted, UnreadableInput) and "encrypted" in encrypted.reason
    for data in (b"%PDF-1.7", b"no pdf", pdf(LINES)[:300], pdf(LINES).replace(b"/Kids", b"/Kits")):
        assert isinstance(only(path, data), InputError)


def test_caps_of_pdfs(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with limits.override(pdf_pages=1):
        assert isinstance(only(path, pdf(LINES)), TooLarge)
    with limits.override(reading_seconds=1e-9):
        assert isinstance(only(path, pdf(LINES)), TooSlow)
    with limits.override(export_bytes=100):
        assert isinstance(only(path, pdf(LINES)), TooLarge)
    bomb = only(path, pdf([[]], stream=zlib.compress(b" " * 100_000_000, 9)))
    assert isinstance(bomb, TooLarge)


def docx(*paragraphs: str, title: str | None = None) -> bytes:
    document = Document()
    if title:
        document.add_heading(title, 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def zipped(xml: bytes, name: str = "word/document.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
    return file.getvalue()


BOMB = zipped(b" " * 200_000_000)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_a_docx_is_its_paragraphs_and_its_headline_the_title(tmp_path: Path) -> None:
    page = only(tmp_path / "a.docx", docx("Rebels\tleft the town.", "", "Nobody\nstayed.", title="Rebels leave"))
    assert isinstance(page, Page)
    assert (page.title, page.data.decode()) == ("Rebels leave", "Rebels left the town.\n\nNobody\n\nstayed.")
    plain = only(tmp_path / "b", docx("Rebels left."))
    assert isinstance(plain, Page) and (plain.title, plain.data) == (None, b"Rebels left.")


def test_deleted_text_and_second_versions_are_not_read(tmp_path: Path) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    text = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    xml = (
        f"<w:document {W} {mc}><w:body><w:p><w:r><w:t>One</w:t></w:r>"
        "<w:del><w:r><w:delText>no</w:delText></w:r></w:del></w:p>"
        f"<mc:AlternateContent><mc:Choice>{text.format('Two')}</mc:Choice><mc:Fallback>{text.format('no')}</mc:Fallback>"
        "</mc:AlternateContent></w:body></w:document>"
    )
    page = only(tmp_path / "a.docx", zipped(xml.encode()))
    assert isinstance(page, Page) and page.data == b"One\n\nTwo"


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (zipped(f"<!DOCTYPE x [<!ENTITY a 'b'>]><w:p {W}>&a;</w:p>".encode()), UnreadableInput, "document type"),
        (zipped(f"<w:document {W}>&a;</w:document>".encode()), UnreadableInput, "broken DOCX"),
        (zipped(b"x", "a.txt"), UnreadableInput, "no .docx"),
        (docx("One.")[:900], UnreadableInput, "broken DOCX"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), UnreadableInput, "encrypted"),
        (docx(), EmptyInput, "no text"),
        (zipped(b"<x>" * 100_000), TooLarge, "nested"),
        (BOMB, TooLarge, "unpacks"),
        (BOMB.replace((200_000_000).to_bytes(4, "little"), (50).to_bytes(4, "little")), InputError, ""),
    ],
    ids=["doctype", "entity", "zip", "cut", "old", "empty", "deep", "bomb", "lying bomb"],
)  # fmt: skip
def test_docx_that_cannot_be_read_says_why(tmp_path: Path, data: bytes, error: type[InputError], says: str) -> None:
    found = only(tmp_path / "a.docx", data)
    assert isinstance(found, error) and says in found.reason


def test_a_docx_that_takes_long_is_given_up(tmp_path: Path) -> None:
    with limits.override(reading_seconds=1e-9):
        assert isinstance(only(tmp_path / "a.docx", docx("One.")), TooSlow)


def test_too_many_members(tmp_path: Path) -> None:
    with limits.override(zip_members=3):
        assert isinstance(only(tmp_path / "a.docx", docx("One.")), TooLarge)


RTF = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title no}}"


def test_an_rtf_is_its_paragraphs(tmp_path: Path) -> None:
    body = rb"\pard Rebels left the caf\'e9 \u8212? quickly.\par\par {\b Nobody} stayed.\par}"
    page = only(tmp_path / "a.rtf", RTF + body)
    assert isinstance(page, Page)
    assert page.data.decode() == "Rebels left the café — quickly.\n\nNobody stayed."


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"Rebels left.", UnreadableInput),
        (RTF + b"}", EmptyInput),
        (RTF + rb"\pard \u99999999999999999999? x}", InputError),
        (rb"{\rtf1{\fonttbl" + rb"{\f0\fcharset0 A;" * 20_000 + b"}", TooLarge),
    ],
)
def test_rtf_that_cannot_be_read_says_why(tmp_path: Path, data: bytes, error: type[InputError]) -> None:
    assert isinstance(only(tmp_path / "a.rtf", data), error)


def test_links_of_an_rtf_cost_no_more_than_other_words(tmp_path: Path) -> None:
    links = rb'{\field{\*\fldinst{HYPERLINK "https://e.example"}}{\fldrslt Rebels}} ' * 20_000
    page = only(tmp_path / "a.rtf", RTF + links + b"}")
    assert isinstance(page, Page) and page.data.startswith(b"Rebels Rebels") and b"example" not in page.data
