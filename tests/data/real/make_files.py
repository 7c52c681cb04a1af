"""Makes the files of this folder and ``seen.json``: ``python tests/data/real/make_files.py``.

A few sources of our own (under CC0; places, people and figures are invented) as LibreOffice,
pandoc, Chromium, mutt, heif-enc, zip, Python and Pillow write them. ``seen.json`` says what a
person sees in each file. It comes from the sources, never from our readers: the words in their
order, the notes, and for each cell of a table its row, its column and what it says. PPT is packed,
being large.
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import mailbox
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Text:
    """A text: paragraphs, lists and a table, each with what it says."""

    title: str
    before: tuple[str, ...]
    items: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    section: str
    after: tuple[str, ...]
    note: str = ""
    """A footnote of the last paragraph."""
    steps: bool = False
    """Whether the items have numbers."""

    @property
    def seen(self) -> dict[str, Any]:
        """What is seen of it, whatever the format."""
        lines = [self.title, *self.before, *self.items, self.section, *self.after]
        return {"lines": lines, "notes": [self.note] if self.note else [],
                "cells": cells(self.table)}  # fmt: skip

    @property
    def markdown(self) -> str:
        """As pandoc takes it."""
        items = [f"{f'{i}.' if self.steps else '-'} {item}" for i, item in enumerate(self.items, 1)]
        rows = [f"| {' | '.join(row)} |" for row in self.table]
        rule = "|" + "---|" * len(self.table[0])
        note = "[^1]" if self.note else ""
        return "\n\n".join([
            f"# {self.title}", *self.before, "\n".join(items),
            "\n".join([rows[0], rule, *rows[1:]]),
            f"## {self.section}", *self.after[:-1], self.after[-1] + note,
            *([f"[^1]: {self.note}"] if self.note else []),
        ]) + "\n"  # fmt: skip


def cells(table: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    """Row, column and value of each cell; the first row and the first column name the others."""
    head, *rows = table
    return [[row[0], name, value] for row in rows
            for name, value in zip(head[1:], row[1:], strict=True) if value]  # fmt: skip


TEXTS = {
    "moulin": Text(
        "Le moulin de Trévarn reprend du service",
        ("Le conseil de Trévarn a voté 48 300 euros, le 14 mars 2024, pour remettre en marche le "
         "moulin des Aulnes. Maëlle Quéré, maire depuis 2020, parle d’un chantier de onze mois.",
         "L’œuvre du charpentier Yann Coadou (1811-1879) compte deux roues et 62 aubes."),
        ("Curage du bief : 3 400 €", "Charpente et roues : 31 250 €", "Vannes : 13 650 €"),
        (("Saison", "Visiteurs", "Recette"), ("Été 2022", "1 845", "5 535 €"),
         ("Été 2023", "2 210", "6 630 €"), ("Hiver 2023", "417", "")),
        "Ouverture au public",
        ("La visite coûte 4,50 € et dure 40 minutes. Les écoles de Trévarn entrent sans payer.",
         "Renseignements auprès de Solenn Abgrall, au 02 00 11 22 33."),
        "Arrêté n° 2024-117 du 2 avril 2024.",
    ),
    "halte": Text(
        "Règlement de la halte fluviale de Saint-Orlan",
        ("La halte est ouverte du 1er avril au 31 octobre, de 8 h 30 à 19 h 15. Elle compte 26 "
         "anneaux, dont 4 pour les visiteurs.",),
        ("Se présenter à la capitainerie dès l’arrivée.", "Payer d’avance les nuits prévues.",
         "Laisser libre la cale de Beaulieu."),
        (("Bateau", "Nuit", "Semaine", "Mois"), ("Moins de 6 m", "7,20 €", "43 €", "150 €"),
         ("De 6 à 12 m", "11,80 €", "69 €", "238 €"), ("Plus de 12 m", "16,40 €", "", "345 €")),
        "Eau et courant",
        ("Le jeton d’eau vaut 2 € pour 100 litres. Le courant, en 16 A, est compris.",
         "Fait à Saint-Orlan le 9 janvier 2025, Bastien Ferrand, président du Cercle nautique."),
        steps=True,
    ),
    "survey": Text(
        "Harlow Fen bird survey, spring 2025",
        ("Between 3 March and 28 May 2025, Priya Holt and Owen Tasker walked the 14.6 km loop "
         "nineteen times and counted 3,217 birds of 58 species.",
         "Fog on 11 April ended one walk at Dunmere Lock."),
        ("Lapwing: 212 pairs", "Marsh harrier: 3 nests", "Bittern: heard twice, never seen"),
        (("Site", "March", "April", "May"), ("North Reach", "412", "655", "508"),
         ("Dunmere Lock", "187", "", "243"), ("Old Sluice", "96", "301", "815")),
        "Costs and funding",
        ("The survey cost £1,940.50, of which the Fen Trust paid 65%.",
         "Questions go to Priya Holt before 30 June."),
        "Counts follow the Ashby protocol of 1998.",
    ),
}  # fmt: skip

SHEETS: dict[str, tuple[tuple[str, ...], ...]] = {
    "cotisations": (
        ("Adhérent", "Versé le", "Montant", "Part"),
        ("Anouk Bréval", "12/03/2025", "86,25 €", "12,5%"),
        ("Ilan Castéra", "02/04/2025", "140,75 €", "20,35%"),
        ("Rose Duvivier", "28/11/2024", "462,15 €", "67,15%"),
    ),
    "releves": (
        ("Puits", "Profondeur", "Débit", "Contrôle"),
        ("Fontanel", "18,4", "2,65", "07/06/2024"),
        ("Grand-Pré", "31,7", "1,15", "19/09/2023"),
        ("Tuilerie", "9,8", "", "30/01/2025"),
    ),
    "planning": (
        ("Jour", "Ouverture", "Responsable", "Places"),
        ("Mardi", "09:30:00", "Noé Lescure", "24"),
        ("Jeudi", "14:15:00", "Inès Marchal", "1200"),
        ("Samedi", "10:00:00", "Paul-Éric Vasseur", "36"),
    ),
}
"""As they are typed; see `shown` for what LibreOffice makes of that."""


def slides(text: Text) -> str:
    """A text as slides for pandoc."""
    rows = [f"| {' | '.join(row)} |" for row in text.table]
    return "\n\n".join([
        f"# {text.title}", text.before[0], "# Détail",
        "\n".join(f"- {item}" for item in text.items),
        f"# {text.section}", "\n".join([rows[0], "|" + "---|" * len(text.table[0]), *rows[1:]]),
        "# Fin", text.after[-1],
    ])  # fmt: skip


FRENCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>fr-FR</value></prop></item></oor:items>
"""
"""What a LibreOffice of a French user has set."""


@dataclass
class Made:
    """The files made, and what is seen in each."""

    scratch: Path
    seen: dict[str, Any] = field(default_factory=dict)

    def run(self, *command: str | Path, given: str | None = None) -> None:
        """Run a program in the scratch folder."""
        subprocess.run([str(part) for part in command], input=given, text=True, check=True,
                       cwd=self.scratch, capture_output=True,
                       env=os.environ | {"LC_ALL": "C.UTF-8"})  # fmt: skip

    def office(self, source: Path, *kinds: str, infilter: str = "") -> None:
        """Convert by LibreOffice, into the scratch folder."""
        for kind in kinds:
            self.run("soffice", f"-env:UserInstallation=file://{self.scratch}/profile",
                     "--headless", *([f"--infilter={infilter}"] if infilter else []),
                     "--convert-to", kind, "--outdir", self.scratch, source)  # fmt: skip

    def keep(self, name: str, seen: dict[str, Any], made: str = "") -> None:
        """Take a file over from the scratch folder (called ``made``, or as it is here)."""
        if made or not (HERE / name).exists():
            shutil.copyfile(self.scratch / (made or name), HERE / name)
        self.seen[name] = seen

    # --- texts ------------------------------------------------------------------------------------

    def texts(self) -> None:
        """By pandoc, LibreOffice and Chromium."""
        for name, text in TEXTS.items():
            source = self.scratch / f"{name}.md"
            source.write_text(text.markdown, "utf-8")
            self.keep(f"{name}.md", text.seen)
            about = ("--metadata", f"pagetitle={text.title}", "-f", "markdown-smart", source)
            for kind in ("docx", "odt", "epub", "rtf", "html"):
                self.run("pandoc", "-s", *about, "-o", f"{name}.{kind}")
                self.keep(f"{name}.{kind}", text.seen)
            self.run("pandoc", *about, "-t", "plain", "-o", f"{name}.txt")
            self.keep(f"{name}.txt", text.seen)
            self.office(self.scratch / f"{name}.docx", "doc", "pdf")
            self.keep(f"{name}.doc", text.seen)
            self.keep(f"{name}.pdf", text.seen)
            again = self.scratch / "again"
            again.mkdir(exist_ok=True)
            for before, after in (("odt", "docx"), ("docx", "odt"), ("odt", "rtf")):
                shutil.copyfile(self.scratch / f"{name}.{before}", again / f"{name}2.{before}")
                self.office(again / f"{name}2.{before}", after)
                self.keep(f"{name}2.{after}", text.seen)
        self.chromium()

    def chromium(self) -> None:
        """Pages as Chromium prints and saves them."""
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            page = browser.new_page()
            for name, text in TEXTS.items():
                page.goto((self.scratch / f"{name}.html").as_uri())
                page.pdf(path=self.scratch / f"{name}3.pdf", format="A5")
                self.keep(f"{name}3.pdf", text.seen)
                saved = page.context.new_cdp_session(page).send("Page.captureSnapshot")["data"]
                address = self.scratch.as_uri()
                data = saved.encode().replace(address.encode(), b"https://exemple.org")
                (self.scratch / f"{name}.mhtml").write_bytes(data)
                self.keep(f"{name}.mhtml", text.seen)
            browser.close()

    # --- sheets and slides ------------------------------------------------------------------------

    def sheets(self) -> None:
        """By LibreOffice, from what is typed into it."""
        for name, table in SHEETS.items():
            source = self.scratch / f"{name}.csv"
            with source.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, delimiter=";").writerows(table)
            self.keep(f"{name}.csv", {"lines": [], "notes": [], "cells": cells(table)})
            typed = "CSV:59,34,76,1,,1036,false,true"
            for kind in ("ods", "xlsx", "xls"):
                self.office(source, kind, infilter=typed)
                as_shown = tuple(tuple(shown(value, kind) for value in row) for row in table)
                seen = {"lines": [], "notes": [], "cells": cells(as_shown)}
                self.keep(f"{name}.{kind}", seen)
            with (HERE / f"{name}.tsv").open("w", encoding="utf-16", newline="") as file:
                csv.writer(file, "excel-tab").writerows(table)
            self.seen[f"{name}.tsv"] = {"lines": [], "notes": [], "cells": cells(table)}

    def slides(self) -> None:
        """By pandoc and LibreOffice."""
        for name, text in TEXTS.items():
            seen = {"lines": [text.title, text.before[0], "Détail", *text.items, text.section,
                              "Fin", text.after[-1]],
                    "notes": [], "cells": cells(text.table)}  # fmt: skip
            source = self.scratch / f"diapos-{name}.md"
            source.write_text(slides(text), "utf-8")
            made = f"diapos-{name}"
            self.run("pandoc", "-f", "markdown-smart", source, "-o", f"{made}.pptx")
            self.office(self.scratch / f"{made}.pptx", "odp", "ppt", "pdf")
            for kind in ("pptx", "odp", "pdf"):
                self.keep(f"{made}.{kind}", seen)
            (HERE / f"{made}.ppt.gz").write_bytes(
                gzip.compress((self.scratch / f"{made}.ppt").read_bytes(), mtime=0)
            )
            self.seen[f"{made}.ppt"] = seen

    # --- mail, archives, exports ------------------------------------------------------------------

    def mail(self) -> None:
        """By Python and mutt."""
        for name, text in TEXTS.items():
            body = "\n\n".join(text.before + text.after)
            people = ["Anaïs Le Dû", "Soazig Prigent"]
            made = EmailMessage()
            made["Subject"], made["Date"] = text.title, "Tue, 04 Mar 2025 17:42:00 +0100"
            made["From"] = "Soazig Prigent <soazig@exemple.org>"
            made["To"] = "Anaïs Le Dû <anais@exemple.org>"
            made.set_content(body, cte="quoted-printable" if name == "moulin" else "base64")
            made.add_alternative((self.scratch / f"{name}.html").read_text("utf-8"), subtype="html")
            (HERE / f"{name}.eml").write_bytes(made.as_bytes())
            lines = [text.title, *text.before, *text.after]
            self.seen[f"{name}.eml"] = {"lines": lines, "notes": people, "cells": []}
            rc = self.scratch / "muttrc"
            rc.write_text('set realname="Soazig Prigent" from=soazig@exemple.org use_from=yes\n'
                          f"set charset=utf-8 record={self.scratch}/{name}.mbox mbox_type=mbox\n"
                          "set sendmail=/bin/true use_domain=no\nset hostname=exemple.org\n"
                          )  # fmt: skip
            self.run("mutt", "-F", rc, "-s", text.title, "--", "anais@exemple.org", given=body)
            box = mailbox.mbox(self.scratch / f"{name}.mbox")
            box.add(made)
            box.close()
            self.keep(f"{name}.mbox", {"lines": lines, "notes": people[1:], "cells": []})

    def archives(self) -> None:
        """By zip."""
        for name, text in TEXTS.items():
            for kept in (f"{name}.docx", f"{name}.html"):
                shutil.copyfile(self.scratch / kept, self.scratch / f"dossier {kept}")
            (HERE / f"{name}.zip").unlink(missing_ok=True)
            self.run("zip", "-q", HERE / f"{name}.zip", f"dossier {name}.docx",
                     f"dossier {name}.html")  # fmt: skip
            self.seen[f"{name}.zip"] = text.seen

    def exports(self) -> None:
        """Records, and subtitles."""
        for name, text in TEXTS.items():
            lines = [text.title, *text.before, *text.after]
            seen = {"lines": lines, "notes": [], "cells": []}
            record = {"title": text.title, "date": "2025-03-04",
                      "content": "".join(f"<p>{html.escape(p)}</p>" for p in lines[1:])
                      }  # fmt: skip
            (HERE / f"{name}.json").write_text(json.dumps([record], indent=1), "utf-8")
            self.seen[f"{name}.json"] = seen
            head, *rows = text.table
            records = [
                json.dumps(dict(zip(head, row, strict=True)), ensure_ascii=False) for row in rows
            ]
            (HERE / f"{name}.jsonl").write_text("\n".join(records) + "\n", "utf-8")
            self.seen[f"{name}.jsonl"] = {"lines": [], "notes": [], "cells": cells(text.table)}
            cues = [f"{i}\n00:00:{4 * i:02},000 --> 00:00:{4 * i + 3:02},500\n{line}\n"
                    for i, line in enumerate(lines, 1)]  # fmt: skip
            (HERE / f"{name}.srt").write_text("\r\n".join(cues), "cp1252")
            dotted = "WEBVTT\n\n" + "\n".join(cue.replace(",000", ".000").replace(",500", ".500")
                                              for cue in cues)  # fmt: skip
            (HERE / f"{name}.vtt").write_text(dotted, "utf-8")
            self.seen[f"{name}.srt"] = self.seen[f"{name}.vtt"] = seen

    # --- pictures ---------------------------------------------------------------------------------

    def pictures(self) -> None:
        """By Pillow and heif-enc."""
        folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        font = ImageFont.truetype(str(folder / "DejaVuSerif.ttf"), 30)
        for name, text in TEXTS.items():
            lines = [line for paragraph in text.before for line in broken(paragraph)]
            page = Image.new("L", (1100, 60 * len(lines) + 60), 250)
            for i, line in enumerate(lines):
                ImageDraw.Draw(page).text((60, 30 + 60 * i), line, font=font, fill=15)
            page.save(HERE / f"{name}.png", optimize=True)
            page.save(HERE / f"{name}.jpg", quality=60)
            page.save(HERE / f"{name}.webp", quality=50)
            page.point(lambda shade: 255 * (shade > 128)).convert("1").save(
                HERE / f"{name}.tiff", compression="group4"
            )
            self.run("heif-enc", "-q", "45", HERE / f"{name}.png", "-o", HERE / f"{name}.heic")
            for kind in ("png", "jpg", "webp", "tiff", "heic"):
                self.seen[f"{name}.{kind}"] = {"lines": list(text.before), "notes": [], "cells": []}


def shown(value: str, kind: str) -> str:
    """A typed value as LibreOffice shows it: no currency, and its own years of two digits."""
    if value.endswith("%"):
        whole, _, rest = value[:-1].partition(",")
        return f"{whole},{rest:0<2} %"
    if kind == "ods" and (date := re.fullmatch(r"(../../)20(..)", value)):
        return date[1] + date[2]
    return value.removesuffix(" €")


def broken(paragraph: str) -> list[str]:
    """Lines of some fifty characters."""
    lines = [""]
    for word in paragraph.split():
        if len(lines[-1]) + len(word) > 50:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def main() -> None:
    for path in HERE.iterdir():
        if path.suffix != ".py" and path.is_file():
            path.unlink()
    with TemporaryDirectory() as scratch:
        made = Made(Path(scratch))
        (made.scratch / "profile" / "user").mkdir(parents=True)
        (made.scratch / "profile" / "user" / "registrymodifications.xcu").write_text(
            FRENCH, "utf-8"
        )
        for step in (made.texts, made.sheets, made.slides, made.mail, made.archives, made.exports,
                     made.pictures):  # fmt: skip
            step()
    seen = dict(sorted(made.seen.items()))
    (HERE / "seen.json").write_text(json.dumps(seen, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
