"""Makes the files of this folder with LibreOffice from the flat ones; run it by hand.

``python make.py`` needs ``libreoffice-writer``, ``libreoffice-calc`` and ``libreoffice-impress``.
It also writes ``seen/``: what each prints, page by page, as PDFium reads it. The words are our own,
under CC0; places, people and figures are invented.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pypdfium2

HERE = Path(__file__).parent
KINDS = {
    "fournil.fodt": ("odt", "docx", "rtf", "doc"),
    "comptes.fods": ("ods", "xlsx", "xls"),
    "atelier.fodp": ("odp", "pptx"),
}


def main() -> None:
    (HERE / "seen").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        convert = ["soffice", f"-env:UserInstallation=file://{temporary}/profile", "--headless"]
        for source, kinds in KINDS.items():
            for kind in (*kinds, "pdf"):
                folder = temporary if kind == "pdf" else str(HERE)
                command = [*convert, "--convert-to", kind, "--outdir", folder, str(HERE / source)]
                subprocess.run(command, check=True)
            stem = Path(source).stem
            pages = pypdfium2.PdfDocument(Path(temporary) / f"{stem}.pdf")
            seen = "\n".join(page.get_textpage().get_text_range() for page in pages)
            (HERE / "seen" / f"{stem}.txt").write_text(
                "\n".join(seen.splitlines()) + "\n", encoding="utf-8"
            )


if __name__ == "__main__":
    main()
