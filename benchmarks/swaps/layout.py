"""Who speaks, which cell of a table, which of two documents."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import chain

from spacy.tokens import Span

from askdossier.evaluate.judges import Premise
from swaps.passages import (
    TYPES,
    Made,
    Maker,
    Read,
    bare,
    edited,
    one,
    sentence_of,
    split_of,
    tidy,
)

_ALIKE = re.compile(r"(?!Ier|[IVX]+$)[^\W\d_]{4,}")


def of_like_name(
    reads: Sequence[Read], makers: Sequence[Maker], lot: random.Random
) -> Iterator[tuple[Read, Made]]:
    """A fact on a person, given to one of a like name in another document; and given as it is."""
    persons: dict[str, list[tuple[Read, Span]]] = {}
    for read in reads:
        for name in read.names:
            if TYPES[name.label_] == "PER" and len(name) >= 2:
                for part in {t.text for t in (name[0], name[-1]) if _ALIKE.fullmatch(t.text)}:
                    persons.setdefault(part, []).append((read, name))
    for part in sorted(persons):
        known = persons[part]
        lot.shuffle(known)
        for read, name in known:
            sentence = next((s for s in read.sentences if s.start == name.sent.start), None)
            if sentence is None or name.root.dep_ not in read.grammar.subjects or bare(name):
                continue
            others = [
                (other, n)
                for other, n in known
                if other.document != read.document
                and other.lang == read.lang
                and split_of(other.document) == split_of(read.document)
                and n.text not in read.text
                and name.text not in other.text
                and n.text not in name.text
                and name.text not in n.text
                and len({t.text for t in n} ^ {t.text for t in name}) >= 2
            ]
            if not others:
                continue
            other, taken = others[0]
            both = [Premise(read.text, read.document), Premise(other.text, other.document)]
            lot.shuffle(both)
            claim = edited(sentence, (name.start_char, name.end_char, taken.text))
            yield read, Made("like name in another document", claim, False, tuple(both))
            kept = chain.from_iterable(maker(read) for maker in makers)
            for made in kept:
                if made.supported and not made.sources and name.text in made.claim:
                    yield (
                        read,
                        made._replace(kind="like name in another document", sources=tuple(both)),
                    )
                    break
            break


_SPEAKERS = {
    "fr": ("Solange Perrot", "Ibrahim Cissé", "Maëlle Guyader", "Octave Renard", "Lina Haddad"),
    "en": ("Hilda Marsh", "Omar Siddiq", "Nell Farrow", "Piers Colley", "Grace Abara"),
}
_SAYS = {
    "fr": ("Selon {who}, {what}", "{who} dit que {what}", "{who} explique que {what}"),
    "en": ("According to {who}, {what}", "{who} says that {what}", "{who} explains that {what}"),
}


def speakers(read: Read) -> Iterator[Made]:
    """The passage's sentences as a conversation: who said what."""
    said = [
        s
        for s in read.sentences
        if len(s.text) < 220 and not re.match(r"(?:Selon|D['’]après|Par ailleurs)\b", s.text)
    ]
    if len(said) < 3:
        return
    names = read.lot.sample(_SPEAKERS[read.lang], 2 + (len(said) > 4))
    turns = [(names[i % len(names)], s) for i, s in enumerate(said)]
    whole = (Premise("\n".join(f"{who} : {s.text}" for who, s in turns), read.document),)
    who, sentence = read.lot.choice(turns)
    what = sentence.text.rstrip(".")
    if sentence[0].pos_ != "PROPN" and not sentence[0].ent_type_:
        what = what[:1].lower() + what[1:]
    form = read.lot.choice(_SAYS[read.lang])
    another = read.lot.choice([n for n in names if n != who])
    yield Made("speaker", sentence_of(form.format(who=who, what=what)), True, whole)
    yield Made("speaker", sentence_of(form.format(who=another, what=what)), False, whole)


_TABLES = {
    "fr": (
        ("Lieu", ("Budget 2023", "Budget 2024"), "{n} €",
         "Pour {row}, le {column} est de {value}.", "Le {column} est de {value} en tout."),
        ("Site", ("Visiteurs en mai", "Visiteurs en juin"), "{n}",
         "{row} : {value} {column}.", "Au total, {value} {column}."),
        ("Secteur", ("Dons", "Ventes"), "{n} €",
         "Les {column} de {row} se montent à {value}.",
         "Les {column} se montent à {value} au total."),
    ),
    "en": (
        ("Place", ("Budget 2023", "Budget 2024"), "£{n}",
         "For {row}, the {column} is {value}.", "The whole {column} is {value}."),
        ("Site", ("Visitors in May", "Visitors in June"), "{n}",
         "{row} had {value} {column}.", "There were {value} {column} in all."),
    ),
}  # fmt: skip
"""The name of the rows, of the columns, a cell; how a cell is told, and a sum."""


_ROW = re.compile(r"^[^|:\n]+: [^|\n]+(?: \| [^|:\n]+: [^|\n]+)+$", re.MULTILINE)


def rows(read: Read) -> Iterator[Made]:
    """The passage's own table: which row, which column."""
    table: dict[tuple[str, str], str] = {}
    for row in _ROW.findall(read.text):
        (_, name), *cells = (cell.split(": ", 1) for cell in row.split(" | "))
        table |= {(name, column): value for column, value in cells if re.search(r"\d", value)}
    for row, column in read.lot.sample(list(table), len(table)):
        right = table[row, column]
        wrong = [
            value
            for (r, c), value in table.items()
            if (r == row) != (c == column)
            and value != right
            and re.sub(r"[\d \u00a0\u202f,.]", "", value)
            == re.sub(r"[\d \u00a0\u202f,.]", "", right)
        ]
        for value in one(read, wrong):
            yield Made("cell of a table", f"{row} : {column}, {right}.", True)
            yield Made("cell of a table", f"{row} : {column}, {value}.", False)
        if wrong:
            return


def tables(read: Read) -> Iterator[Made]:
    """A table of the passage's places with figures drawn by lot: which row and column, what sum."""
    places = list(dict.fromkeys(n.text for n in read.names if TYPES[n.label_] == "LOC"))[:4]
    if len(places) < 3:
        return
    label, columns, form, says, sums = read.lot.choice(_TABLES[read.lang])
    drawn = {(row, c): read.lot.randrange(110, 990) for row in places for c in columns}
    total = {column: sum(drawn[row, column] for row in places) for column in columns}
    table = {
        **{cell: form.format(n=number) for cell, number in drawn.items()},
        **{("Total", column): form.format(n=number) for column, number in total.items()},
    }
    lines = (
        " | ".join([f"{label}: {row}", *(f"{column}: {table[row, column]}" for column in columns)])
        for row in (*places, "Total")
    )
    whole = (Premise("\n".join(lines), read.document),)
    row, column = read.lot.choice(list(drawn))
    right, name = table[row, column], column[:1].lower() + column[1:]
    wrong = read.lot.choice(
        [v for (r, c), v in table.items() if (r == row) != (c == column) and v != right]
    )
    for kind, value, supported in (("cell", right, True), ("cell", wrong, False)):
        claim = says.format(row=row, column=name, value=value)
        yield Made(f"{kind} of a table", tidy(claim), supported, whole)
    for value, supported in ((table["Total", column], True), (right, False)):
        claim = sums.format(column=name, value=value)
        yield Made("sum of a table", tidy(claim), supported, whole)


MAKERS: tuple[Maker, ...] = (
    speakers,
    rows,
    tables,
)
