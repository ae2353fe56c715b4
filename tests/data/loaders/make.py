"""Makes the binary samples beside it, all of fictional text: `uv run tests/data/loaders/make.py`.

The text samples are written by hand. What each database or crawler writes is described where the sample's test is.
"""
# /// script
# requires-python = ">=3.11"
# dependencies = ["python-docx>=1.1", "reportlab>=4", "pypdf>=5", "warcio>=1.7", "playwright>=1.50"]
# ///

from __future__ import annotations

import gzip
import io
import json
import plistlib
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).parent

COVER = [
    ("b", "User Name: "), ("", "EXAMPLE READER"), ("b", "Date and Time: Wednesday, February 4, 2026 7:08:00 PM GMT"),
    ("b", "Job Number: 79564983"), ("b", "Documents (2)"), ("", "1. Ferry talks resume after a quiet weekend"),
    ("b", "Client/Matter: -None-"), ("b", "Search Terms: ferry"), ("b", "Search Type: Natural Language "), ("b", "Narrowed by: "),
    ("b", "Content Type"), ("b", "Narrowed by"), ("", "News"), ("", "Sources: The Harbour Gazette"),
    ("", "2. Fähre fährt wieder"), ("b", "Client/Matter: -None-"), ("b", "Search Terms: ferry"), ("b", "Narrowed by: "),
    ("b", "Content Type"), ("b", "Narrowed by"), ("", "News"), ("", "Sources: Küstenbote"),
]  # fmt: skip
NEXIS = [
    ("b", "Ferry talks resume after a quiet weekend"), ("", "The Harbour Gazette"), ("", "January 12, 2026 Monday 9:50 PM GMT"),
    ("", "Copyright 2026 Harbour Gazette Ltd All Rights Reserved"), ("", "Section: NEWS; Pg. 6"), ("", "Length:\u00a01,074 words"),
    ("", "Byline:\u00a0By Mara Quill and Tom Oakes"), ("", "Dateline: PORT ELLERY"),
    ("", "Highlight: Two companies, one customs house."), ("b", "Body"),
    ("", "Negotiators for the two ferry companies met again on Monday in the old customs house, a week after the talks had broken off over the price of the winter timetable."),
    ("b", "A sort of progress"),
    ("", "“Nobody left the room early this time,” said Ines Falk, who speaks for the islanders. “That is progress of a sort.”"),
    ("", "Subject: the ferry. That is how every letter to this newspaper has begun since autumn."),
    ("b", "Graphic"), ("", " "), ("", "The old customs house in Port Ellery"), ("b", "Classification"), ("", "Language: ENGLISH"),
    ("", "Publication-Type: Newspaper"), ("", "Subject: FERRIES (90%); TRANSPORT (78%)"), ("", "Geographic: PORT ELLERY (91%)"),
    ("", "Load-Date: January 13, 2026"), ("b", "End of Document"),
    ("b", "Fähre fährt wieder"), ("", "Küstenbote"), ("", "Freitag 27. Februar 2026"), ("", "Copyright 2026 Küstenbote GmbH Alle Rechte vorbehalten"),
    ("", "Section: LOKALES; S. 3"), ("", "Length: 20 words"), ("", "Byline: Jana Brandt"), ("b", "Body"),
    ("", "Die Fähre nach Ellery fährt seit Freitag wieder. Am Kai warteten am Morgen schon mehrere hundert Menschen."),
    ("", "Load-Date: February 28, 2026"), ("b", "End of Document"),
]  # fmt: skip
FACTIVA = [
    ("", "News"), ("b", "Ferry talks resume after a quiet weekend"), ("", "Mara Quill"), ("", "1,074 words"), ("", "12 January 2026"),
    ("", "20:41"), ("", "The Harbour Gazette"), ("", "HGZ"), ("", "Northern"), ("", "6"), ("", "English"), ("", "© 2026 Harbour Gazette Ltd"),
    ("", "Negotiators for the two ferry companies met again on Monday in the old customs house."),
    ("", "“Nobody left the room early this time,” said Ines Falk."), ("", "Document HGZ0000020260112em1c0001r"),
    ("b", "Le bac repart"), ("", "65 mots"), ("", "29 décembre 2025"), ("", "La Gazette du Port"), ("", "GAZPRT"), ("", "Français"),
    ("", "Copyright 2025 Gazette du Port"), ("", "Le bac d’Ellery a repris la mer lundi."), ("", "Document GAZPRT0020251229elct00015"),
]  # fmt: skip
REPORT = [
    ("Title", "The winter timetable"), ("Subtitle", "What the islanders were promised, and what they got"),
    ("Heading 1", "A promise"), ("Normal", "In October the company promised six crossings a day. By December there were four."),
    ("List Bullet", "Monday to Friday: four crossings"), ("List Bullet", "Sunday: two crossings"),
    ("Quote", "We were told it was the weather."), ("Caption", "The ferry Ellery II at the quay"),
    ("Heading 1", "A reckoning"), ("Normal", "The port authority will publish the figures in spring."),
]  # fmt: skip
SENTENCES = (
    "The harbour had been quiet since the beginning of the week, and nobody on the quay expected an announcement. "
    "When it came it was short, and it was read out by a woman whom few of the reporters knew. "
    "Responsibility for the winter timetable, she said, lies with neither of the two companies alone. "
)


def word(paragraphs: list[tuple[str, str]], name: str) -> None:
    """A Word file: styles by name, or bold paragraphs."""
    import docx

    document = docx.Document()
    for style, text in paragraphs:
        if style in ("", "b"):
            document.add_paragraph().add_run(text).bold = style == "b" or None
        else:
            document.add_paragraph(text, style=style)
    document.core_properties.author = "Mara Quill" if name == "report.docx" else ""
    document.core_properties.created = datetime(2026, 1, 12, 8, 30)
    document.save(HERE / name)


def rich(paragraphs: list[tuple[str, str]], name: str) -> None:
    """A rich text file, with a logo and a page header as the databases write them."""

    def escaped(text: str) -> str:
        return "".join(
            c if c.isascii() else "\\~" if c == "\u00a0" else f"\\u{ord(c)}?" for c in text.replace("\\", "\\\\")
        )

    lines = [
        f"\\pard {{\\b {escaped(text)}}}\\par" if style == "b" else f"\\pard {escaped(text)}\\par"
        for style, text in paragraphs
    ]
    head = (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Arial;}}{\\header Page 1 of 2\\par}{\\pict\\pngblip "
    )
    (HERE / name).write_text(head + "89504e47" * 9_000 + "}\n" + "\n".join(lines) + "}", encoding="ascii")


def pdf() -> None:
    """An article over three pages with running heads, divided words and page numbers; a scan; a locked file."""
    from pypdf import PdfReader, PdfWriter
    from reportlab.lib.pagesizes import A5
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    page = Canvas(out, pagesize=A5, invariant=1)
    page.setTitle("Quiet on the quay")
    page.setAuthor("Mara Quill")
    for number in (1, 2, 3):
        page.setFont("Helvetica", 8)
        page.drawString(40, 570, "THE HARBOUR GAZETTE   12 January 2026")
        page.drawString(200, 20, str(number))
        y = 530
        if number == 1:
            page.setFont("Helvetica-Bold", 20)
            page.drawString(40, y, "Quiet on the quay")
            y -= 40
        for heading in ("An announcement", "What follows"):
            page.setFont("Helvetica-Bold", 13)
            page.drawString(40, y, f"{heading} ({'abc'[number - 1]})")
            y -= 24
            page.setFont("Helvetica", 10)
            for line in divided(SENTENCES + SENTENCES.replace("quiet", "busy"), 56):
                page.drawString(40, y, line)
                y -= 13
            y -= 14
        page.showPage()
    page.save()
    (HERE / "article.pdf").write_bytes(out.getvalue())

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(out.getvalue())))
    writer.encrypt("a secret", algorithm="RC4-128")
    writer.write(HERE / "locked.pdf")

    scan = Canvas(str(HERE / "scan.pdf"), pagesize=A5, invariant=1)
    scan.rect(40, 40, 300, 500, fill=1)
    scan.showPage()
    scan.save()


def divided(text: str, width: int) -> list[str]:
    """Lines of at most `width` letters; a long word at the end is divided."""
    lines = [""]
    for word in text.split():
        room = width - len(lines[-1]) - 1
        if len(word) <= room:
            lines[-1] = f"{lines[-1]} {word}".strip()
        elif word.isalpha() and len(word) > 9 and room > 5:
            lines[-1] += f" {word[: room - 1]}-"
            lines.append(word[room - 1 :])
        else:
            lines.append(word)
    return lines


def page(title: str, text: str) -> bytes:
    return f"<!doctype html><html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>".encode()


def web() -> None:
    """A crawl of two pages, a picture and a page that was not found; and the package that holds it."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "example"}))
    chunked = (
        b"".join(
            b"%x\r\n%s\r\n" % (len(part), part)
            for part in (page("Dues", SENTENCES * 2)[:100], page("Dues", SENTENCES * 2)[100:])
        )
        + b"0\r\n\r\n"
    )
    answers = [
        (
            "https://gazette.example/2026/01/12/ferry",
            "200 OK",
            "text/html; charset=utf-8",
            {"Content-Encoding": "gzip"},
            gzip.compress(page("Ferry talks resume", SENTENCES), mtime=0),
        ),
        ("https://gazette.example/logo.png", "200 OK", "image/png", {}, b"\x89PNG\r\n\x1a\n"),
        ("https://gazette.example/gone", "404 Not Found", "text/html", {}, page("Not found", "There is no such page.")),
        ("https://gazette.example/dues", "200 OK", "text/html", {"Transfer-Encoding": "chunked"}, chunked),
    ]
    for url, status, kind, more, body in answers:
        head = StatusAndHeaders(status, [("Content-Type", kind), *more.items()], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            http_headers=head,
            warc_headers_dict={"WARC-Date": "2026-01-13T06:00:00Z"},
        )
        writer.write_record(record)
    (HERE / "crawl.warc.gz").write_bytes(out.getvalue())
    with zipfile.ZipFile(HERE / "crawl.wacz", "w") as package:
        package.writestr("archive/data.warc.gz", out.getvalue())
        package.writestr("indexes/index.cdx.gz", gzip.compress(b"", mtime=0))
        package.writestr("pages/pages.jsonl", json.dumps({"format": "json-pages-1.0", "id": "pages"}))
        package.writestr("datapackage.json", json.dumps({"profile": "data-package", "wacz_version": "1.1.1"}))


def saved() -> None:
    """A page as Chromium saves it in one file, and as Safari does: a property list (binary) with the page as its main resource."""
    from playwright.sync_api import sync_playwright

    address, markup = "https://gazette.example/2026/01/12/ferry", page("Ferry talks resume", SENTENCES)
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        tab.route("**/*", lambda route: route.fulfill(body=markup, content_type="text/html; charset=utf-8"))
        tab.goto(address)
        told = tab.context.new_cdp_session(tab).send("Page.captureSnapshot", {"format": "mhtml"})
        (HERE / "ferry.mhtml").write_bytes(told["data"].encode())
        browser.close()
    main = {
        "WebResourceData": markup,
        "WebResourceURL": address,
        "WebResourceMIMEType": "text/html",
        "WebResourceFrameName": "",
    }
    archive = {"WebMainResource": main | {"WebResourceTextEncodingName": "UTF-8"}, "WebSubresources": []}
    (HERE / "ferry.webarchive").write_bytes(plistlib.dumps(archive, fmt=plistlib.FMT_BINARY))


if __name__ == "__main__":
    word(COVER + NEXIS, "nexis_uni.docx")
    rich(COVER + NEXIS, "nexis_uni.rtf")
    rich(FACTIVA, "factiva_display.rtf")
    word(REPORT, "report.docx")
    pdf()
    web()
    saved()
