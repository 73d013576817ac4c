"""Makes DOCX, RTF and HTML of the exports that stand beside it as text, in the layouts of the two services.

`python -m tests.sources.exports.make FOLDER` writes them to look at. The news in them is invented.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
NAMES = ("nexis", "factiva", "factiva_coded")
_CODED = re.compile(r"([A-Z]{2,3})(?:  (.*))?")


def blocks(name: str) -> list[str]:
    """The lines of an export that say something."""
    return [line for line in (HERE / f"{name}.txt").read_text(encoding="utf8").splitlines() if line]


def docx(name: str) -> bytes:
    """As a Word document: a paragraph a line, fields and their codes in a table of two columns."""
    from docx import Document

    document = Document()
    document.sections[0].header.paragraphs[0].text = "Page 1 of 9"
    for line in blocks(name):
        coded = _CODED.fullmatch(line)
        if coded and name == "factiva_coded":
            cells = document.add_table(1, 2).rows[0].cells
            cells[0].text, cells[1].text = coded[1], coded[2] or ""
        else:
            document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def rtf(name: str) -> bytes:
    """As RTF, letters beyond ASCII escaped, headlines as links."""
    lines = []
    for line in blocks(name):
        safe = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in line.replace("\\", "\\\\"))
        if "ambassador" in safe and len(safe) < 60:
            safe = f'{{\\field{{\\*\\fldinst{{HYPERLINK "https://e.example/1"}}}}{{\\fldrslt {safe}}}}}'
        lines.append(rf"\pard {safe}\par")
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}}{\info{\author Somebody}}"
    return "\n".join([head, *lines, "}"]).encode("ascii")


def html(name: str) -> bytes:
    """As a page: headings, paragraphs, and for fields with codes a table."""
    pieces = ["<!DOCTYPE html><html><head><title>Export</title><style>p {color: red}</style></head><body>"]
    for line in blocks(name):
        coded = _CODED.fullmatch(line)
        if coded and name == "factiva_coded":
            pieces.append(f"<table><tr><td><b>{coded[1]}</b></td><td>{escape(coded[2] or '')}</td></tr></table>")
        elif label := re.match(r"(?:Byline|Load-Date|Section):", line):
            pieces.append(f"<div><b>{label[0]}</b> <span>{escape(line[label.end() :].strip())}</span></div>")
        else:
            pieces.append(f"<p>{escape(line)}</p>")
    return "\n".join([*pieces, "</body></html>"]).encode()


FORMS: dict[str, Callable[[str], bytes]] = {"docx": docx, "rtf": rtf, "html": html}

if __name__ == "__main__":
    for name in NAMES:
        for suffix, make in FORMS.items():
            (Path(sys.argv[1]) / f"{name}.{suffix}").write_bytes(make(name))
