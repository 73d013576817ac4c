"""A corpus of inputs made to harm: `python -m tests.hostile.make_corpus FOLDER [NAME…]` writes it.

Each kind is one function that makes the bytes of one file; its name is the file's, and what follows the last `_` the
suffix. Nothing in it is from anywhere else, and the same bytes are made each time.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import re
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from whence.sources import limits

Maker = Callable[[], bytes]
KINDS: dict[str, Maker] = {}
"""File name to what makes it."""
NEWS = "Rebels attacked the town of Harim on Monday, the defence ministry said. Five soldiers were killed. "
BOMB = 1_000_000_000
"""Bytes that a bomb unfolds into."""


def kind(make: Maker) -> Maker:
    """Takes a function into the corpus: `many_tags_html` makes `many-tags.html`, `bomb_jsonl_gz` `bomb.jsonl.gz`."""
    words = make.__name__.split("_")
    suffixes = {"html", "xhtml", "txt", "json", "jsonl", "csv", "parquet", "pdf", "docx", "rtf", "rss", "warc"}
    packings = {"gz", "bz2", "xz"}
    cut = next(i for i, word in enumerate(words) if word in suffixes | packings)
    KINDS[".".join(["-".join(words[:cut]), *words[cut:]])] = make
    return make


def page(body: str) -> bytes:
    """An HTML page with an article's first sentences before the harm."""
    head = f"<!DOCTYPE html><html><head><title>News</title></head><body><article><p>{NEWS * 3}</p>"
    return f"{head}{body}</article></body></html>".encode("utf8", "surrogatepass")


def zeros_gz(size: int = BOMB) -> bytes:
    """Zeros, gzipped."""
    packer, block = zlib.compressobj(9, zlib.DEFLATED, 31), bytes(1_000_000)
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def record(body: bytes, headers: str = "", more: int = 0) -> bytes:
    """A WARC record; `more` is what its length says beyond what it has."""
    content = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2016-08-17T10:00:00Z\r\n"
        f"WARC-Target-URI: https://news.example/1\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(content) + more}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def archive(members: dict[str, bytes]) -> bytes:
    """A ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{OFFICE}"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def docx(document: bytes) -> bytes:
    """A DOCX with this document part."""
    return archive(
        {"[Content_Types].xml": TYPES.encode(), "_rels/.rels": RELATIONS.encode(), "word/document.xml": document}
    )


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha ha ha ha ha ">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
"""Entities of which the last would be 15 GB."""


# ---- compression


@kind
def bomb_gz() -> bytes:
    return zeros_gz()


@kind
def bomb_jsonl_gz() -> bytes:
    return zeros_gz()


@kind
def spaces_jsonl_bz2() -> bytes:
    return bz2.compress(b" " * 300_000_000)


@kind
def spaces_txt_xz() -> bytes:
    return lzma.compress(b" " * 300_000_000, preset=0)


@kind
def bomb_in_bomb_gz() -> bytes:
    return gzip.compress(zeros_gz())


@kind
def bomb_warc_gz() -> bytes:
    good = record(page(""))
    return gzip.compress(good) + gzip.compress(record(bytes(200_000_000))) + gzip.compress(good)


@kind
def bomb_inside_warc_gz() -> bytes:
    bombs = [
        record(zeros_gz(), "Content-Encoding: gzip\r\n"),
        record(gzip.compress(zeros_gz()), "Content-Encoding: gzip, gzip\r\n"),
    ]
    return b"".join(map(gzip.compress, [record(page("")), *bombs, record(page(""))]))


@kind
def lying_lengths_warc() -> bytes:
    return record(page(""), more=10**9) + record(page(""), more=-50) + b"garbage" * 1000 + record(page(""), more=10**15)


@kind
def many_faults_warc() -> bytes:
    return b"WARC/1.0\r\nContent-Length: 19000000\r\n\r\n" * 600_000


@kind
def bomb_docx() -> bytes:
    return docx(b"<w:document>" + b" " * 400_000_000)


@kind
def entities_docx() -> bytes:
    body = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>'
    return docx((ENTITIES + body).encode())


@kind
def nested_docx() -> bytes:
    inner = "<w:sdt>" * 100_000 + "</w:sdt>" * 100_000
    return docx(f'<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'.encode())


@kind
def many_members_docx() -> bytes:
    return archive({f"word/{i}.xml": b"" for i in range(70_000)})


@kind
def bomb_pdf() -> bytes:
    stream = zlib.compress(b" " * 300_000_000)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    return pdf(objects)


@kind
def circular_pdf() -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>"])


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects."""
    out, places = b"%PDF-1.4\n", []
    for number, data in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + end % (len(objects) + 1, table, len(objects) + 1, len(out))


# ---- mark-up


@kind
def nested_tags_html() -> bytes:
    return page("<div>" * 100_000)


@kind
def nested_inline_html() -> bytes:
    return page("<b><i>" * 50_000 + "text")


@kind
def many_paragraphs_html() -> bytes:
    return page("<p>Rebels left the town.</p>" * 100_000)


@kind
def fewer_paragraphs_html() -> bytes:
    return page("<p>Rebels left the town, officials said.</p>" * 20_000)


@kind
def many_attributes_html() -> bytes:
    return page("<p " + " ".join(f"a{i}=x" for i in range(100_000)) + ">text</p>")


@kind
def open_brackets_html() -> bytes:
    return page("<" * 2_000_000)


@kind
def open_comments_html() -> bytes:
    return page("<!--" * 500_000)


@kind
def open_quote_html() -> bytes:
    return page('<a href="' * 300_000)


@kind
def open_scripts_html() -> bytes:
    return page("<script>" * 200_000)


@kind
def many_tables_html() -> bytes:
    return page(
        "<table><tr><td>" * 80 + "x" + "</td></tr></table>" * 80 + "<table><tr><td>1</td></tr></table>" * 20_000
    )


@kind
def many_links_html() -> bytes:
    return page("".join(f'<a href="/2016/08/{i % 28}/x">12/12/2012 news {i}</a> ' for i in range(40_000)))


@kind
def many_entities_html() -> bytes:
    return page("<p>" + "&amp;&#x41;&nosuch;&#999999999999;" * 100_000)


@kind
def long_line_html() -> bytes:
    return page("<p>" + "x" * 19_000_000)


@kind
def linked_data_html() -> bytes:
    return page('<script type="application/ld+json">' + "[" * 200_000 + "</script>")


@kind
def entities_xhtml() -> bytes:
    return ('<?xml version="1.0"?>' + ENTITIES + f"<html><body><p>{NEWS * 3}&j;</p></body></html>").encode()


@kind
def external_xhtml() -> bytes:
    types = '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY % f SYSTEM "http://127.0.0.1:9/">%f;]>'
    return f'<?xml version="1.0"?>{types}<html><body><p>{NEWS * 3}&e;</p></body></html>'.encode()


@kind
def entities_rss() -> bytes:
    item = f"<item><title>&j;</title><description>{NEWS * 5}&j;</description></item>"
    return ('<?xml version="1.0"?>' + ENTITIES + f'<rss version="2.0"><channel>{item}</channel></rss>').encode()


@kind
def nested_rss() -> bytes:
    return b'<?xml version="1.0"?><rss version="2.0"><channel>' + b"<item>" * 100_000


# ---- characters


@kind
def broken_bytes_txt() -> bytes:
    return NEWS.encode() * 50 + bytes(range(128, 256)) * 2_000


@kind
def broken_bytes_html() -> bytes:
    return page("<p>x").replace(b"x", b"\xff\xfe\xc3\x28\xed\xa0\x80" * 100_000)


@kind
def utf16_txt() -> bytes:
    return (NEWS * 20).encode("utf-16-le")


@kind
def odd_charset_html() -> bytes:
    return b'<meta charset="unicode_escape">' + page("<p>\\x41\xe9").replace(b"\xc3\xa9", b"\xe9" * 1000)


@kind
def zeros_txt() -> bytes:
    return NEWS.encode() + b"\0" * 100_000


@kind
def directions_txt() -> bytes:
    return (NEWS + "\u202e\u2066\u200b\u200d\u0301" * 100_000 + NEWS).encode()


@kind
def surrogates_jsonl() -> bytes:
    return json.dumps({"id": "\ud800", "text": NEWS + "\udfff\ud800" * 10_000, "title": "\udc00"}).encode() + b"\n"


# ---- rows


@kind
def deep_json() -> bytes:
    return b"[" * 1_000_000


@kind
def deep_jsonl() -> bytes:
    return b'{"text":' + b'{"a":' * 500_000 + b"\n" + json.dumps({"text": NEWS}).encode()


@kind
def many_keys_json() -> bytes:
    return json.dumps({**{f"key {i}": i for i in range(1_000_000)}, "text": NEWS}).encode()


@kind
def huge_numbers_json() -> bytes:
    return b'{"text": ' + json.dumps(NEWS).encode() + b', "id": ' + b"9" * 1_000_000 + b', "published": 1e999}'


@kind
def open_quote_csv() -> bytes:
    return b'id,text\n1,x\n2,"' + NEWS.encode() * 150_000


@kind
def many_columns_csv() -> bytes:
    return b"text," * 500_000 + b"\n" + b"x," * 500_000 + b"\n"


@kind
def broken_foot_parquet() -> bytes:
    return b"PAR1" + bytes(1000) + b"\xff\xff\xff\x7f" + b"PAR1"


@kind
def nested_rtf() -> bytes:
    return b"{\\rtf1 " + b"{" * 500_000 + NEWS.encode()


@kind
def mime_html() -> bytes:
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n" for i in range(20_000))
    return ("MIME-Version: 1.0\r\n" + parts + NEWS).encode()


# ---- texts at which patterns and grammars could lose their way


BEFORE = NEWS * 210
"""So much English that a text passes for it, whatever follows."""
TOKEN = re.compile(r"\w+|[^\w\s]")
PIECES = {
    "one-line": ("x", 19_900_000, ""),
    "commas": (",", 1_000_000, ""),
    "three-million-words": ("Rebels attacked the town. ", 750_000, ""),
    "one-word": ("attacked ", 200_000, ""),
    "names-of-one": ("Aba Lomo ", 60_000, ""),
    "open-quotations": ("\u201cHe said, ", 10_000, ""),
    "straight-quotations": ('"', 300_000, ""),
    "single-quotations": ("'a", 200_000, ""),
    "nested-quotations": ("\u201cHe said: \u2018she said: ", 5_000, "\u2019\u201d"),
    "dots": (".", 500_000, ""),
    "spaced-dots": (". ", 200_000, ""),
    "ellipses": ("and ...\n", 100_000, ""),
    "spaces": (" ", 5_000_000, ""),
    "tabs-and-breaks": (" \t\r\n", 500_000, ""),
    "capitals": ("A", 500_000, ""),
    "initials": ("A.B. ", 100_000, ""),
    "digits": ("1", 500_000, ""),
    "numbers": ("1,000 ", 100_000, ""),
    "dates": ("12/", 200_000, ""),
    "days": ("Monday ", 60_000, ""),
    "months": ("March 15, ", 40_000, ""),
    "dashes": ("-", 500_000, ""),
    "hyphens": ("a-", 200_000, ""),
    "brackets": ("(", 300_000, ""),
    "nested-brackets": ("(Reuters ", 30_000, ")"),
    "addresses": ("https://", 100_000, ""),
    "mails": ("a@a.", 150_000, ""),
    "colons": ("said: ", 50_000, ""),
    "datelines": ("KABUL, March 15 (Reuters) - ", 20_000, ""),
    "short-lines": ("x\n", 500_000, ""),
    "and": ("and the rebels ", 40_000, ""),
}
"""For each text what is repeated in it, how often, and what closes each piece at the end."""


def text(piece: str, times: int, close: str) -> Maker:
    """Makes an article with a piece repeated in it."""
    return lambda: f"{BEFORE}\n\n{NEWS}{piece * times}{close * times}\n\n{NEWS}".encode()


def most(piece: str) -> int:
    """How often a piece may stand in an article that is coded; all of them, within a hundred words."""
    words = limits.DOCUMENT_WORDS - len(TOKEN.findall(BEFORE)) - 100
    return int(words // max(1, len(TOKEN.findall(piece))))


for name, (piece, times, close) in PIECES.items():
    KINDS[f"{name}.txt"] = text(piece, times, close)
    if TOKEN.search(piece * 2) and len(TOKEN.findall(piece * 2)) > 1 and times > most(piece + close):
        KINDS[f"{name}-most.txt"] = text(piece, most(piece + close), close)
KINDS["names.txt"] = lambda: names(50_000)
KINDS["names-most.txt"] = lambda: names(most("President Aba Lomo said. "))


def names(count: int) -> bytes:
    """An article of very many persons."""
    return "".join(f"President Aba{i} Lomo{i} said. " for i in range(count)).encode()


def write(folder: Path, name: str) -> Path:
    """Makes one file of the corpus."""
    path = folder / name
    path.write_bytes(KINDS[name]())
    return path


def main() -> None:
    """Writes the kinds that are named, or all."""
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or KINDS:
        print(f"{write(folder, name).stat().st_size:12,} {name}", flush=True)


if __name__ == "__main__":
    main()
