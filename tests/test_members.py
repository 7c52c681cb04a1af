"""Documents inside files: mailboxes, archives, attachments, exports, and bounds on unpacking."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from itertools import chain
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from askdossier import load
from askdossier.chunk import passages
from askdossier.clean import clean
from askdossier.core import UNSUPPORTED, Failure, RawDocument, UnreadableDocument, told_together
from askdossier.load import unpacking
from askdossier.load.reader import LARGEST_FILE
from askdossier.names import inside
from msg_writer import Attached, Outlook, write_msg
from pdf_writer import column, write_pdf

NOTE = "Le bac passe à huit heures. Il revient à midi."


def found(path: Path) -> dict[str, list[str] | str]:
    """By id, the lines of each document of a file, or why it cannot be read."""
    return {
        one.path if isinstance(one, Failure) else one.source.path: (
            one.reason if isinstance(one, Failure) else [block.text for block in one.blocks]
        )
        for one in load.documents(path, path.name)
    }


def document(path: Path, name: str) -> RawDocument:
    named = (
        one
        for one in load.documents(path, path.name)
        if isinstance(one, RawDocument) and one.source.path == name
    )
    return next(named)


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return path


def message(subject: str = "Le bac", text: str = NOTE) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = subject
    made["From"] = "Rose Tavel <rose@exemple.fr>"
    made["Date"] = "Tue, 04 Mar 2025 17:42:00 +0100"
    made.set_content(text)
    return made


# --- names ----------------------------------------------------------------------------------------


@given(st.text(max_size=80))
def test_whatever_a_file_calls_it_an_id_stays_inside_the_file(name: str) -> None:
    made = inside("dossier/a.zip", name)
    assert made.startswith("dossier/a.zip/")
    rest = made.removeprefix("dossier/a.zip/").split("/")
    assert not {"", ".", ".."} & set(rest)
    assert made.isprintable()
    assert inside("dossier/a.zip", "/".join(rest)) == made


def test_hostile_names_lead_nowhere_and_say_their_format(tmp_path: Path) -> None:
    names = [
        "../../etc/hosts.txt",
        "/abs.txt",
        "C:\\Users\\a.txt",
        "x" * 5000 + ".txt",
        "a\u202eb.txt",
    ]
    path = zipped(tmp_path / "a.zip", dict.fromkeys(names, NOTE))
    got = found(path)
    assert list(got.values()) == [[NOTE]] * len(names)
    assert list(got)[:3] == ["a.zip/etc/hosts.txt", "a.zip/abs.txt", "a.zip/C:/Users/a.txt"]
    assert all(len(name) < 200 for name in got)


@pytest.mark.parametrize("encoding", ["cp850", "cp1252", "utf-8", "mac_roman"])
def test_names_in_the_code_page_of_an_old_system(tmp_path: Path, encoding: str) -> None:
    names = ["Procès-verbal d’été.txt".replace("’", "'"), "relevé/dépôt à Noël.txt"]
    stand_ins = [f"{i}" * len(name.encode(encoding)) for i, name in enumerate(names)]
    path = zipped(tmp_path / "a.zip", dict.fromkeys(stand_ins, NOTE))
    data = path.read_bytes()
    for name, stand_in in zip(names, stand_ins, strict=True):
        data = data.replace(stand_in.encode(), name.encode(encoding))
    path.write_bytes(data)
    assert list(found(path)) == [f"a.zip/{name}" for name in names]


def test_names_that_come_twice_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "w") as file:
        for i in range(3):
            file.writestr("v1.2/note.txt", f"Copie {i} du texte.")
        file.writestr("v1.2/note (2).txt", "Une autre.")
    assert list(found(path)) == [
        "a.zip/v1.2/note.txt",
        "a.zip/v1.2/note (2).txt",
        "a.zip/v1.2/note (3).txt",
        "a.zip/v1.2/note (2) (2).txt",
    ]


# --- archives -------------------------------------------------------------------------------------


def test_an_archive_holds_a_document_for_each_file_and_tells_the_others(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("b.csv", "Poste;Montant\nLoyer;640\n")
    path = zipped(tmp_path / "a.zip", {
        "2024/notes.md": f"# Le bac\n\n{NOTE}", "film.mp4": b"x", "abîmé.pdf": b"x",
        "dans.zip": inner.getvalue(), ".DS_Store": b"x", "__MACOSX/._notes.md": b"x",
        "vide.txt": "",
    })  # fmt: skip
    got = found(path)
    assert got["a.zip/2024/notes.md"] == ["Le bac", NOTE]
    assert got["a.zip/dans.zip/b.csv"] == ["Poste: Loyer | Montant: 640"]
    assert got["a.zip/film.mp4"] == UNSUPPORTED
    assert str(got["a.zip/abîmé.pdf"]).startswith("abîmé.pdf is damaged or no PDF")
    assert str(got["a.zip/vide.txt"]).startswith("vide.txt holds no text")
    assert len(got) == 5


def test_what_is_stated_about_an_archive_goes_for_what_is_in_it(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"un.txt": NOTE, "deux.md": "---\nauthor: Zoé\n---\nOui."})
    (tmp_path / "a.zip.yaml").write_text("title: Pièces\nauthor: Anne Morel\n", "utf-8")
    one, two = (document(path, f"a.zip/{name}") for name in ("un.txt", "deux.md"))
    assert (one.title, one.source.author) == (None, "Anne Morel")
    assert two.source.author == "Zoé"


def test_locked_and_damaged_files_of_an_archive_are_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"secret.txt": NOTE * 20, "ouvert.txt": NOTE})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    path.write_bytes(data)
    got = found(path)
    assert "locked with a password" in str(got["a.zip/secret.txt"])
    assert got["a.zip/ouvert.txt"] == [NOTE]
    data[data.find(b"PK\x03\x04") + 6] &= 0xFE
    data[data.find(b"PK\x01\x02") + 8] &= 0xFE
    data[50] ^= 0xFF
    path.write_bytes(data)
    assert "cannot be unpacked" in str(found(path)["a.zip/secret.txt"])
    path.write_bytes(b"PK\x03\x04 rien")
    with pytest.raises(UnreadableDocument, match="not a whole ZIP archive"):
        found(path)


def test_an_archive_is_not_unpacked_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = zipped(tmp_path / "0.zip", {"fond.txt": NOTE}).read_bytes()
    for _ in range(8):
        data = zipped(tmp_path / "0.zip", {"0.zip": data, "ici.txt": NOTE}).read_bytes()
    got = found(tmp_path / "0.zip")
    assert sum(text == [NOTE] for text in got.values()) == unpacking._DEEPEST
    assert "it lies in a file in a file" in str([*got.values()])
    monkeypatch.setattr(unpacking, "_MOST", 3)
    path = zipped(tmp_path / "a.zip", {f"{i}.txt": NOTE for i in range(9)})
    got = found(path)
    assert [text == [NOTE] for text in got.values()] == [True, True, True, False]
    assert "a.zip holds more than 3 documents" in str(got["a.zip/3.txt"])
    monkeypatch.setattr(unpacking, "_MOST", 100)
    monkeypatch.setattr(unpacking, "_MOST_BYTES", 2 * len(NOTE.encode()))
    assert sum(text == [NOTE] for text in found(path).values()) == 2


def test_a_file_of_an_archive_that_says_it_is_huge_is_not_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"zéros.txt": b"0" * (LARGEST_FILE + 1), "b.txt": NOTE})
    got = found(path)
    assert "is too large: 200 MB" in str(got["a.zip/zéros.txt"])
    assert got["a.zip/b.txt"] == [NOTE]


# --- mail -----------------------------------------------------------------------------------------


def test_files_attached_to_a_message_are_documents_beside_it(tmp_path: Path) -> None:
    mail = message()
    mail.add_attachment(b"Poste;Montant\nLoyer;640\n", "text", "csv", filename="bail signé.csv")
    mail.add_attachment(bytes(message("Ancien")), "application", "octet-stream", filename="v.eml")
    mail.add_attachment(b"abc", "application", "pdf")
    mail.add_attachment(b"abc", "application", "x-thing", filename="plan.dwg")
    path = tmp_path / "m.eml"
    path.write_bytes(bytes(mail))
    got = found(path)
    assert list(got) == ["m.eml", *(
        f"m.eml/{name}" for name in ("bail signé.csv", "v.eml", "attachment.pdf", "plan.dwg")
    )]  # fmt: skip
    assert got["m.eml"][3:6] == [
        "Attachment: bail signé.csv", "Attachment: v.eml", "Attachment: attachment.pdf",
    ]  # fmt: skip
    assert got["m.eml/bail signé.csv"] == ["Poste: Loyer | Montant: 640"]
    assert NOTE in got["m.eml/v.eml"]
    assert got["m.eml/plan.dwg"] == UNSUPPORTED


def test_what_is_attached_has_the_day_of_its_message_and_is_found_by_its_subject(
    tmp_path: Path,
) -> None:
    pack = zipped(tmp_path / "pack.zip", {"devis.txt": "Le devis monte à 640 euros."})
    inner = message("Ancien")
    inner.add_attachment("Vieille note.", filename="vieux.txt")
    mail = message("Travaux du bac")
    mail.replace_header("Date", "Wed, 05 Mar 2025 09:00:00 +0100")
    mail.add_attachment("---\ndate: 2024-02-01\n---\n# Plan\n\nLe plan.", filename="plan.md")
    mail.add_attachment(pack.read_bytes(), "application", "zip", filename="pack.zip")
    mail.add_attachment(bytes(inner), "application", "octet-stream", filename="ancien.eml")
    (tmp_path / "m.eml").write_bytes(bytes(mail))
    about = {
        one.source.path: (one.source.date, one.source.within)
        for one in load.documents(tmp_path / "m.eml", "m.eml")
        if isinstance(one, RawDocument)
    }
    assert about == {
        "m.eml": ("2025-03-05", None),
        "m.eml/plan.md": ("2024-02-01", "Travaux du bac"),
        "m.eml/pack.zip/devis.txt": ("2025-03-05", "Travaux du bac"),
        "m.eml/ancien.eml": ("2025-03-04", "Travaux du bac"),
        "m.eml/ancien.eml/vieux.txt": ("2025-03-04", "Ancien"),
    }
    plan, _ = clean(document(tmp_path / "m.eml", "m.eml/plan.md"))
    (passage,) = passages(plan, lambda texts: [len(text.split()) for text in texts], 120)
    assert passage.heading == "Travaux du bac › Plan"


def test_pictures_of_the_layout_are_no_documents_but_are_told(tmp_path: Path) -> None:
    mail = message()
    mail.add_alternative('<p>Le bac.</p><img src="cid:logo">', subtype="html")
    page = mail.get_payload()[1]  # type: ignore[index]
    page.add_related(b"x", "image", "png", cid="<logo>", filename="logo.png")  # type: ignore[union-attr]
    path = tmp_path / "m.eml"
    path.write_bytes(bytes(mail))
    assert list(found(path)) == ["m.eml"]
    assert [(r.text, r.reason) for r in load.read(path, "m.eml").lost] == [
        ("logo.png", "picture of the layout, not read")
    ]


def test_a_mailbox_holds_a_document_for_each_message(tmp_path: Path) -> None:
    texts = ("Bonjour,\n\nFrom ici on voit la mer.\n\n>From là aussi.", "Deux.", "Trois.")
    made = [message("Le bac / horaires", texts[0]), message("Reçu", texts[1])]
    third = message("Reçu", texts[2])
    third.add_attachment(b"a;b\n1;2\n", "text", "csv", filename="x.csv")
    path = tmp_path / "boîte.mbox"
    path.write_bytes(b"".join(
        b"From - Tue Mar 04 17:42:00 2025\r\n" + bytes(one).replace(b"\n", b"\r\n") + b"\r\n\r\n"
        for one in (*made, third)
    ))  # fmt: skip
    got = found(path)
    first = "boîte.mbox/2025-03-04 Le bac - horaires"
    assert list(got) == [
        first, "boîte.mbox/2025-03-04 Reçu", "boîte.mbox/2025-03-04 Reçu (2)",
        "boîte.mbox/2025-03-04 Reçu (2)/x.csv",
    ]  # fmt: skip
    assert got[first][-3:] == ["Bonjour,", "From ici on voit la mer.", "From là aussi."]
    read = document(path, first)
    assert (read.title, read.source.date) == ("Le bac / horaires", "2025-03-04")
    assert read.source.author == "Rose Tavel <rose@exemple.fr>"
    folder = tmp_path / "Envoyés.mbox"
    folder.mkdir()
    path.rename(folder / "mbox")
    assert load.supported(folder / "mbox")
    assert len(found(folder / "mbox")) == len(got)
    path.write_text("Une note.", "utf-8")
    with pytest.raises(UnreadableDocument, match="not a mailbox"):
        found(path)


@pytest.mark.parametrize("line", ["From 1@xxx Mon Jan 01 00:00:00 +0000 2024", "From - ", "From "])
def test_only_a_line_between_messages_parts_them(line: str, tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    text = "Bonjour.\n\nFrom now on:\nFrom: ce jour\n"
    path.write_text(
        f"{line}\nSubject: Un\n\n{text}\n{line}\nX-Flag: 1\nSubject: Deux\n\nFin.\n", "utf-8"
    )
    assert found(path) == {
        "a.mbox/Un": ["Un", "Bonjour.", "From now on:", "From: ce jour"],
        "a.mbox/Deux": ["Deux", "Fin."],
    }


def test_messages_of_outlook(tmp_path: Path) -> None:
    inner = Outlook("Ancien message", "Le seuil est de 12 €.", "Zoé",
                    attached=[Attached("b.csv", b"a;b\n1;2\n")])  # fmt: skip
    long = "Le bac passe à huit heures.\n" * 300
    path = write_msg(tmp_path / "m.msg", Outlook(
        "Le bail signé", "Le loyer est de 640 €.\r\n", "Anne Morel", (("Paul", "paul@exemple.fr"),),
        "Date: Fri, 07 Nov 2025 08:30:00 +0100\r\n", b"",
        [Attached("long.txt", long.encode()), Attached("Ancien", inner)],
    ))  # fmt: skip
    got = found(path)
    assert got["m.msg"] == [
        "Le bail signé", "From: Anne Morel", "To: Paul <paul@exemple.fr>",
        "Date: Fri, 07 Nov 2025 08:30:00 +0100", "Attachment: long.txt", "Le loyer est de 640 €.",
        "Ancien message", "From: Zoé", "Attachment: b.csv", "Le seuil est de 12 €.",
    ]  # fmt: skip
    assert list(got)[1:] == ["m.msg/long.txt", "m.msg/b.csv"]
    assert document(path, "m.msg").source.date == "2025-11-07"
    path.write_bytes(path.read_bytes()[:700])
    with pytest.raises(UnreadableDocument, match="not a message of Outlook"):
        found(path)


def test_messages_of_outlook_that_are_a_page(tmp_path: Path) -> None:
    path = write_msg(tmp_path / "m.msg", Outlook(
        "S", html="<p>L’œuvre à 1 250 €.</p><img src='cid:x'>".encode(),
        attached=[Attached("logo.png", b"x", "image/png", "x")],
    ))  # fmt: skip
    assert found(path) == {"m.msg": ["S", "Attachment: logo.png", "L’œuvre à 1 250 €."]}


def test_files_packed_into_a_pdf_are_documents_beside_it(tmp_path: Path) -> None:
    plain = write_pdf(tmp_path / "plain.pdf", [column(60, 700, ["Le devis est joint."])])
    document = pypdfium2.PdfDocument(plain)
    for name, data in {"devis.csv": b"Poste;Montant\nLavoir;18400\n", "x.bin": b"x"}.items():
        document.new_attachment(name).set_data(data)
    document.save(tmp_path / "a.pdf")
    document.close()
    assert found(tmp_path / "a.pdf") == {
        "a.pdf": ["Le devis est joint."],
        "a.pdf/devis.csv": ["Poste: Lavoir | Montant: 18400"],
        "a.pdf/x.bin": UNSUPPORTED,
    }


# --- exports --------------------------------------------------------------------------------------


def written(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path


def test_articles_of_an_export_are_documents(tmp_path: Path) -> None:
    articles = [
        {"title": {"rendered": "Le lavoir rouvre"}, "author": {"name": "Rose Tavel"},
         "content": {"rendered": "<p>Entrée : <b>3,50 €</b>.</p>"},
         "publishedAt": "2025-03-04T10:00:00Z", "link": "https://exemple.fr/a"},
        {"title": "Le bac", "text": NOTE, "date": 1741106520, "tags": ["fleuve", "bac"],
         "vues": 120},
        {"title": "Le bac", "text": "Une suite.", "vide": None},
    ]  # fmt: skip
    path = written(tmp_path / "a.json", {"site": "Le Courrier", "articles": articles})
    got = found(path)
    assert list(got) == [
        "a.json", "a.json/Le lavoir rouvre", "a.json/Le bac", "a.json/Le bac (2)",
    ]  # fmt: skip
    assert got["a.json"] == ["site: Le Courrier"]
    first = document(path, "a.json/Le lavoir rouvre")
    assert (first.title, first.source.date, first.source.author, first.source.url) == (
        "Le lavoir rouvre", "2025-03-04", "Rose Tavel", "https://exemple.fr/a",
    )  # fmt: skip
    assert got["a.json/Le lavoir rouvre"][-1] == "Entrée : 3,50 €."
    assert document(path, "a.json/Le bac").source.date == "2025-03-04"
    assert {"tags: fleuve, bac", "vues: 120", NOTE} < set(got["a.json/Le bac"])
    lines = "\n".join(json.dumps(article) for article in articles)
    (tmp_path / "a.jsonl").write_text(f"{lines}\nnot json\n", "utf-8")
    told = found(tmp_path / "a.jsonl")
    assert [name.partition("/")[2] for name in told] == [
        "Le lavoir rouvre", "Le bac", "Le bac (2)", "line 4",
    ]  # fmt: skip
    assert "is not JSON" in str(told["a.jsonl/line 4"])


def test_a_conversation_stays_together(tmp_path: Path) -> None:
    chat = {"name": "La fanfare", "messages": [
        {"id": 1, "from": "Zoé", "date": "2024-03-01T10:00:00",
         "text": ["Répétition à ", {"type": "bold", "text": "18 h"}]},
        {"id": 2, "from": "Tom", "text": "J’apporte 12.50 euros"},
    ]}  # fmt: skip
    assert found(written(tmp_path / "chat.json", chat)) == {"chat.json": [
        "name: La fanfare",
        "id: 1 | from: Zoé | date: 2024-03-01T10:00:00 | text: Répétition à 18 h",
        "id: 2 | from: Tom | text: J’apporte 12.50 euros",
    ]}  # fmt: skip


KEYS = st.from_regex(r"[a-zé]{1,9}", fullmatch=True)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
)


def leaves(inner: object) -> list[str]:
    if isinstance(inner, dict):
        return [leaf for one in inner.values() for leaf in leaves(one)]
    if isinstance(inner, list):
        return [leaf for one in inner for leaf in leaves(one)]
    return [] if inner is None else [json.dumps(inner, ensure_ascii=False).strip('"')]


@given(value=VALUES)
@example(value=[{"a": [0, {"a": False}]}])
def test_every_figure_and_word_of_an_export_is_read(
    value: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = written(tmp_path_factory.mktemp("j") / "a.json", value)
    try:
        got = found(path)
    except UnreadableDocument as error:
        assert "holds no text" in str(error)
        got = {}
    text = "\n".join(chain.from_iterable(lines for lines in got.values()))
    assert [leaf for leaf in leaves(value) if leaf not in text] == []


# --- one of them, as a file -----------------------------------------------------------------------


def test_each_document_can_be_taken_out_of_its_file(tmp_path: Path) -> None:
    mail = message()
    mail.add_attachment(b"a;b\n1;2\n", "text", "csv", filename="x.csv")
    path = zipped(tmp_path / "a.zip", {"d/m.eml": bytes(mail), "n.txt": NOTE})
    for one in load.documents(path, "p/a.zip"):
        assert isinstance(one, RawDocument)
        with load.unpacked(path, "p/a.zip", one.source.path) as copy:
            assert load.read(copy, "copy").source.sha256 == one.source.sha256
        assert not copy.exists()
    with pytest.raises(KeyError), load.unpacked(path, "p/a.zip", "p/a.zip/none.txt"):
        pass


def test_what_is_left_out_is_not_read_and_each_is_told_before_it_is(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {f"{i}.txt": NOTE for i in range(3)})
    begun: list[str] = []
    tell: Callable[[str], None] = begun.append
    got = list(load.documents(path, "a.zip", begin=tell, without=frozenset({"a.zip/1.txt"})))
    assert begun == ["a.zip/0.txt", "a.zip/2.txt"]
    assert len(got) == 2


def test_a_reason_that_names_each_file_is_one_reason() -> None:
    said = "is not a whole picture."
    pictures = [Failure(f"photos/{n}.jpg", f"{n}.jpg {said}") for n in range(30)]
    other = Failure("a.pdf", "a.pdf is locked.")
    alone, together = told_together([*pictures, other])
    assert alone == (other,)
    assert together == (("30 .jpg", f"0.jpg {said}"),)


def test_what_fails_for_one_reason_is_told_together() -> None:
    pictures = [Failure(f"a.zip/{i}.jpg", "no text") for i in range(4)]
    others = [
        Failure("film.mp4", UNSUPPORTED),
        Failure("a.pdf", "broken"),
        Failure("b.pdf", "broken"),
    ]
    alone, together = told_together([*pictures, *others])
    assert alone == tuple(others[1:])
    assert together == (("4 .jpg", "no text"), ("film.mp4", UNSUPPORTED))


# --- made by real programs ------------------------------------------------------------------------

MEMBERS = Path(__file__).parent / "data" / "members"


@pytest.mark.parametrize("name", ["pieces.zip", "anciennes.zip"])
def test_archives_of_real_programs(name: str) -> None:
    got = found(MEMBERS / name)
    folder = f"{name}/Pièces de l'été"
    assert {f"{folder}/été {file}" for file in ("note.txt", "loyers.csv", "halles.docx")} < set(got)
    assert "02 99 00 00 00" in got[f"{folder}/été message.eml"]
    assert "not a whole picture" in str(got[f"{folder}/été message.eml/photo.png"])


def test_the_mailbox_of_a_mail_program() -> None:
    got = found(MEMBERS / "envoyes.mbox")
    assert [name[len("envoyes.mbox/2026-11-28 ") :] for name in got] == [
        "La foire", "La foire/note.txt", "Le péage", "Le péage/note.txt",
    ]  # fmt: skip
    assert [lines[-1] for lines in got.values()][::2] == ["La foire ouvre à 9 h.", "Il est de 2 €."]


def test_a_page_in_one_file_and_what_is_attached_to_it(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail.set_content("<p>Le bac passe à huit heures.</p>", subtype="html")
    mail.make_mixed()
    mail.add_attachment(b"a;b\n1;2\n", "text", "csv", filename="x.csv")
    mail.add_attachment(b"x", "image", "png", filename="logo.png")
    path = tmp_path / "a.mht"
    path.write_bytes(bytes(mail))
    assert list(found(path)) == ["a.mht", "a.mht/x.csv"]
