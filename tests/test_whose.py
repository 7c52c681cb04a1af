"""Whose words a sentence is: twenty-odd small documents that lead astray, and what is expected."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from askdossier import text
from askdossier.core import Document, Heading, Source, Span
from askdossier.verify.whose import Speaker, speaker
from askdossier.verify.whose.layout import posted_on

COMMENTS = (
    "# La piscine ferme\n\nLa piscine de Valombre fermera le 3 mars.\n\n## 3 commentaires\n\n"
    "pseudo42\n\n12 mars 2024 à 10:03\n\nBravo la mairie, on nage dans le bonheur. "
    "Le maire avait pourtant dit : « Jamais de mon vivant ».\n\n"
    "Lucie B. a écrit le 13 mars 2024\n\nLe bassin fuit depuis dix ans."
)
TRANSCRIPT = (
    "# Conseil de quartier\n\nM. Durand : Le budget est voté.\n\n"
    "Il faudra attendre septembre.\n\nLe chantier durera deux ans.\n\n"
    "Mme Lenoir : Je n’y crois pas. Le pont tiendra bien jusque-là."
)
INTERVIEW = (
    "# Entretien avec Soraya Meziane\n\nElle dirige la coopérative depuis 2019.\n\n"
    "Vos ateliers vont-ils fermer ?\n\nVous me demandez « vont-ils fermer ? », et je n’en sais "
    "rien. Nous avons perdu deux commandes.\n\nQue dit la région ?\n\nElle promet une aide."
)
TRIBUNE = (
    "# Tribune : sauvons le marais\n\nPar Élodie Ferrand\n\nLe marais de Bruz meurt. "
    "Le préfet affirme que tout va bien.\n\nJe refuse de me taire."
)
RELEASE = (
    "# Communiqué\n\nL’usine de Sardon produira 400 batteries par jour. « Nous créons 90 emplois. "
    "La vallée revivra », se réjouit Paul Mercier, président de Sardon. "
    "« Rien ne sera jeté », ajoute-t-il. Le site ouvrira en mai."
)
MINUTES = (
    "# Compte rendu\n\nMme Lenoir rappelle que le marché est reconduit. "
    "Le maire nie que la halle soit vendue. La séance est levée à 22 heures."
)
HEADLINE = (
    "# La halle sera vendue\n\nSelon Paul Mercier, la halle pourrait être vendue. "
    "La ville a reçu deux offres."
)
TWO = (
    "# Débat\n\nSelon Anne Roux, la piscine coûte trop cher, mais Paul Mercier estime qu’elle est "
    "utile. La salle était pleine. Le niveau du lac baisse, selon l’association du lac."
)
NESTED = (
    "# Procès\n\nAnne Roux affirme que Paul Mercier a dit que le pont était sûr. "
    "« Il m’a dit “signez”, et j’ai signé. » C’était en 2020."
)
EMBEDDED = (
    "# Fuite\n\nLa mairie a réagi.\n\nLe réseau est rétabli partout.\n\n"
    "— Ville de Sardon (@sardon) 4 mai 2024\n\nPhoto : Jean Dupont\n\n"
    "Le pont de Sardon, lundi matin."
)
LABELS = (
    "# Fiche\n\nBudget : 30 000 euros.\n\nValombre : la piscine fermera en mars.\n\n"
    "Le maire : « Nous fermerons la piscine en mars. »\n\nTravaux : deux ans."
)
ENGLISH = (
    "# Pool\n\nThe pool closes in March. “It costs too much,” said Mary Hill. "
    "She added that the town would pay. The roof leaks, according to the engineers. "
    "The council denied that the pool was sold."
)
LETTER = "# Au journal\n\nJe nage ici chaque matin. Le bassin est propre.\n\nMarie Colin"
REPORT = "# Rapport\n\n## Commentaires\n\nLes recettes progressent de 4 %."
REPEATED = (
    "# Grève\n\n« Nous tiendrons », a prévenu la déléguée Karima Sadi. "
    "« Personne ne cédera », a-t-elle ajouté. « Tout est faux. » Le dépôt a rouvert."
)
TITLES = (
    "# Annonces\n\nLe projet « Lire en fête » propose des ateliers. Le collectif « Eaux libres » "
    "dénonce la vente. Le maire, lundi, annonce la vente de la halle. La halle fermera, annonce la "
    "mairie. La fédération lance un concours. “It leaks!” quipped Mary Hill."
)
FORUM = (
    "# La halle\n\nBobine35 — 4 mai 2024, 21:13 — Messages : 412\n\nJe crois qu’elle sera vendue."
    "\n\nVf_ou_rien — 5 mai 2024, 08:02\n\nUn ami qui travaille dans le métier jure que non."
)
NESTED_POSTS = (
    "# Le four\n\nBobine35 — 4 mai 2024, 21:13\n\nLe four est froid.\n\nLa cheminée penche.\n\n"
    "Lucie — 5 mai 2024, 08:02\n\nBobine35 a écrit :\n\nLe four est froid.\n\n"
    "La cheminée penche.\n\nIl a servi hier.\n\n"
    "Hugo — 6 mai 2024, 10:13\n\nMarcel a écrit le 2 mai à 10:03 : Le four fume.\n\n"
    "Il fallait un ramoneur.\n\n"
    "Karim — 7 mai 2024, 11:15\n\nMarcel a écrit :\n\nLe four chauffe.\n\nOn verra bien."
)
DASHES = (
    "# Soraya Meziane : « Nous tiendrons »\n\nElle dirige la coopérative.\n\n"
    "— Vos ateliers vont-ils fermer ?\n\n— Je n’en sais rien.\n\n— Racontez-nous vos débuts.\n\n"
    "— Nous étions cinq.\n\n— Et la région ?\n\n— Elle promet une aide."
)
BRIEF = (
    "# IA : la lettre ouverte passe un cap\n\nPar Camille Destours, publié le 3 mars 2026\n\n"
    "Me Ferrand la relira. 2. Écrivez la même chose. La lettre compte 2 600 noms."
)


@dataclass(frozen=True)
class Case:
    name: str
    document: str
    sentence: str
    expected: Speaker | None
    suffix: str = "md"


CASES = (
    Case(
        "irony in a comment",
        COMMENTS,
        "on nage dans le bonheur",
        Speaker("pseudo42", "comment"),
        "html",
    ),
    Case(
        "quote in a comment",
        COMMENTS,
        "Jamais de mon vivant",
        Speaker("pseudo42", "comment"),
        "html",
    ),
    Case("the next comment", COMMENTS, "fuit depuis", Speaker("Lucie B.", "comment"), "html"),
    Case("the article above", COMMENTS, "fermera le 3 mars", None, "html"),
    Case("a chapter of a report", REPORT, "progressent", None),
    Case("its own label", TRANSCRIPT, "budget est voté", Speaker("M. Durand", "label")),
    Case("three lines above", TRANSCRIPT, "durera deux ans", Speaker("M. Durand", "label")),
    Case("the second of a line", TRANSCRIPT, "tiendra bien", Speaker("Mme Lenoir", "label")),
    Case("a question quoted", INTERVIEW, "n’en sais", Speaker("Soraya Meziane", "label")),
    Case("the question itself", INTERVIEW, "Vos ateliers", None),
    Case("before the interview", INTERVIEW, "Elle dirige", None),
    Case("an answer", INTERVIEW, "promet une aide", Speaker("Soraya Meziane", "label")),
    Case("an opinion", TRIBUNE, "marais de Bruz meurt", Speaker("Élodie Ferrand", "author")),
    Case("told in an opinion", TRIBUNE, "tout va bien", Speaker("Élodie Ferrand", "author")),
    Case("a release's fact", RELEASE, "400 batteries", None),
    Case("its president, first", RELEASE, "90 emplois", Speaker("Paul Mercier", "quotation")),
    Case("its president, last", RELEASE, "vallée revivra", Speaker("Paul Mercier", "reported")),
    Case("a pronoun", RELEASE, "Rien ne sera jeté", Speaker("Paul Mercier", "reported")),
    Case("a fact behind", RELEASE, "ouvrira en mai", None),
    Case(
        "minutes", MINUTES, "marché est reconduit", Speaker("Mme Lenoir", "reported", vouched=True)
    ),
    Case("a denial", MINUTES, "halle soit vendue", Speaker("Le maire", "reported")),
    Case("minutes' fact", MINUTES, "séance est levée", None),
    Case("under a headline", HEADLINE, "pourrait être", Speaker("Paul Mercier", "reported")),
    Case("a fact beside it", HEADLINE, "deux offres", None),
    Case("two speakers", TWO, "coûte trop", Speaker("", "reported")),
    Case("selon at the end", TWO, "lac baisse", Speaker("l’association du lac", "reported")),
    Case("one tells another", NESTED, "pont était sûr", Speaker("Anne Roux", "reported")),
    Case(
        "an embedded message", EMBEDDED, "réseau est rétabli", Speaker("Ville de Sardon", "label")
    ),
    Case("a caption", EMBEDDED, "lundi matin", None),
    Case("a field", LABELS, "30 000", None),
    Case("a place", LABELS, "piscine fermera", None),
    Case("a role before a quote", LABELS, "Nous fermerons", Speaker("Le maire", "label")),
    Case("a fact behind labels", LABELS, "deux ans", None),
    Case("a letter", LETTER, "Je nage", Speaker("Marie Colin", "author")),
    Case("said", ENGLISH, "costs too much", Speaker("Mary Hill", "reported")),
    Case("she", ENGLISH, "town would pay", Speaker("Mary Hill", "reported", vouched=True)),
    Case("according to", ENGLISH, "roof leaks", Speaker("the engineers", "reported")),
    Case("denied", ENGLISH, "was sold", Speaker("The council", "reported")),
    Case("no one", ENGLISH, "closes in March", None),
    Case("subject behind", REPEATED, "Nous tiendrons", Speaker("Karima Sadi", "reported")),
    Case("she again", REPEATED, "Personne", Speaker("Karima Sadi", "reported")),
    Case("a post", FORUM, "sera vendue", Speaker("Bobine35", "label")),
    Case("the next post", FORUM, "jure que non", Speaker("Vf_ou_rien", "label")),
    Case("a post quoted", NESTED_POSTS, "Il a servi", Speaker("Lucie", "label")),
    Case("a quotation in one line", NESTED_POSTS, "four fume", Speaker("Marcel", "label")),
    Case("behind that line", NESTED_POSTS, "ramoneur", Speaker("Hugo", "label")),
    Case("quoted below", NESTED_POSTS, "four chauffe", Speaker("Marcel", "label")),
    Case("perhaps quoted", NESTED_POSTS, "On verra", Speaker("", "label")),
    Case("behind a dash", DASHES, "rien", Speaker("Soraya Meziane", "label")),
    Case("one who asks", DASHES, "débuts", Speaker("", "label")),
    Case("the last answer", DASHES, "promet", Speaker("Soraya Meziane", "label")),
    Case("before the dashes", DASHES, "Elle dirige", None),
    Case("a subject, no genre", BRIEF, "2 600", None),
    Case("a byline", BRIEF, "publié le", None),
    Case("a title of address", BRIEF, "relira", None),
    Case("an order", BRIEF, "Écrivez", None),
    Case("a title", TITLES, "Lire en fête", None),
    Case("a name in marks", TITLES, "Eaux libres", None),
    Case("a day between", TITLES, "vente de la halle", None),
    Case("a quip", TITLES, "It leaks", Speaker("Mary Hill", "reported")),
    Case("announced behind", TITLES, "fermera", Speaker("la mairie", "reported", vouched=True)),
    Case("a contest", TITLES, "concours", None),
    Case("behind the strike", REPEATED, "a rouvert", None),
)


def document_of(body: str, suffix: str = "md") -> Document:
    """As cleaning gives it: headings without their marks."""
    parts, headings, length = [], [], 0
    for line in body.split("\n\n"):
        level = len(line) - len(line.lstrip("#"))
        words = line.lstrip("# ")
        if level:
            headings.append(Heading(Span(length, length + len(words)), level))
        parts.append(words)
        length += len(words) + 2
    whole = "\n\n".join(parts)
    language = text.language(whole)
    path = f"a.{suffix}"
    return Document(path, parts[0], whole, language, Source(path, "0"), tuple(headings))


def sentence_with(document: Document, words: str) -> Span:
    (found,) = (one for one in text.sentences(document.text) if words in one.of(document.text))
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_whose_words_they_are(case: Case) -> None:
    document = document_of(case.document, case.suffix)
    assert speaker(document, sentence_with(document, case.sentence)) == case.expected


def whose(case: Case) -> tuple[Speaker, str]:
    document = document_of(case.document, case.suffix)
    span = sentence_with(document, case.sentence)
    found = speaker(document, span)
    assert found is not None
    return found, span.of(document.text)


@pytest.mark.parametrize(
    ("name", "fr", "en"),
    [
        ("irony in a comment", "Un lecteur, pseudo42", "A reader, pseudo42"),
        ("three lines above", "M. Durand", "M. Durand"),
        ("its own label", "", ""),
        ("a letter", "Marie Colin", "Marie Colin"),
        ("its president, first", "Paul Mercier", "Paul Mercier"),
        ("its president, last", "", ""),
        ("a pronoun", "Paul Mercier", "Paul Mercier"),
        ("two speakers", "", ""),
    ],
)
def test_who_is_named_before_a_quote(name: str, fr: str, en: str) -> None:
    (case,) = (one for one in CASES if one.name == name)
    found, quote = whose(case)
    assert (found.before(quote, "fr"), found.before(quote, "en")) == (fr, en)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("three lines above", "M. Durand : « … »"),
        ("its president, first", "Paul Mercier : « … »"),
        ("its president, last", "« … »"),
        ("a pronoun", "(Paul Mercier) « … »"),
    ],
)
def test_only_his_own_words_stand_behind_a_colon(name: str, said: str) -> None:
    (case,) = (one for one in CASES if one.name == name)
    found, quote = whose(case)
    assert found.named("« … »", quote, "fr") == said


def test_a_pronoun_beside_a_name_stands_for_nobody_before() -> None:
    body = (
        "# Conseil\n\nMme Lenoir rappelle le prix du marché. "
        "M. Paul Mercier craint qu’il ne monte : « Le prix n’est pas tenable. »"
    )
    document = document_of(body)
    found = speaker(document, sentence_with(document, "M. Paul Mercier"))
    assert found is None or found.name in {"", "M. Paul Mercier", "Paul Mercier"}


@pytest.mark.parametrize(
    ("name", "said", "is_told"),
    [
        ("three lines above", "Le chantier durera deux ans.", False),
        ("three lines above", "Selon M. Durand, le chantier durera deux ans.", True),
        ("three lines above", "M. Durand dit que le chantier durera deux ans.", True),
        ("three lines above", "Selon Mme Lenoir, le chantier durera deux ans.", False),
        ("its president, first", "L’usine crée 90 emplois, selon Paul Mercier.", True),
        ("its president, first", "L’usine de Paul Mercier crée 90 emplois.", False),
        ("irony in a comment", "On nage dans le bonheur.", False),
        ("irony in a comment", "Selon pseudo42, on nage dans le bonheur.", True),
        ("under a headline", "La halle pourrait être vendue.", False),
        ("minutes", "Le marché est reconduit.", True),
        ("two speakers", "La piscine coûte trop cher, selon Anne Roux.", False),
    ],
)
def test_a_sentence_must_say_whose_words_it_tells(name: str, said: str, is_told: bool) -> None:
    (case,) = (one for one in CASES if one.name == name)
    assert whose(case)[0].is_told(said, "fr") == is_told


def test_a_post_is_of_its_own_day() -> None:
    document = document_of(FORUM)
    first, second = (sentence_with(document, said) for said in ("sera vendue", "jure que non"))
    assert (posted_on(document, first), posted_on(document, second)) == ("2024-05-04", "2024-05-05")
    letter = document_of("# Lettre\n\nLe 4 mai 2024, la halle a rouvert. Elle est pleine.")
    assert posted_on(letter, sentence_with(letter, "Elle est pleine")) == ""


def test_words_that_a_post_quotes_from_another_are_of_that_one() -> None:
    document = document_of(NESTED_POSTS)
    spans = [one for one in text.sentences(document.text) if "penche" in one.of(document.text)]
    assert [speaker(document, one) for one in spans] == [Speaker("Bobine35", "label")] * 2


def test_nobody_is_found_in_a_language_without_grammar() -> None:
    document = document_of("# Besluit\n\nVolgens Jan de Vries is het zwembad te duur.")
    dutch = replace(document, language="nl")
    assert speaker(dutch, sentence_with(dutch, "zwembad")) is None
