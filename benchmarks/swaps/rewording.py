"""Faithful claims in other words or of a part of a sentence; appositions, faithful and not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span

from swaps.figures import MONTHS
from swaps.passages import (
    ODD,
    OPENS,
    PEOPLE,
    TYPES,
    Made,
    Maker,
    Read,
    alike,
    bare,
    edited,
    is_name,
    lowered,
    marked,
    one,
    phrase,
    plain,
    sentence_of,
    share_words,
    tidy,
    trimmed,
    verb_of,
)

_NO_ROLE = re.compile(
    r"\d|\b(?:lui|elle|celui|celle|autres?|dit|alias|notamment|né|née|dont|qui|que|où|who|whose|"
    r"he|she|aged)\b"
)


def appositions(read: Read) -> Iterator[Made]:
    """``Paul, maire de X``: that he is; or that another one of the passage is."""
    for sentence in map(trimmed, read.doc.sents):
        for name in read.names:
            if not (sentence.start <= name.start and name.end <= sentence.end):
                continue
            if TYPES[name.label_] != "PER" or name.end >= len(read.doc):
                continue
            if read.doc[name.end].text != "," or list(name.root.conjuncts):
                continue
            for role in name.root.children:
                found = phrase(role)
                if role.dep_ != "appos" or role.pos_ != "NOUN" or found.start < name.end:
                    continue
                if found.start != name.end + 1 or found.end >= len(read.doc):
                    continue
                after = read.doc[found.end].text
                words = found.text
                if after not in {",", "."} or _NO_ROLE.search(words) or len(found) > 14:
                    continue
                if re.search(r"[,;:()«»\n]", words) or any(t.pos_ == "VERB" for t in found):
                    continue
                if any(t.text.lower() in {"son", "sa", "ses", "leur"} for t in found):
                    continue
                if len(name) < 2 or len(found) < 2:
                    continue
                be = "est" if read.lang == "fr" else "is"
                yield Made("apposition", sentence_of(f"{name.text} {be} {words}"), True)
                others = [
                    n
                    for n in read.names
                    if TYPES[n.label_] == "PER"
                    and len(n) >= 2
                    and not share_words(n.text, name.text)
                    and n.text not in words
                    and n.end_char < len(read.text)
                    and read.text[n.end_char : n.end_char + 1] != "-"
                ]
                for other in one(read, others):
                    claim = sentence_of(f"{other.text} {be} {words}")
                    yield Made("apposition", claim, supported=False)
                return


def second_clause(read: Read) -> Iterator[Made]:
    """``X fait A et fait B``: that X does B."""
    for sentence in read.sentences:
        root = sentence.root
        subject = [c for c in root.children if c.dep_ in read.grammar.subjects]
        if len(subject) != 1 or subject[0].pos_ == "PRON":
            continue
        who = plain(subject[0])
        for second in root.children:
            if second.dep_ != "conj" or second.pos_ != "VERB" or who is None:
                continue
            if any(c.dep_ in read.grammar.subjects for c in second.children):
                continue
            clause = phrase(second)
            joins = [t for t in clause if t.dep_ == "cc" and t.head == second]
            finite = [
                t
                for t in (second, *second.children)
                if "Fin" in marked(t, "VerbForm") and t.pos_ in {"VERB", "AUX"}
            ]
            if not joins or not finite or joins[0].text.lower() not in {"et", "and"}:
                continue
            if clause.end < sentence.end - 1 or root.dep_ != "ROOT":
                continue
            begins = joins[0].i + 1
            rest = read.doc[begins : clause.end]
            if rest[0].pos_ not in {"VERB", "AUX", "ADV", "PRON"} or len(rest) < 4:
                continue
            if re.search(r"\b(?:ne|n['’]|not)\b", read.doc[sentence.start : root.i + 1].text):
                continue
            if not any(t.pos_ in {"VERB", "AUX"} for t in rest[:2]):
                continue
            yield Made("second of two clauses", sentence_of(f"{who.text} {rest.text}"), True)
            return


def relative_clause(read: Read) -> Iterator[Made]:
    """``X, qui fait A, fait B``: that X does A, or, the clause left out, that X does B."""
    for sentence in read.sentences:
        subject = [c for c in sentence.root.children if c.dep_ in read.grammar.subjects]
        if len(subject) != 1:
            continue
        for clause_verb in subject[0].children:
            clause = phrase(clause_verb)
            if clause_verb.dep_ not in {"acl:relcl", "relcl"}:
                continue
            if clause[0].text.lower() not in {"qui", "who", "which"} or clause.start == 0:
                continue
            if clause[0].dep_ not in read.grammar.subjects:
                continue
            if sentence.root.i < clause.end or re.search(r"\bqui,", sentence.text):
                continue
            comma, after = read.doc[clause.start - 1], read.doc[clause.end]
            if comma.text != "," or after.text != ",":
                continue
            who = read.doc[subject[0].left_edge.i : comma.i]
            if who.start != sentence.start or len(who) > 8 or "," in who.text:
                continue
            yield Made("relative clause", sentence_of(f"{who.text} {clause[1:].text}"), True)
            rest = read.doc[after.i + 1 : sentence.end]
            yield Made("relative clause left out", sentence_of(f"{who.text} {rest.text}"), True)
            return


_DATE = re.compile(
    rf"^((?:En|In) \d{{4}}|(?:Le|On) \d{{1,2}}(?:er)? (?:{'|'.join(MONTHS)}) \d{{4}}), "
)


def date_last(read: Read) -> Iterator[Made]:
    """``En 1900, X fait A``: the year at the end."""
    for sentence in read.sentences:
        match = _DATE.match(sentence.text)
        if not match or re.search(r"[,]|\bet\b|\band\b|\bqu|\bwho\b", sentence.text[match.end() :]):
            continue
        if OPENS.match(sentence.text[match.end() :]):
            continue
        date = match[1][:1].lower() + match[1][1:]
        rest = sentence.text[match.end() :].rstrip(".")
        yield Made("date moved", sentence_of(f"{rest} {date}"), supported=True)
        return


_LATE = re.compile(r" (en|in) (\d{4})\.$")


def date_first(read: Read) -> Iterator[Made]:
    """``X fait A en 1900``: the year at the beginning."""
    for sentence in read.sentences:
        match = _LATE.search(sentence.text)
        if not match or re.search(r",|\bet\b|\band\b|\bqu|\bwho\b|\bdont\b|\boù\b", sentence.text):
            continue
        token = read.doc.char_span(
            sentence.start_char + match.start(2), sentence.start_char + match.end(2)
        )
        if token is None or verb_of(token.root) != sentence.root:
            continue
        rest = sentence.text[: match.start()]
        if sentence[0].pos_ != "PROPN" and not sentence[0].ent_type_:
            rest = rest[:1].lower() + rest[1:]
        claim = f"{match[1].capitalize()} {match[2]}, {rest}"
        yield Made("date moved", sentence_of(claim), supported=True)
        return


def list_reordered(read: Read) -> Iterator[Made]:
    """``A et B`` as ``B et A``."""
    for sentence in read.sentences:
        for head in sentence:
            if head.pos_ not in {"NOUN", "PROPN"} or head.dep_ == "conj":
                continue
            others = [c for c in head.children if c.dep_ == "conj"]
            if len(others) != 1 or others[0].pos_ != head.pos_:
                continue
            second = phrase(others[0])
            joins = [t for t in second if t.dep_ == "cc" and t.head == others[0]]
            if not joins or joins[0].text not in {"et", "and"} or joins[0].i != second.start:
                continue
            a, b = read.doc[head.left_edge.i : second.start], second[1:]
            opens, after = a.start == sentence.start, read.doc[min(b.end, len(read.doc) - 1)]
            if [t.pos_ for t in a] != [t.pos_ for t in b] or a[0].pos_ not in {"DET", "PROPN"}:
                continue
            if {t.pos_ for t in a} - {"DET", "NOUN", "PROPN", "ADJ"} or not alike(head, others[0]):
                continue
            if re.search(r"respecti", sentence.text) or (
                a.start and read.doc[a.start - 1].text in ","
            ):
                continue
            if not (opens and after.pos_ in {"VERB", "AUX"}) and after.text not in {".", ","}:
                continue
            if not opens and verb_of(head).i > b.end:
                continue
            yield Made(
                "list in another order",
                edited(
                    sentence,
                    (a.start_char, a.end_char, b.text),
                    (b.start_char, b.end_char, lowered(a) if opens else a.text),
                ),
                supported=True,
            )
            return


_ACTIVE = {
    "fut": ("a", "èrent"),
    "furent": ("a", "èrent"),
    "est": ("e", "ent"),
    "sont": ("e", "ent"),
    "était": ("ait", "aient"),
    "étaient": ("ait", "aient"),
    "a été": ("a ", "ont "),
    "ont été": ("a ", "ont "),
    "avait été": ("avait ", "avaient "),
    "avaient été": ("avait ", "avaient "),
}
"""What a verb in -er becomes: an ending, or an auxiliary before its participle; one, several."""
_CHANGES = re.compile(r"[eé][^aeiouy]+$|[oua]y$")
"""Stems that do not stay as they are."""


def made_active(read: Read) -> Iterator[Made]:
    """``X a été fondé par Y``: that Y founded X."""
    for sentence in read.sentences:
        root = sentence.root
        subject = [c for c in root.children if c.dep_ == "nsubj:pass"]
        agent = [c for c in root.children if c.dep_ == "obl:agent"]
        if len(subject) != 1 or len(agent) != 1 or not re.search(r"ée?s?$", root.text):
            continue
        who, whom = plain(agent[0]), plain(subject[0])
        if whom is None or who is None or who[0].text != "par":
            continue
        if list(agent[0].conjuncts) or list(subject[0].conjuncts):
            continue
        if read.doc[min(who.end, len(read.doc) - 1)].text not in {".", ",", "en", "à", "dans"}:
            continue
        before = read.doc[sentence.start : whom.start].text
        between = read.doc[whom.end : root.i].text
        stem = re.sub(r"ée?s?$", "", root.text)
        if between not in _ACTIVE or root.i + 1 != who.start or not re.match(r"^$|.*,$", before):
            continue
        form = _ACTIVE[between]["Plur" in marked(agent[0], "Number")]
        if form[0] == "e" and _CHANGES.search(stem):
            continue
        verb = f"{form}{stem}é" if form.endswith(" ") else stem + form
        verb = re.sub(r"g(?=a[a-z]*$)", "ge", re.sub(r"c(?=a[a-z]*$)", "ç", verb))
        rest = read.doc[who.end : sentence.end].text
        claim = f"{before} {who[1:].text} {verb} {lowered(whom)} {rest}"
        yield Made("passive made active", sentence_of(claim), supported=True)
        return


_NOT_PERSON = re.compile(
    r"^(?:Il|Elle) (?:y|faut|s['’]agit|existe|est (?:\w+ )?(?:que|de|possible|clair|vrai|difficile|"
    r"nécessaire|important)|semble|pleut|reste|convient|suffit|en)\b"
)


def pronoun_resolved(read: Read) -> Iterator[Made]:
    """``Il fait A``, where the sentence before has one person, who is its subject."""
    before: Span | None = None
    for sentence in map(trimmed, read.doc.sents):
        last, before = before, sentence
        if last is None or sentence[0].text not in {"Il", "Elle", "He", "She"}:
            continue
        words = sentence.text.strip()
        if _NOT_PERSON.match(words) or not 40 <= len(words) <= 250 or ODD.search(words):
            continue
        if sentence[0].dep_ not in read.grammar.subjects or not words.endswith("."):
            continue
        people = [n for n in last.ents if n.label_ in PEOPLE]
        subjects = [n for n in people if n.root.dep_ in read.grammar.subjects and is_name(n)]
        if len(subjects) != 1 or len(people) != 1 or subjects[0].root.head != last.root:
            continue
        if len(subjects[0]) < 2 or subjects[0].text in words:
            continue
        if re.match(r"^(?:Il|Elle) \w+(?: été)? \w+ qu", words):
            continue
        told = {g for t in (*subjects[0], last.root) for g in marked(t, "Gender")}
        if sentence[0].text in {"Elle", "She"} and "Fem" not in told:
            continue
        claim = subjects[0].text + words[len(sentence[0]) :]
        yield Made("pronoun resolved", tidy(claim), supported=True)
        return


_WORDS = {
    "fr": dict(
        enumerate("deux trois quatre cinq six sept huit neuf dix onze douze treize".split(), 2)
    ),
    "en": dict(enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)),
}


_NOT_COUNTED = re.compile(r"\W|(?i:siècle|centur|million|milliard|h$|cents?$)")


def figure_in_words(read: Read) -> Iterator[Made]:
    """``3 ans`` as ``trois ans``, and the other way round."""
    words = _WORDS[read.lang]
    digits = {word: str(number) for number, word in words.items()}
    for sentence in read.sentences:
        for token in sentence:
            new = words.get(int(token.text)) if token.text.isdecimal() else digits.get(token.text)
            following = read.doc[token.i + 1] if token.i + 1 < sentence.end else token
            if not new or following.pos_ != "NOUN" or following.text in MONTHS:
                continue
            if token.i and read.doc[token.i - 1].text in {"à", "et", "ou", "-", "to", ","}:
                continue
            if _NOT_COUNTED.match(following.text) or not token.whitespace_:
                continue
            if token.i and read.doc[token.i - 1].pos_ == "PROPN":
                continue
            claim = edited(sentence, (token.idx, token.idx + len(token), new))
            yield Made("figure in words", claim, supported=True)
            return


_SPARED = re.compile(
    r"\b(?:ne|not|only|que|seule?s?|uniquement|si|sauf|unless|except|without|sans|avant|before|until|"
    r"parfois|souvent|presque|entre|jamais|if)\b|\bn['’]",
    re.IGNORECASE,
)


def cleft(read: Read) -> Iterator[Made]:
    """``X fonda A``: that it is X who founded A."""
    for sentence in read.sentences:
        names = [n for n in read.names if n.start == sentence.start]
        verb = sentence.root
        if not names or read.lang != "fr" or names[0].root.dep_ != "nsubj":
            continue
        name = names[0]
        after = read.doc[name.end]
        if name.root.head != verb or after.pos_ not in {"VERB", "AUX"} or len(name) < 2:
            continue
        if (
            list(name.root.conjuncts)
            or _SPARED.search(sentence.text)
            or "cop" in {c.dep_ for c in verb.children}
        ):
            continue
        claim = f"C'est {name.text} qui {sentence.text[len(name.text) :].strip()}"
        yield Made("it is who", sentence_of(claim), supported=True)
        return


def place_first(read: Read) -> Iterator[Made]:
    """``X fait A à Y``: the place at the beginning."""
    for sentence in read.sentences:
        places = [
            n
            for n in read.names
            if sentence.start < n.start
            and n.end + 1 == sentence.end
            and TYPES[n.label_] == "LOC"
            and bare(n) in {"à", "in", "at"}
        ]
        if not places or _SPARED.search(sentence.text) or "," in sentence.text:
            continue
        place = places[0]
        head = place.root.head if read.lang == "fr" else place.root.head.head
        if head != sentence.root or re.search(r"\b(?:et|and|qui|who|dont|où)\b", sentence.text):
            continue
        lead = read.doc[place.start - 1]
        if not read.doc[lead.i - 1].whitespace_:  # jusqu'à
            continue
        start = read.doc[sentence.start : lead.i]
        where = read.doc[lead.i : place.end].text
        claim = f"{where[:1].upper()}{where[1:]}, {lowered(start)}"
        yield Made("place moved", sentence_of(claim), supported=True)
        return


def shortened(read: Read) -> Iterator[Made]:
    """``X fait A, lorsque B``: without what the only comma adds at the end."""
    for sentence in read.sentences:
        commas = [t for t in sentence if t.text == ","]
        if len(commas) != 1 or _SPARED.search(sentence.text):
            continue
        comma = commas[0].i
        first, rest = read.doc[sentence.start : comma], read.doc[comma + 1 : sentence.end]
        if first[0].pos_ not in {"DET", "PROPN", "NOUN"} or sentence.root.i >= comma:
            continue
        if re.match(r"(?:selon|d['’]après|according|car|parce|because|puisque|soit)\b", rest.text):
            continue
        if len(first.text) < 40 or len(rest) < 4:
            continue
        if rest[0].pos_ in {"PROPN", "NUM", "ADJ", "CCONJ", "NOUN"}:
            continue
        if any(t.head.i > comma for t in first):
            continue
        yield Made("shortened", sentence_of(first.text), supported=True)
        return


MAKERS: tuple[Maker, ...] = (
    appositions,
    second_clause,
    relative_clause,
    date_last,
    date_first,
    list_reordered,
    pronoun_resolved,
    figure_in_words,
    cleft,
    place_first,
    shortened,
)
FRENCH: tuple[Maker, ...] = (made_active,)
WHOLE: tuple[Maker, ...] = (
    date_last,
    date_first,
    place_first,
    made_active,
    cleft,
    list_reordered,
    figure_in_words,
)
"""Those that leave nothing of a sentence out."""
