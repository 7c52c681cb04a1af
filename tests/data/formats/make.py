"""Makes the files of this folder with real programs; run it by hand when a source changes.

``python make.py`` needs pandoc, LibreOffice (``libreoffice-writer-nogui`` and ``hyphen-fr``),
Chromium and mutt, and makes every file here but the two sources, ``halles.md`` and ``page.html``.
``python make.py --expected`` writes what the readers make of them into ``expected/``: look at the
difference before you keep it, since the tests compare with these files.

The words are our own, under CC0; places, people and figures are invented.
"""

from __future__ import annotations

import argparse
import csv
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import threading
from email.message import EmailMessage
from email.policy import SMTP
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
NOTES = re.compile(r"\[\^(\w+)\]")


def run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=HERE, stdout=sys.stderr)


# --- pandoc: DOCX, ODT, EPUB ----------------------------------------------------------------------


def by_pandoc() -> None:
    for name in ("halles.docx", "halles.odt", "halles.epub"):
        run("pandoc", "halles.md", "-o", name)


# --- LibreOffice: a review in two columns, with running heads, notes and hyphens ------------------

FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>Les halles de Brévelan</dc:title>
<meta:initial-creator>Maud Kerdoncuff</meta:initial-creator><dc:creator>Maud Kerdoncuff</dc:creator>
<dc:date>2024-09-17T10:00:00</dc:date></office:meta>
<office:font-face-decls><style:font-face style:name="Serif"
 svg:font-family="'Liberation Serif'"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties style:font-name="Serif"
 fo:font-size="12pt" fo:language="fr" fo:country="FR" fo:hyphenate="true"
 fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:default-style>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties
 fo:text-align="justify" fo:margin-bottom="0.2cm" fo:hyphenation-ladder-count="no-limit"/>
</style:style>
<style:style style:name="Footnote" style:family="paragraph"><style:text-properties
 fo:font-size="9pt"/></style:style>
<style:style style:name="H1" style:family="paragraph" style:default-outline-level="1"
 style:display-name="Heading 1"><style:text-properties fo:font-size="18pt" fo:font-weight="bold"/>
</style:style>
<style:style style:name="H2" style:family="paragraph" style:default-outline-level="2"
 style:display-name="Heading 2"><style:text-properties fo:font-size="13pt" fo:font-weight="bold"/>
</style:style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="PL"><style:page-layout-properties fo:page-width="14.8cm"
 fo:page-height="16cm" fo:margin-top="1.2cm" fo:margin-bottom="1.2cm" fo:margin-left="1.5cm"
 fo:margin-right="1.5cm"><style:columns fo:column-count="2" fo:column-gap="0.7cm"/>
</style:page-layout-properties><style:header-style><style:header-footer-properties
 fo:min-height="0.8cm" fo:margin-bottom="0.4cm"/></style:header-style><style:footer-style>
<style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style>
</style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="PL">
<style:header><text:p>Cahiers du Trégouët, numéro 41</text:p></style:header>
<style:footer><text:p>— <text:page-number>1</text:page-number> —</text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>
{body}
</office:text></office:body></office:document>
"""


def flat_body() -> str:
    """``halles.md`` as OpenDocument, without its table."""
    source = (HERE / "halles.md").read_text("utf-8").split("---\n", 2)[2]
    notes = {
        key: " ".join(text.split())
        for key, text in re.findall(r"^\[\^(\w+)\]: (.*?)(?=^\[\^|\Z)", source, re.S | re.M)
    }
    count = 0

    def note(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return (
            f'<text:note text:id="n{count}" text:note-class="footnote"><text:note-citation>{count}'
            '</text:note-citation><text:note-body><text:p text:style-name="Footnote">'
            f"{escape(notes[match[1]])}</text:p></text:note-body></text:note>"
        )

    parts = []
    for block in re.split(r"\n\n+", source):
        text = re.sub(r"<(https:\S+)>", r"\1", " ".join(block.split()))
        if not text or text.startswith(("[^", "|")):
            continue
        if heading := re.match(r"(#+) (.*)", text):
            level = min(len(heading[1]), 2)
            parts.append(
                f'<text:h text:style-name="H{level}" text:outline-level="{level}">'
                f"{escape(heading[2])}</text:h>"
            )
        elif text.startswith("- "):
            items = [item.strip() for item in block.strip()[2:].split("\n- ")]
            inner = "".join(
                f'<text:list-item><text:p text:style-name="Body">{escape(" ".join(i.split()))}'
                "</text:p></text:list-item>"
                for i in items
            )
            parts.append(f"<text:list>{inner}</text:list>")
        else:
            shown = NOTES.sub(note, escape(text))
            parts.append(f'<text:p text:style-name="Body">{shown}</text:p>')
    return "\n".join(parts)


def by_libreoffice() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        flat = Path(temporary) / "revue.fodt"
        flat.write_text(FLAT.format(body=flat_body()), encoding="utf-8")
        for kind in ("odt", "docx", "pdf"):
            run("soffice", f"-env:UserInstallation=file://{temporary}/profile", "--headless",
                "--convert-to", kind, "--outdir", HERE, flat)  # fmt: skip


# --- Chromium: a page printed to PDF --------------------------------------------------------------


def by_chromium() -> None:
    """Served, so that the address which Chromium prints below is not one of this machine's disk."""
    handler = functools.partial(SimpleHTTPRequestHandler, directory=HERE)
    with (
        tempfile.TemporaryDirectory() as profile,
        ThreadingHTTPServer(("127.0.0.1", 8741), handler) as server,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu",
            f"--user-data-dir={profile}", "--print-to-pdf=page.pdf",
            "http://127.0.0.1:8741/page.html")  # fmt: skip
        saved_by_chromium("http://127.0.0.1:8741/page.html")
        server.shutdown()


def saved_by_chromium(address: str) -> None:
    """The page in one file, as its menu's "Save as, single file" writes it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page()
        page.goto(address)
        saved = page.context.new_cdp_session(page).send("Page.captureSnapshot")
        (HERE / "page.mhtml").write_bytes(saved["data"].encode())
        browser.close()


# --- PDFium: the first page as a picture, which is what a scanner makes ---------------------------


def scanned() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(HERE / "page.pdf")
    picture = document[0].render(scale=1.5).to_pil().convert("L")
    picture.save(HERE / "scan.pdf", resolution=108, quality=40)
    document.close()


# --- mutt: a reply, as it would be sent -----------------------------------------------------------

REPLY = """Bonjour Soazig,

Merci pour ce compte rendu. Le conseil a retenu deux devis pour la\x20
charpente : 26 400 € chez Tanguy et Fils, 31 200 € chez Le Moal. Le premier\x20
ne comprend pas l’échafaudage.

Le 4 mars 2025, Soazig Prigent a écrit :
> L’expert est passé lundi : deux fermes sur neuf sont à reprendre, pour\x20
> environ 26 000 €.
>> Faut-il fermer la halle ?
> Non, seulement l’allée nord.

From que je sache, l’allée nord reste ouverte le samedi.

À jeudi,
Anaïs

--\x20
Anaïs Le Dû
Mairie de Brévelan
"""
MUTTRC = """set sendmail="{home}/keep" from="anais@exemple.org" realname="Anaïs Le Dû"
set use_envelope_from=no copy=no hostname="exemple.org" user_agent=yes text_flowed=yes
set charset="utf-8" send_charset="us-ascii:iso-8859-1:utf-8" allow_8bit=no rfc2047_parameters=yes
set send_multipart_alternative=yes send_multipart_alternative_filter="{home}/html"
"""


def by_mutt() -> None:
    """What mutt hands to the program that sends: here one that keeps it."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        scripts = {
            "keep": f"cat > '{HERE}/reponse.eml'",
            "html": "printf 'text/html\\n\\n'; pandoc -f markdown -t html",
        }
        for name, script in scripts.items():
            (home / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            (home / name).chmod(0o755)
        (home / "muttrc").write_text(MUTTRC.format(home=home), encoding="utf-8")
        picture = home / "Devis échafaudage.png"
        picture.write_bytes(b"\x89PNG\r\n")
        subprocess.run(
            ["mutt", "-n", "-F", home / "muttrc", "-c", "Yann Guéguen <yann@exemple.org>", "-s",
             "Re: Halle de Brévelan : la charpente à l’étude, les devis retenus et l’allée nord",
             "-a", picture, "--", "Soazig Prigent <soazig@exemple.org>"],
            input=REPLY.encode(), check=True, env=os.environ | {"LC_ALL": "C.UTF-8"},
        )  # fmt: skip


# --- Python: a message, tables, an old text file --------------------------------------------------


def by_python() -> None:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Halle de Brévelan : la charpente à l’étude"
    message["From"] = "Soazig Prigent <soazig@exemple.org>"
    message["To"] = "Anaïs Le Dû <anais@exemple.org>"
    message["Date"] = "Tue, 04 Mar 2025 17:42:00 +0100"
    message["Message-ID"] = "<1@exemple.org>"
    message.set_content(
        "Bonjour Anaïs,\n\nL’expert est passé lundi : deux fermes sur neuf sont à reprendre, pour\n"
        "environ 26 000 €. Il rend son rapport le 18 mars.\n\n> Faut-il fermer la halle ?\n\nNon, "
        "seulement l’allée nord, le temps du chantier.\n\n-- \nSoazig Prigent\n02 99 00 00 00\n",
        charset="windows-1252",
        cte="quoted-printable",
    )
    message.add_alternative("<p>Bonjour Anaïs,</p><p>L’expert est passé…</p>", subtype="html")
    message.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="photo.png")
    (HERE / "message.eml").write_bytes(message.as_bytes())
    rows = [
        ["Étal", "Métier", "Loyer annuel (€)"],
        ["7", "Crémière ; œufs", "1 240,50"],
        ["12", "Tripier", "980"],
        ["31", "Libraire\nd’occasion", "1 100"],
    ]
    with (HERE / "loyers.csv").open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    with (HERE / "loyers.tsv").open("w", encoding="utf-16", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(rows)
    note = textwrap.wrap(
        "L’horloge de la halle avance de 4 minutes ; M. Cadiou l’a réglée le 2 février 2025, puis "
        "le 9, en vain. La réparation coûterait 310 €, hors déplacement de l’horloger, qui vient "
        "de Guingamp une fois par trimestre et refuse de monter par temps de gel.",
        width=64,
    )
    lines = ["Note sur la halle", "=================", "", *note, ""]
    (HERE / "note.txt").write_bytes("\r\n".join(lines).encode("cp1252"))


# --- what the readers make of them ----------------------------------------------------------------


def expected() -> None:
    from askdossier.clean import clean
    from askdossier.core import UnreadableDocument
    from askdossier.load import read, recognition

    recognition.recogniser = lambda: None  # as those see it who have no Tesseract
    (HERE / "expected").mkdir(exist_ok=True)
    for path in sorted(HERE.iterdir()):
        if not path.is_file() or path.suffix == ".py":
            continue
        try:
            document, removals = clean(read(path, path.name))
        except UnreadableDocument as error:
            found: dict[str, object] = {"refused": str(error)}
        else:
            source = document.source
            found = {
                "title": document.title,
                "author": source.author,
                "publisher": source.publisher,
                "date": source.date,
                "url": source.url,
                "licence": source.licence,
                "language": document.language,
                "headings": [[h.level, h.span.of(document.text)] for h in document.headings],
                "pages": [[page.offset, page.number] for page in document.pages],
                "removed": [[removal.reason, removal.text] for removal in removals],
                "text": document.text.split("\n"),
            }
        (HERE / "expected" / f"{path.name}.json").write_text(
            json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--expected", action="store_true", help="only write expected/")
    if not parser.parse_args().expected:
        by_pandoc()
        by_libreoffice()
        by_chromium()
        by_mutt()
        by_python()
        scanned()
    expected()
