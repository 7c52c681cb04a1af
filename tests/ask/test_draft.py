"""Prompts, drafts cut into sentences while they stream, refusals, the abstention rule."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from askdossier import text
from askdossier.ask import draft, prompts
from askdossier.ask.abstention import abstention
from askdossier.ask.policy.probed import trained
from askdossier.core import Choice, EmptyReply, Evidence, Profile, Prompt, Span, Stop

# --- prompts --------------------------------------------------------------------------------------


def evidence(*items: tuple[str, int, str, float]) -> list[Evidence]:
    """From (document, start, quote, score)."""
    return [
        Evidence(document, Span(start, start + len(quote)), quote, score, f"{document}#0")
        for document, start, quote, score in items
    ]


def excerpts(prompt: Prompt) -> list[str]:
    return [line[2:] for line in prompt.user.splitlines() if line.startswith("- ")]


ONE = evidence(("a.txt", 0, "Le pont a rouvert en 2021.", 0.9))


def test_the_prompt_is_in_the_language_of_the_question() -> None:
    french = prompts.answering("Quand le pont a-t-il rouvert ?", ONE, "fr")
    english = prompts.answering("When did the bridge reopen?", ONE, "en")
    assert "Question : Quand le pont a-t-il rouvert ?" in french.user
    assert "Oui" in french.system
    assert "Non" in french.system
    assert "Extraits" in french.user
    assert "Question: When did the bridge reopen?" in english.user
    assert "Yes" in english.system
    assert "No" in english.system
    assert "Excerpts" in english.user
    assert excerpts(french) == excerpts(english) == ["Le pont a rouvert en 2021."]
    assert french.system != english.system


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.text("mot {}\n\u00a0", min_size=1, max_size=12).filter(str.strip)
            | st.just("x " * 300),
            st.floats(0, 1),
        ),
        max_size=5,
    ),
    st.text(max_size=10),
)
def test_the_parts_of_a_prompt_are_its_evidence(
    said: list[tuple[str, str, float]], question: str
) -> None:
    found = evidence(*((name, 9 * i, quote, score) for i, (name, quote, score) in enumerate(said)))
    prompt = prompts.answering(question, found, "fr")
    for item, part in zip(found, prompt.parts, strict=True):
        words, whole = part.of(prompt.user), " ".join(item.quote.split())
        if len(whole) > 420:
            assert words.endswith(" …") and len(words) > 210
            words, whole = words[:-2], whole[: len(words) - 2]
        assert words == whole
    assert prompt.user.endswith(question)


def test_other_languages_are_asked_in_english() -> None:
    assert prompts.answering("?", ONE, "de") == prompts.answering("?", ONE, "en")
    assert abstention("de") == abstention("en")


def test_neighbouring_sentences_are_one_excerpt() -> None:
    together = evidence(
        ("a.txt", 0, "Le pont a fermé.", 0.9),
        ("a.txt", 17, "Il a rouvert.", 0.5),
        ("a.txt", 200, "La rue est large.", 0.8),
        ("b.txt", 30, "Un autre document.", 0.7),
    )
    assert excerpts(prompts.answering("?", together, "fr")) == [
        "Le pont a fermé. Il a rouvert.",
        "La rue est large.",
        "Un autre document.",
    ]


def test_an_answer_is_read_with_the_question_above_it() -> None:
    yes, price = evidence(("a.txt", 30, "Oui, en laisse.", 0.9), ("a.txt", 90, "6 euros.", 0.8))
    prompt = prompts.answering("?", (replace(yes, asked="Et les chiens ?"), price), "fr")
    assert excerpts(prompt) == ["Et les chiens ? Oui, en laisse.", "6 euros."]
    assert [part.of(prompt.user) for part in prompt.parts] == ["Oui, en laisse.", "6 euros."]


def test_sentences_that_overlap_or_go_back_are_not_joined() -> None:
    apart = evidence(
        ("a.txt", 50, "La seconde phrase.", 0.9),
        ("a.txt", 0, "La première phrase.", 0.8),
        ("a.txt", 10, "Qui chevauche.", 0.7),
    )
    assert len(excerpts(prompts.answering("?", apart, "fr"))) == 3


def test_the_excerpt_with_the_best_sentence_comes_first() -> None:
    given_in_order = evidence(
        ("a.txt", 0, "Faible.", 0.1),
        ("b.txt", 0, "Moyen.", 0.5),
        ("b.txt", 8, "Fort.", 0.9),
        ("c.txt", 0, "Bon.", 0.7),
    )
    lines = excerpts(prompts.answering("?", given_in_order, "fr"))
    assert lines == ["Moyen. Fort.", "Bon.", "Faible."]


def test_line_breaks_and_runs_of_spaces_become_spaces() -> None:
    (line,) = excerpts(
        prompts.answering("?", evidence(("a", 0, "Le  pont\na\u00a0fermé.", 1.0)), "fr")
    )
    assert line == "Le pont a fermé."


@pytest.mark.parametrize("word", ["mot", "m" * 90, "m" * 420, "m" * 2000])
def test_long_sentences_are_shortened(word: str) -> None:
    quote = " ".join([word] * 300)[:3000]
    (line,) = excerpts(prompts.answering("?", evidence(("a.txt", 0, quote, 1.0)), "fr"))
    assert len(line) <= 425
    assert line.endswith("…")
    assert quote.startswith(line.removesuffix("…").rstrip())


def test_a_question_with_braces_is_kept_as_it_is() -> None:
    request = prompts.answering("Que veut dire {evidence} ?", ONE, "fr")
    assert "Que veut dire {evidence} ?" in request.user
    assert len(excerpts(request)) == 1
    (line,) = excerpts(
        prompts.answering("?", evidence(("a", 0, "Le motif {question}.", 1.0)), "fr")
    )
    assert line == "Le motif {question}."


# --- drafting -------------------------------------------------------------------------------------


class PiecewiseWriter:
    """Gives a reply in the pieces that it is told."""

    name = "pieces"

    def __init__(self, pieces: Sequence[str], yes: float = 0.5) -> None:
        self.pieces, self.yes = pieces, yes
        self.prefix = self.read_along = ""
        self.given = 0

    def warm_up(self) -> None:
        pass

    def count_tokens(self, prompt: Prompt) -> int:
        return len(prompt.user)

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        assert len(options) == 2
        self.read_along = prefix
        return Choice((self.yes, 1 - self.yes))

    def stream(
        self, prompt: Prompt, stop: Stop, *, prefix: str = "", max_tokens: int = 160
    ) -> Generator[str]:
        self.prefix = prefix
        for piece in self.pieces:
            if stop.is_set():
                return
            self.given += 1
            yield piece


REQUEST = prompts.answering("Quand ?", ONE, "fr")


def drafted_of(pieces: Sequence[str]) -> list[str]:
    return list(draft.draft(PiecewiseWriter(pieces), REQUEST, "fr", Stop()))


def whole_sentences(reply: str) -> list[str]:
    """Those of a reply, cut all at once."""
    every = [span.of(reply) for span in text.sentences(reply)]
    said = [one for one in every if one.strip(" »\u00a0\u202f")[-1:] != "?"]
    empty = {"oui", "non", "yes", "no"}
    said = [one for one in said if "".join(filter(str.isalnum, one)).casefold() not in empty]
    return said[: draft.BRIEF.sentences]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("", []),
        ("   ", []),
        ("\n", []),
        ("Le pont a rouvert.", ["Le pont a rouvert."]),
        ("Le pont a rouvert", ["Le pont a rouvert"]),
        ("M. Dupont a rouvert le pont. Il a 3.5 m.", None),
        ("Un. Deux. Trois. Quatre.", ["Un.", "Deux.", "Trois."]),
        ("Un\n\nDeux", ["Un", "Deux"]),
        ('Elle dit : "Le pont dort. Il fuit." Il part.',
         ['Elle dit : "Le pont dort. Il fuit."', "Il part."]),
        ("Elle dit : « Le pont dort. Il fuit. Il part.",
         ["Elle dit : « Le pont dort.", "Il fuit.", "Il part."]),
        ("Elle dit : « Oui. » Il part.", ["Elle dit : « Oui. »", "Il part."]),
        ("Le pont a-t-il rouvert ? Non. Le pont est fermé.", ["Le pont est fermé."]),
        ("« Le pont dort-il ? » Un. Deux. Trois. Quatre.", ["Un.", "Deux.", "Trois."]),
        ("Le pont a-t-il rouvert ?\n\n- Oui.", []),
        ("Has it reopened? Yes. No, it is shut.", ["No, it is shut."]),
    ],
)  # fmt: skip
def test_a_draft_is_cut_into_sentences(reply: str, expected: list[str] | None) -> None:
    whole = whole_sentences(reply)
    assert (
        drafted_of([reply]) == drafted_of(list(reply)) == (whole if expected is None else expected)
    )


WORDS = (
    "Le", "pont", "a", "rouvert.", "M.", "Dupont", "Lefebvre", "etc.", "J.", "Le", "Goff", "Inc.",
    "3.", "5", "p.", "ex.", "art.", "12", "« Oui. »", "!", "?", "…", "[3]", "U.S.", "(...)", "et",
    "La", "Laurent", "No.", "e.g.", "fin.Le", "A.", "x.", "iPhone", "\n", "-", "D’", "L'été.",
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.data())
@example("Il cite Dupont, Martin, etc. Lefebvre dort.", None)
@example("Le plan de J. Lefebvre dort.", None)
def test_sentences_are_the_same_however_the_reply_is_cut(
    reply: str, data: st.DataObject | None
) -> None:
    whole = whole_sentences(reply)
    assert drafted_of(list(reply)) == whole
    if data is not None and reply:
        cuts = sorted(data.draw(st.sets(st.integers(1, len(reply)), max_size=8)))
        bounds = [0, *cuts, len(reply)]
        pieces = [reply[a:b] for a, b in pairwise(bounds)]
        assert drafted_of(pieces) == whole


def test_a_sentence_is_given_before_the_next_is_complete() -> None:
    writer = PiecewiseWriter(
        [f"{word} " for word in "Le pont dort. La ville est belle ici.".split()]
    )
    drafted = draft.draft(writer, REQUEST, "fr", Stop())
    assert next(drafted) == "Le pont dort."
    assert writer.given < len(writer.pieces)
    assert list(drafted) == ["La ville est belle ici."]


def test_no_more_is_read_than_is_wanted() -> None:
    writer = PiecewiseWriter(
        [f"Phrase {word} ici. " for word in "un deux trois quatre cinq".split()]
    )
    assert len(list(draft.draft(writer, REQUEST, "fr", Stop()))) == draft.BRIEF.sentences
    assert writer.given < len(writer.pieces)


def test_a_stopped_draft_ends_without_its_torn_sentence() -> None:
    stop = Stop()
    writer = PiecewiseWriter(["Le pont dort. La ville ", "est ", "belle."])
    drafted = draft.draft(writer, REQUEST, "fr", stop)
    assert next(drafted) == "Le pont dort."
    stop.set()
    assert list(drafted) == []


def test_a_sentence_that_is_cut_off_is_none() -> None:
    writer = PiecewiseWriter(["Le pont dort. ", "La ville", *[" est"] * 500])
    assert list(draft.draft(writer, REQUEST, "fr", Stop())) == ["Le pont dort."]
    assert writer.given < len(writer.pieces)
    assert drafted_of(["La ville", *[" est"] * 500]) == []


def test_the_reply_goes_on_after_the_yes_that_was_judged() -> None:
    for language, yes in (("fr", "Oui"), ("en", "Yes")):
        writer = PiecewiseWriter(["Fin."], yes=0.8)
        list(draft.draft(writer, REQUEST, language, Stop()))
        assert writer.prefix.startswith(yes)
        judged = draft.answerable(writer, REQUEST, language, Stop())
        assert judged.probabilities[0] == pytest.approx(0.8)
        assert writer.read_along == writer.prefix


# --- what the writer says of its excerpts ---------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Les extraits indiquent que le pont dort.", "Le pont dort."),
        ("Les extraits montrent qu'il dort.", "Il dort."),
        ("Les extraits fournis précisent qu’il dort.", "Il dort."),
        ("D'après les extraits, le pont dort.", "Le pont dort."),
        ("Selon les extraits fournis, le pont dort.", "Le pont dort."),
        ("The excerpts state that the bridge sleeps.", "The bridge sleeps."),
        ("According to the excerpts, the bridge sleeps.", "The bridge sleeps."),
        ("Selon Paul Martin, le pont dort.", "Selon Paul Martin, le pont dort."),
        ("Oui, les extraits confirment que le pont dort.", "Le pont dort."),
        ("Non, le pont dort.", "Le pont dort."),
        ("- Yes, it sleeps.", "It sleeps."),
        ("Oui, mais il dort.", "Oui, mais il dort."),
        ("« Oui, il dort », dit-elle.", "« Oui, il dort », dit-elle."),
        ("Oui, dit-il, le pont dort.", "Oui, dit-il, le pont dort."),
        ("No bridge sleeps.", "No bridge sleeps."),
        ('"Le pont dort".', "Le pont dort."),
        ("“The bridge sleeps.”", "The bridge sleeps."),
        ('"Les extraits montrent qu\'il dort."', "Il dort."),
        ('"Le pont dort", dit-elle.', '"Le pont dort", dit-elle.'),
        ('"Dort" et "veille"', '"Dort" et "veille"'),
        ('""', '""'),
        ("Les extraits sont courts.", "Les extraits sont courts."),
        ("Le pont dort.", "Le pont dort."),
        ("Les extraits indiquent que ", "Les extraits indiquent que "),
        ("", ""),
    ],
)
def test_without_preamble(sentence: str, expected: str) -> None:
    assert draft.without_preamble(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Les extraits ne donnent pas la réponse à cette question.",
        "Les extraits ne précisent pas le budget.",
        "Le texte ne mentionne pas ce point.",
        "Les documents fournis n’indiquent pas le budget.",
        "Aucun extrait ne donne la réponse.",
        "Il n'y a aucune information sur ce sujet.",
        "Le budget n'est pas mentionné.",
        "Les noms ne sont pas précisés.",
        "The excerpts do not give the draft.",
        "The text doesn't say.",
        "There is no information about it.",
        "The budget is not mentioned.",
    ],
)
def test_refusals(sentence: str) -> None:
    assert draft.refuses(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Le pont n'a pas rouvert.",
        "L'alliance n'est pas un parti.",
        "Aucun accord n'a été signé.",
        "Le texte est court.",
        "The alliance is not a union.",
        "The documents are public.",
        "",
    ],
)
def test_answers_are_no_refusals(sentence: str) -> None:
    assert not draft.refuses(sentence)


# --- answers to something else --------------------------------------------------------------------


# --- how an answer is asked for ------------------------------------------------------------------


class Able(PiecewiseWriter):
    """A writer of which more is known."""

    def __init__(self, pieces: Sequence[str] = (), **known: Any) -> None:
        super().__init__(pieces)
        self.profile = Profile("able", **known)
        self.most = 0

    def stream(
        self, prompt: Prompt, stop: Stop, *, prefix: str = "", max_tokens: int = 160
    ) -> Generator[str]:
        self.most = max_tokens
        yield from super().stream(prompt, stop, prefix=prefix, max_tokens=max_tokens)


@pytest.mark.parametrize(
    ("known", "fully"),
    [
        ({}, False),
        ({"parameters": 1_500_000_000}, False),
        ({"parameters": 4_000_000_000}, True),
        ({"parameters": 4_000_000_000, "server": "http://s", "context": 8192}, True),
        ({"parameters": 4_000_000_000, "server": "http://s"}, True),
        ({"parameters": 4_000_000_000, "server": "http://s", "context": 500}, False),
        (
            {"parameters": 9_000_000_000, "server": "http://s", "thinks": True, "context": 2560},
            False,
        ),
    ],
)
def test_an_able_writer_is_asked_for_all_that_answers(known: dict[str, Any], fully: bool) -> None:
    assert draft.manner(Able(**known), "?", ONE, "fr") is (draft.FULL if fully else draft.BRIEF)


def test_a_writer_of_which_nothing_is_known_is_asked_as_ever() -> None:
    assert draft.manner(PiecewiseWriter([]), "?", ONE, "fr") is draft.BRIEF
    request = draft.BRIEF.request("?", ONE, "fr")
    assert request == prompts.answering("?", ONE, "fr")
    assert draft.BRIEF.beginning("fr").startswith("Oui.")


def test_a_complete_answer_has_a_prompt_a_length_and_no_yes_of_its_own() -> None:
    sentences = [f"Le pont numéro {i} a rouvert en 20{i}. " for i in range(10, 20)]
    writer, how = Able(sentences), draft.FULL
    request = how.request("Quels ponts ?", ONE, "fr")
    assert request.user == prompts.answering("Quels ponts ?", ONE, "fr").user
    assert request.system != prompts.answering("Quels ponts ?", ONE, "fr").system
    assert len(list(draft.draft(writer, request, "fr", Stop(), how))) == 6
    assert writer.most == 480 and writer.prefix == "Réponse complète en français : "
    brief = Able(sentences)
    assert len(list(draft.draft(brief, request, "fr", Stop()))) == 3
    assert brief.most == 160


def test_the_prompt_of_the_judgement_is_the_same_for_every_writer() -> None:
    assert prompts.fingerprint() == trained().prompts


# --- the language of a reply ----------------------------------------------------------------------


class Stubborn(PiecewiseWriter):
    """Writes in its own language until it is told twice."""

    def __init__(self, first: str, then: str) -> None:
        super().__init__([])
        self.replies, self.asked = [first, then], [""]

    def stream(
        self, prompt: Prompt, stop: Stop, *, prefix: str = "", max_tokens: int = 160
    ) -> Generator[str]:
        self.asked.append(prompt.user)
        yield self.replies[min(len(self.asked) - 2, 1)]


def test_a_reply_in_another_language_is_asked_for_once_more() -> None:
    english, french = "The bridge was opened to the public in 2021.", "Le pont a rouvert en 2021."
    request = prompts.answering("Quand le pont a-t-il rouvert ?", ONE, "fr")
    writer = Stubborn(english, french)
    assert list(draft.draft(writer, request, "fr", Stop())) == [french]
    _, first, again = writer.asked
    assert again.startswith(first) and "français" in again.removeprefix(first)
    same = Stubborn(french, english)
    assert list(draft.draft(same, request, "fr", Stop())) == [french]
    assert len(same.asked) == 2


def test_where_it_then_says_nothing_nothing_is_drafted() -> None:
    class Silent(Stubborn):
        def stream(
            self, prompt: Prompt, stop: Stop, *, prefix: str = "", max_tokens: int = 160
        ) -> Generator[str]:
            if "aucune autre" in prompt.user:
                raise EmptyReply("It gave an empty reply, twice.")
            yield from Stubborn.stream(self, prompt, stop, prefix=prefix, max_tokens=max_tokens)

    writer = Silent("The bridge was opened to the public in 2021.", "")
    request = prompts.answering("Quand le pont a-t-il rouvert ?", ONE, "fr")
    assert list(draft.draft(writer, request, "fr", Stop())) == []


def test_a_writer_that_goes_on_in_it_is_asked_no_third_time() -> None:
    english = "The bridge was opened to the public in 2021."
    request = prompts.answering("Quand le pont a-t-il rouvert ?", ONE, "fr")
    writer = Stubborn(english, english)
    assert list(draft.draft(writer, request, "fr", Stop())) == [english]
    assert len(writer.asked) == 3


@pytest.mark.parametrize(
    ("sentence", "language", "other"),
    [
        ("The workshop of Kerlann employs 34 people.", "fr", True),
        ("L’atelier de Kerlann emploie 34 personnes.", "fr", False),
        ("L’atelier de Kerlann emploie 34 personnes.", "en", True),
        ("The workshop of Kerlann employs 34 people.", "en", False),
        ("克兰的车间雇用了三十四人。", "fr", True),
        ("Die Werkstatt hat in diesem Jahr alle Häuser am Hafen verkauft.", "fr", True),
        ("Anne Roy, Paul Martin, John Smith et Hans Weber.", "fr", False),
        ("Anne Roy, John Smith.", "fr", False),
        ("The Ministère de la Culture et de la Communication funds it.", "en", False),
        ("Le film s’appelle The Lord of the Rings: The Return of the King.", "fr", False),
        ("Ludwig van Beethoven, Johann Sebastian Bach, Wolfgang Amadeus Mozart.", "fr", False),
        ("12 %, 3,5 km, 2021.", "fr", False),
        ("Of Monsters and Men", "fr", False),
        ("Le festival projette The Last of the Mohicans et un débat.", "fr", False),
        ("Le capitaine a dit « the boat is not at the quay » en 2021.", "fr", False),
        ("Il s’appelle 王小明.", "fr", False),
    ],
)
def test_a_sentence_in_another_language_is_told_and_names_are_not(
    sentence: str, language: str, other: bool
) -> None:
    assert text.other_language(sentence, language) is other


# --- an answer that is shown ----------------------------------------------------------------------


def shown(answer: str, *quotes: str, language: str = "fr") -> Prompt:
    items = [
        Evidence("a.md", Span(1000 * number, 1000 * number + len(quote)), quote, 0.9, "p")
        for number, quote in enumerate(quotes)
    ]
    return prompts.checking("Que dit {x} de l'abri ?", items, answer, language)


def test_an_answer_is_shown_behind_the_words_that_it_cites() -> None:
    quotes = ("Le {maire} promet un abri.", "Il sera\n bâti en mai.")
    prompt = shown("Un abri est promis\npour mai {sic}.", *quotes)
    assert [part.of(prompt.user) for part in prompt.parts] == [quotes[0], "Il sera bâti en mai."]
    excerpt, question, proposed = prompt.user.rpartition("Question : Que dit {x} de l'abri ?")
    assert question and "promis" not in excerpt
    assert proposed.endswith(" : Un abri est promis pour mai {sic}.")
    assert "Oui" in prompt.system and "Yes" in shown("A shelter.", "x", language="en").system


def test_an_answer_is_cut_as_the_words_are_that_it_quotes() -> None:
    long = "Le maire promet un abri de bus devant l'école. " * 20
    prompt = shown(long, long)
    (part,) = prompt.parts
    assert prompt.user.count(part.of(prompt.user)) == 2 and part.end - part.start < 430
