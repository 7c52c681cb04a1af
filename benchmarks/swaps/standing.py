"""What is denied, reported, wanted, said of some, or a cause: told as more or other than that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from swaps.passages import (
    PEOPLE,
    Made,
    Maker,
    Read,
    lowered,
    marked,
    phrase,
    sentence_of,
    tidy,
)

_CLITICS = r"(?:(?:se|le|la|les|lui|leur|y|en) |[sl]['’])*"
_NOT_FR = re.compile(
    rf"\b(?:ne |n['’])({_CLITICS}\w+) (?:pas|plus|jamais)\b(?! (?:de|des|du|que|seulement|toujours|"
    r"encore|nécessairement|forcément|uniquement|exactement|vraiment|tous|toutes|moins)"
    r"\b| d['’]| un)"
)
_NOT_EN = re.compile(
    r"\b(is|are|was|were|has|have|had|can|could|will|would|must|may|should) not\b"
    r"(?! (?:only|just|merely|yet|always|any|a|necessarily|so)\b)"
)


def negation_dropped(read: Read) -> Iterator[Made]:
    """What is denied, told as a fact."""
    for sentence in read.sentences:
        words = sentence.text
        if len(re.findall(r"\bn(?:e\b|['’])|\bnot\b", words)) != 1:
            continue
        if re.search(
            r"\b(?:ni|sans|si|aucune?|rien|mais|but|nor|if|unless|même)\b|\bs['’]il", words
        ):
            continue
        claim = (_NOT_FR if read.lang == "fr" else _NOT_EN).sub(r"\1", words)
        if claim != words:
            yield Made("negation dropped", tidy(claim), supported=False)
            return


_ACCORDING = re.compile(r"^(Selon|D['’]après|According to) ([^,]{3,60}), ([^\n]{30,})$")
_ACCORDING_LAST = re.compile(r"^([^,]{30,}), (selon|d['’]après|according to) ([^,.]{3,60})\.$")
_SOMEONE = frozenset(
    "historien historienne historiens auteur auteurs chercheur chercheurs expert experts "
    "spécialiste spécialistes critique critiques économiste économistes sociologue sociologues "
    "archéologues archéologue tradition légende rumeur partisans adversaires détracteurs "
    "historian historians author authors critics critic experts researchers".split()
)


def reported(read: Read) -> Iterator[Made]:
    """``Selon X, S`` or ``S, selon X``: turned round, or told without X."""
    for sentence in read.sentences:
        first, last = _ACCORDING.match(sentence.text), _ACCORDING_LAST.match(sentence.text)
        if first:
            lead, told, whom = first[1], first[3].rstrip("."), first.span(2)
            other = f"{told}, {lead[:1].lower()}{lead[1:]} {first[2]}."
            opens = sentence.start_char + first.start(3)
        elif last:
            lead, told, whom = last[2], last[1], last.span(3)
            opens = sentence.start_char
            low = told if sentence[0].pos_ == "PROPN" else told[:1].lower() + told[1:]
            other = f"{lead[:1].upper()}{lead[1:]} {last[3]}, {low}."
        else:
            continue
        base = sentence.start_char
        who = read.doc.char_span(base + whom[0], base + whom[1])
        begins = read.doc.char_span(opens, sentence.end_char, alignment_mode="expand")
        if who is None or begins is None or begins[0].pos_ not in {"DET", "PROPN", "NOUN", "ADP"}:
            continue
        if not (
            any(e.label_ in PEOPLE for e in who.ents)
            or any(t.text.lower() in _SOMEONE for t in who)
        ):
            continue
        if re.search(r"\b(?:selon|il|elle|ils|elles|lui|son|sa|ses)\b|rai(?:en)?t\b", told):
            continue
        yield Made("reported", sentence_of(told), supported=False)
        yield Made("reported", tidy(other), supported=True)
        return


_THINKS = re.compile(
    r"^(?:affirm|préten|estim|pens|crut|croi|croy|considèr|considér|soutien|soutin|suppos|jug|imagin|"
    r"claim|believ|think|thought|argu|alleg|suggest)"
)


def opinion(read: Read) -> Iterator[Made]:
    """``X affirme que S``: S told as a fact, or told as X's."""
    for sentence in read.sentences:
        verb = sentence.root
        if not _THINKS.match(verb.text.lower()):
            continue
        subject = [c for c in verb.children if c.dep_ in read.grammar.subjects]
        told = [c for c in verb.children if c.dep_ == "ccomp"]
        if len(subject) != 1 or len(told) != 1 or any(c.dep_ == "neg" for c in verb.children):
            continue
        whole = phrase(told[0])
        if read.doc[sentence.start].pos_ == "SCONJ":
            continue
        if whole[0].text.lower() not in {"que", "qu'", "qu’", "that"} or whole.start < verb.i:
            continue
        if re.search(r"\b(?:ne|n['’])", read.doc[sentence.start : whole.start].text):
            continue
        content = whole[1:]
        opens = content[0].text.lower()
        if content.end < sentence.end - 1 or re.search(r"\bet qu", content.text):
            continue
        if len(content) < 6 or content[0].pos_ == "PRON" or opens in {"si", "son", "sa", "ses"}:
            continue
        if re.search(
            r"\b(?:il|elle|ils|elles|son|sa|ses|leur|leurs|they|he|she|his|her|their)\b",
            content.text,
            re.IGNORECASE,
        ):
            continue
        who = phrase(subject[0])
        yield Made("opinion", sentence_of(content.text), supported=False)
        if subject[0].pos_ in {"NOUN", "PROPN"} and len(who) <= 10 and "," not in who.text:
            lead = "Selon" if read.lang == "fr" else "According to"
            yield Made("opinion", sentence_of(f"{lead} {lowered(who)}, {content.text}"), True)
        return


_MODAL = re.compile(r"\b(aurait|auraient|serait|seraient)\b")
_FACT = {"aurait": "a", "auraient": "ont", "serait": "est", "seraient": "sont"}


def conditional(read: Read) -> Iterator[Made]:
    """``aurait``: told as ``a``; or the reservation said in another way."""
    for sentence in read.sentences:
        match = _MODAL.search(sentence.text)
        if not match or len(_MODAL.findall(sentence.text)) > 1:
            continue
        if re.search(r"\b(?:si|que|qu|sans|sinon|comme)\b|['’]il", sentence.text, re.IGNORECASE):
            continue
        token = read.doc.char_span(
            sentence.start_char + match.start(), sentence.start_char + match.end()
        )
        if token is None or sentence.root not in {token.root, token.root.head}:
            continue
        claim = sentence.text[: match.start()] + _FACT[match[0]] + sentence.text[match.end() :]
        yield Made("conditional", tidy(claim), supported=False)
        return


_INTENDS = re.compile(
    r"\b((?:veu(?:t|lent)|voul(?:ait|aient)|souhait(?:e|ent|ait|aient)|compt(?:e|ent|ait|aient)"
    r"|(?:envisag|prévo|projet)\w+ de)"
    r"|(?:(?:a|ont) (?:refus|tent)é|(?:refus|tent)(?:e|ent|a|èrent|ait|aient)) de"
    r"|cherch(?:e|ent|a|èrent|ait|aient) à"
    r"|(?:(?:a|ont) renoncé|renonc(?:e|ent)|renonça|renoncèrent) à"
    r") (\w+er|faire|prendre|mettre|construire|obtenir|rendre|vendre|établir|détruire|réduire"
    r"|conquérir|reprendre|envahir)\b(?!-)"
)
_WISHES = re.compile(r"veu|voul|souhait|compt|envisag|prévo|projet")
_DONE = dict(
    pair.split("/")
    for pair in (
        "faire/fait prendre/pris mettre/mis construire/construit obtenir/obtenu rendre/rendu "
        "vendre/vendu établir/établi détruire/détruit réduire/réduit conquérir/conquis "
        "reprendre/repris envahir/envahi"
    ).split()
)
_BE = frozenset("aller entrer rester arriver tomber rentrer passer monter retourner".split())
"""Verbs that have être."""
_SAME = (
    (re.compile(r"tent(\w+) de$"), r"cherch\1 à"),
    (re.compile(r"cherch(\w+) à$"), r"tent\1 de"),
    (re.compile(r"(a|ont) refusé de$"), r"n'\1 pas accepté de"),
    (re.compile(r"refus(\w+) de$"), r"n'accept\1 pas de"),
)


def planned(read: Read) -> Iterator[Made]:
    """What is wanted, tried or refused, told as done; or told as wanted in other words."""
    for sentence in read.sentences:
        match = _INTENDS.search(sentence.text)
        if not match or match[2] in _BE:
            continue
        if re.search(
            r"\b(?:si|ne|puis|finalement)\b|\bn['’]|\bs['’]il|\br[ée]uss|parv[ie]|succès",
            sentence.text,
        ):
            continue
        intends, verb = match[1], match[2]
        several = bool(re.search(r"(?:nt|ont \w+)(?: de| à)?$", intends))
        done = _DONE.get(verb, verb[:-2] + "é")
        head, rest = sentence.text[: match.start()], sentence.text[match.end() :]
        kind = "refused" if re.search(r"refus|renon", intends) else "planned"
        has = "ont" if several else "a"
        yield Made(kind, tidy(f"{head}{has} {done}{rest}"), supported=False)
        if _WISHES.match(intends):
            past = re.search(r"ai(?:en)?t\b", intends)
            has = ("avaient" if several else "avait") if past else has
            yield Made(kind, tidy(f"{head}{has} l'intention de {verb}{rest}"), supported=True)
        for pattern, other in _SAME:
            if pattern.search(intends):
                same = pattern.sub(other, intends)
                yield Made(kind, tidy(f"{head}{same} {verb}{rest}"), supported=True)
                break
        return


_MAY = re.compile(r"\b(pourrait|pourraient|peut|peuvent) (?:alors )?(\w+er)\b(?!-)")


def possible(read: Read) -> Iterator[Made]:
    """What may happen, told as done; or told as something that may."""
    for sentence in read.sentences:
        match = _MAY.search(sentence.text)
        if not match or match[2] in _BE or re.search(r"\bne\b|\bn['’]|\bsi\b", sentence.text):
            continue
        has, able = (
            ("ont", "sont susceptibles de")
            if match[1].endswith("nt")
            else ("a", "est susceptible de")
        )
        head, rest = sentence.text[: match.start()], sentence.text[match.end() :]
        yield Made("possible", tidy(f"{head}{has} {match[2][:-2]}é{rest}"), supported=False)
        if match[1].startswith("pourrai"):
            yield Made("possible", tidy(f"{head}{able} {match[2]}{rest}"), supported=True)
        return


_SOME = re.compile(
    r"(?:(?<=^)|(?<= ))(?:Certaine?s|Plusieurs|Quelques|De nombreu(?:x|ses)|La plupart des|"
    r"[Cc]ertaine?s|[Pp]lusieurs|[Qq]uelques|de nombreu(?:x|ses)|la plupart des) "
    r"(?=(?!mill|centaines|dizaines)(\w+s)\b)"
)


def all_of_some(read: Read) -> Iterator[Made]:
    """``certains``: told as all."""
    for sentence in read.sentences:
        match = _SOME.search(sentence.text)
        if not match:
            continue
        at = sentence.start_char + match.start(1)
        noun = read.doc.char_span(at, sentence.start_char + match.end(1))
        if noun is None or noun.root.pos_ != "NOUN" or noun[0].dep_ not in read.grammar.subjects:
            continue
        if noun.root.head != sentence.root or re.search(r"\bsi\b", sentence.text):
            continue
        feminine = re.match(r"certaines|de nombreuses", match[0], re.IGNORECASE)
        gender = ["Fem"] if feminine else marked(noun.root, "Gender")
        if not gender:
            continue
        every = "toutes les " if "Fem" in gender else "tous les "
        claim = sentence.text[: match.start()] + every + sentence.text[match.end() :]
        if claim != sentence.text:
            yield Made("all of some", tidy(claim), supported=False)
        same = {
            "la plupart des ": "la majorité des ",
            "de nombreux ": "beaucoup de ",
            "de nombreuses ": "beaucoup de ",
        }.get(match[0].lower())
        if same:
            kept = sentence.text[: match.start()] + same + sentence.text[match.end() :]
            yield Made("all of some", tidy(kept), supported=True)
        return


_ONE_OF = re.compile(
    r"\bl['’]un(e?) des (plus \w+[sx]|premi(?:er|ère)s|principaux|principales) (\w+s)( \w+s)?\b"
)


def first_of_several(read: Read) -> Iterator[Made]:
    """``l'un des premiers``: told as the first."""
    for sentence in read.sentences:
        match = _ONE_OF.search(sentence.text)
        if not match:
            continue
        at = sentence.start_char
        noun = read.doc.char_span(at + match.start(3), at + match.end(3))
        more = read.doc.char_span(at + match.end(3) + 1, at + match.end())
        if noun is None or noun.root.pos_ != "NOUN":
            continue
        how = "principal" if match[2] == "principaux" else match[2].removesuffix("s")
        adjective = more is not None and more.root.pos_ == "ADJ"
        end = match.end() if adjective else match.end(3)
        words = f"{'la' if match[1] else 'le'} {how} {match[3][:-1]}"
        words += (match[4] or "")[:-1] if adjective else ""
        before, after = sentence.text[: match.start()], sentence.text[end:]
        yield Made("first of several", tidy(before + words + after), supported=False)
        kept = f"{before}un{match[1]} des {sentence.text[match.start(2) :]}"
        yield Made("first of several", tidy(kept), supported=True)
        return


_BECAUSE = {
    "fr": re.compile(r",? (?:car |parce qu(?:e |['’])|puisqu(?:e |['’]))"),
    "en": re.compile(r",? because (?!of )"),
}


def causes(read: Read) -> Iterator[Made]:
    """Cause and effect exchanged; or the cause put first."""
    for sentence in read.sentences:
        found = list(_BECAUSE[read.lang].finditer(sentence.text))
        if len(found) != 1 or re.search(r"\bsi\b|\bque\b.*\bcar\b", sentence.text):
            continue
        match = found[0]
        effect, cause = sentence.text[: match.start()], sentence.text[match.end() :].strip(" .")
        if min(len(cause), len(effect)) < 20 or effect.endswith((" is", " was", "just", "only")):
            continue
        if re.search(r"\b(?:ne|n['’])", effect) or "," in effect + cause:
            continue
        low = effect[:1].lower() + effect[1:]
        if read.doc[sentence.start].pos_ == "PROPN":
            low = effect
        join, front = ("because", "Because") if read.lang == "en" else ("parce que", "Comme")
        yield Made("cause and effect", sentence_of(tidy(f"{cause} {join} {low}")), supported=False)
        yield Made("cause and effect", sentence_of(tidy(f"{front} {cause}, {low}")), supported=True)
        return


MAKERS: tuple[Maker, ...] = (
    negation_dropped,
    reported,
    opinion,
    causes,
)
FRENCH: tuple[Maker, ...] = (
    conditional,
    planned,
    possible,
    possible,
    all_of_some,
    first_of_several,
)
