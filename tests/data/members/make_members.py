"""Makes the files of this folder: ``python tests/data/members/make_members.py`` (from the root).

Needs 7z, zip, mutt and heif-enc (libheif-examples). The message of Outlook is made by
``tests/msg_writer.py``: Outlook itself was not at hand.
"""

from __future__ import annotations

import json
import mailbox
import os
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

import matplotlib
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
FORMATS = HERE.with_name("formats")
sys.path.insert(0, str(HERE.parents[1]))

from msg_writer import Attached, Outlook, write_msg  # noqa: E402

CLIPPING = [
    "La foire aux laines de Brévelan",
    "Le conseil a voté une dépense de 18 400 euros",
    "pour la réfection du lavoir communal. Les travaux",
    "commenceront le 12 mars et dureront six semaines.",
]
MUTTRC = """
set realname="Soazig Prigent" from=soazig@exemple.org use_from=yes charset=utf-8
set record={folder}/envoyes.mbox mbox_type=mbox sendmail=/bin/true use_domain=no
set hostname=exemple.org
"""


def message(subject: str, day: str, text: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = subject
    made["From"] = "Soazig Prigent <soazig@exemple.org>"
    made["To"] = "Anaïs Le Dû <anais@exemple.org>"
    made["Date"] = f"Tue, {day} Mar 2025 17:42:00 +0100"
    made.set_content(text)
    return made


def mail() -> None:
    (HERE / "courrier.mbox").unlink(missing_ok=True)
    box = mailbox.mbox(HERE / "courrier.mbox")
    box.add(message("Le lavoir", "04", "Bonjour,\n\nFrom ici, on voit le lavoir.\n"))
    second = message("Re: Le lavoir", "11", "Voici le devis : 18 400 euros.\n")
    second.add_attachment(
        (FORMATS / "loyers.csv").read_bytes(), "text", "csv", filename="loyers de la halle.csv"
    )
    box.add(second)
    box.close()
    with TemporaryDirectory() as folder:
        rc = Path(folder) / "muttrc"
        rc.write_text(MUTTRC.format(folder=folder), "utf-8")
        for subject, text in (
            ("La foire", "La foire ouvre à 9 h."),
            ("Le péage", "Il est de 2 €."),
        ):
            subprocess.run(
                ["mutt", "-F", str(rc), "-s", subject, "-a", str(FORMATS / "note.txt"), "--",
                 "anais@exemple.org"],
                input=text.encode(), check=True, env=os.environ | {"LC_ALL": "C.UTF-8"},
            )  # fmt: skip
        (HERE / "envoyes.mbox").write_bytes((Path(folder) / "envoyes.mbox").read_bytes())
    inner = Outlook("Le devis", "Il est de 18 400 €.", "Anaïs Le Dû")
    write_msg(HERE / "lavoir.msg", Outlook(
        "Le lavoir", "Bonjour,\r\nle lavoir rouvre le 12 mars.\r\n", "Soazig Prigent",
        (("Anaïs Le Dû", "anais@exemple.org"),), "Date: Tue, 04 Mar 2025 17:42:00 +0100\r\n",
        attached=[Attached("loyers.csv", (FORMATS / "loyers.csv").read_bytes()),
                  Attached("Le devis", inner)],
    ))  # fmt: skip


def archives() -> None:
    for name in ("pieces.zip", "anciennes.zip"):
        (HERE / name).unlink(missing_ok=True)
    with TemporaryDirectory() as folder:
        inside = Path(folder) / "Pièces de l'été"
        inside.mkdir()
        for name in ("note.txt", "loyers.csv", "message.eml", "halles.docx"):
            (inside / f"été {name}").write_bytes((FORMATS / name).read_bytes())
        for command in (["7z", "a", "-bso0"], ["zip", "-q", "-r"]):
            target = HERE / ("pieces.zip" if command[0] == "7z" else "anciennes.zip")
            subprocess.run([*command, str(target), inside.name], check=True, cwd=folder)


def exports() -> None:
    articles = [
        {"id": 1, "title": "Le lavoir rouvre", "author": "Rose Tavel", "date": "2025-03-12",
         "content": "<p>Le lavoir rouvre le <b>12 mars</b>.</p><p>Il a coûté 18 400 €.</p>"},
        {"id": 2, "title": "La foire", "date": "2025-03-14", "content": "Elle ouvre à 9 h."},
    ]  # fmt: skip
    (HERE / "articles.json").write_text(json.dumps(articles, ensure_ascii=False, indent=1), "utf-8")
    chat = [
        {"date": "2025-03-12T09:00:00", "from": "Zoé", "text": "On se voit au lavoir ?"},
        {"date": "2025-03-12T09:02:00", "from": "Tom", "text": "Oui, à 18 h 30."},
    ]
    lines = "".join(json.dumps(one) + "\n" for one in chat)
    (HERE / "fil.jsonl").write_text(lines, "utf-8")


def pictures() -> None:
    font = ImageFont.truetype(
        str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"), 30
    )
    page = Image.new("L", (1000, 320), 250)
    for i, line in enumerate(CLIPPING):
        ImageDraw.Draw(page).text((60, 40 + 60 * i), line, font=font, fill=15)
    page.save(HERE / "coupure.png", optimize=True)
    page.save(HERE / "coupure.jpg", quality=70)
    page.save(HERE / "coupure.webp", quality=60)
    fax = page.point(lambda shade: 255 * (shade > 128)).convert("1")
    fax.save(HERE / "coupure.tiff", compression="group4", save_all=True, append_images=[fax])
    subprocess.run(
        ["heif-enc", "-q", "50", str(HERE / "coupure.png"), "-o", str(HERE / "coupure.heic")],
        check=True, capture_output=True,
    )  # fmt: skip


if __name__ == "__main__":
    mail()
    archives()
    exports()
    pictures()
