"""The forms of questions in English, and of what a writer says round its answer."""

from __future__ import annotations

from askdossier.lang.lexicon import Followups, Questions, Replies, Suggesting

_DOCUMENT = r"(?:documents?|articles?|sources?|pages?|pieces?|notes?|docs?|files?|texts?)"

# --- small talk -----------------------------------------------------------------------------------

_POLITE = r"(?: (?:there|everyone|all|so much|very much|a lot|again|askdossier))*"
_GREETING = r"(?:hello|hi|hey|good (?:morning|afternoon|evening))"
_HOW_ARE_YOU = r"(?:how are you(?: doing)?(?: today)?)"

# --- questions about the dossier ------------------------------------------------------------------

_HERE = (
    r"(?:(?:(?:all|each|the whole)(?: of)? )?(?:the|this|these|my|your)"
    r"|the (?:whole|entire)|all|each|every)"
)
_DOSSIER = rf"{_HERE} ?(?:dossiers?|corpus|collection|folder|{_DOCUMENT})"
_REQUEST = (
    r"(?:please )?(?:(?:can|could|would|will) you (?:please )?"
    r"|i (?:want|would like) (?:you )?(?:to )?)?"
)
_MANNER = (
    r"(?: (?:in (?:short|brief|full|detail|\w+ (?:lines?|sentences?|words|points))|one by one"
    r"|briefly|quickly|for me|please))*"
)
_OVERVIEW = (
    rf"(?:what (?:are|is) {_DOSSIER} about|what (?:do|does) {_DOSSIER} (?:say|contain|talk about)"
    rf"|what(?:'s| is) in {_DOSSIER}"
    rf"|{_REQUEST}(?:list|summari[sz]e|describe|outline|sum up|show(?: me)?) {_DOSSIER}{_MANNER}"
    rf"|{_REQUEST}(?:(?:give|write|make)(?: me| us)? )?(?:an? |the )?"
    r"(?:(?:brief|short|quick|general) )?"
    rf"(?:summary|overview|outline|synopsis) of {_DOSSIER}{_MANNER}"
    rf"|(?:which|what) {_DOCUMENT} (?:do you have|are there|are indexed)"
    rf"|how many {_DOCUMENT} (?:do you have|are there|are indexed)(?: in {_DOSSIER})?)"
)
_SPEAK = r"(?:mention|cite|name|contain|discuss|quote|(?:talk|speak|are) (?:about|of)|refer to)"
_SPEAKS = (
    r"(?:mentions|cites|names|contains|discusses|quotes|(?:talks|speaks|is) (?:about|of)|refers to)"
)
_IN_DOSSIER = r"(?: (?:of the|in the) (?:dossier|corpus|folder))?"
_MENTIONS = (
    rf"^\s*(?:(?:which|what|how many) {_DOCUMENT}{_IN_DOSSIER}(?: that)? {_SPEAK}"
    rf"|(?:which|what) {_DOCUMENT}{_IN_DOSSIER} {_SPEAKS}"
    rf"|in (?:which|what|how many) {_DOCUMENT} (?:is|are|does)"
    rf"|(?:cite|list|show)(?: me)? (?:all )?(?:the )?{_DOCUMENT} (?:that|which) {_SPEAK})"
    rf"(?:\s+|(?<=['’ ]))(?P<phrase>\S.{{0,200}}?)\s*[?.!]*\s*$"
)

_CALLED = r"(?:(?:the |an? )?(?:acronyms?|abbreviations?|initials|terms?|words?|phrase) )?"
_DEFINITION = (
    rf"^\s*(?:what (?:is|are|was) (?:meant by )?(?:the meaning of |the definition of )?{_CALLED}"
    rf"|what do(?:es)? {_CALLED}"
    rf"|(?:define|(?:the )?(?:meaning|definition) of) {_CALLED})"
    rf"(?:the |an? )?[“\"]?\s*(?P<term>[^?“”\"]{{1,80}}?)\s*[”\"]?"
    rf"(?: (?:stand for|mean|refer to))?\s*[?.!]*\s*$"
)

# --- questions that take several pieces -----------------------------------------------------------

_PLEASE = r"(?:(?:please|can you|could you|would you|i want to|i would like to)(?: please)?,? )?"
_LISTING = (
    rf"\A\W*{_PLEASE}(?:(?:make|give|draw up)(?: me| us)? (?:a |the )?list|list\b|enumerate\b"
    r"|(?:name|give|tell)(?: me| us)? (?:all|every|each|the)\b)"
    r"|\b(?:what|which|who) (?:are|were)\b"
    r"|\b(?:what|which) (?:\w+ )?(?!is|was|does|has|this)\w+[^s\W]s\b(?! is\b| was\b)"
)
_FRAME = (
    rf"\A\W*{_PLEASE}(?:(?:(?:make|give|draw up)(?: me| us)? (?:a |the )?)?(?:complete )?list"
    r"(?: of)? |(?:name|give|tell)(?: me| us)? |what (?:are|were) |which (?:are|were) )"
    r"(?:all (?:of )?(?:the )?|every |each |the )?"
    r"|\s(?:(?:that|which) (?:appear|are (?:mentioned|named|cited)) |(?:mentioned|named|cited) )?"
    r"(?:in|by|across) (?:all )?(?:the|these|this) "
    r"(?:documents?|dossier|files?|texts?|sources?)(?=\W*\Z)"
)
_WHY = (
    r"\bwhy\b|\b(?:what|which) (?:is|are|was|were) the (?:\w+ )?(?:reasons?|causes?|motives?)\b"
    r"|\bfor (?:what|which) reasons?\b|\bwhat (?:explains|justifies)\b|\bhow come\b"
)
_HOW = (
    r"\A\W*(?:and |but )?(?:how\b(?! (?:many|much|long|old|often|far|big|large|tall|high|late|soon|"
    r"come|recently|likely|deep|wide|fast)\b)|(?:in|by) (?:what|which) (?:way|means|manner)\b)"
)
_SUMMARY = (
    rf"\A\W*{_PLEASE}(?:summari[sz]e|sum up|(?:give|make|write)(?: me| us)? (?:a |the )?summary of"
    r"|summary(?: of)?|what (?:do|does) (?:the )?"
    r"(?:documents?|articles?|texts?|sources?|dossier|files?)"
    r" (?:say|tell|report|write|reveal)(?: us)? (?:about|of|on)"
    r"|what (?:is|do we|can we) (?:known|know|said|learn|learned|reported|written) (?:about|of|on)"
    r"|what do (?:these|those) (?:documents|articles|texts|sources|files) "
    r"(?:say|tell|report|write|reveal)(?: us)? (?:about|of|on)"
    r"|tell (?:me|us) (?:more )?about"
    r"|(?:the )?(?:latest )?(?:news|information|facts) (?:about|of|on)"
    r"|(?:everything|all) (?:about|on))\s*"
    r"(?:what (?:the )?(?:documents?|articles?|texts?|sources?|dossier) says? (?:about|of|on) )?"
    r"(?P<topic>[^?!]{2,120}?)\W*\Z"
)

ENGLISH = Questions(
    small_talk={
        "greeting": rf"{_GREETING}{_POLITE}(?: {_HOW_ARE_YOU})?|{_HOW_ARE_YOU}",
        "thanks": (
            r"(?:ok(?:ay)? |great )?"
            rf"(?:thanks|thank you|cheers){_POLITE}"
            r"|(?:ok(?:ay)?|great|perfect|nice|cool)(?: (?:thanks|thank you))?"
        ),
        "farewell": (rf"(?:thanks(?: and)? )?(?:bye(?: bye)?|goodbye|see you(?: \w+)?){_POLITE}"),
        "help": (
            rf"(?:{_GREETING} )?(?:help(?: me)?"
            r"|what can you do(?: for me)?|what do you do|who are you|what are you"
            r"|how (?:does (?:this|it) work|do you work|can you help(?: me)?|do i use "
            r"(?:this|you|it)))"
        ),
    },
    overview=_OVERVIEW,
    mentions=_MENTIONS,
    definition=_DEFINITION,
    loose_definition=(
        r"^\s*what (?:(?:are|was)\b|is the (?!(?:meaning|definition)\b)"
        r"|is (?!the\b).+ (?:of|for|in|at|on)\b)"
    ),
    who=r"^\s*who (?:is|was) (?P<term>[^?!,]{3,60}+)[?!]*+\s*\Z",
    article=r"(?:the |a |an )",
    nothing_named=r"what|whom?",
    several=(
        r"\b(?:why|which (?:\w+ )?(?:sources|articles|documents|authors)|differ\w*|in common|list"
        r"|compare|(?:according to|in) the (?:articles|documents|sources)|several|both|what are"
        r"|who are)\b"
    ),
    listing=_LISTING,
    frame=_FRAME,
    why=_WHY,
    how=_HOW,
    summary=_SUMMARY,
    polar=(  # only with a question mark behind it
        r"(?:\A\W*+|, ?)(?:(?:and|but|so) )?"
        r"(?:(?:is|are|was|were|do|does|did|has|have|had|could|would|should)(?:n't)?"
        r"|am|can(?:'t|not)?|will|won't|shall|may|might|must) (?!you\b|of\b|\d)(?=[^?]*\?)"
    ),
    open=(
        r"\b(?:what|which|whose|why|how)\b"
        r"|\b(?:who|when|where)\W*\Z"
        r"|\band (?:\w+ )?(?:who|when|where)\b"
    ),
    open_before=(
        r"\A\W*(?:and |but )?(?:who|whom|when|where)\b(?!.*, \S+\Z)"
        r"|, (?:who|when|where) [^\s,]*(?: [^\s,]+){0,3}\Z"
    ),
    indirect=(
        r"\b(?:say|said|tell|know|known|explain|mention|state|ask)"
        r"(?: (?:me|us|exactly))?(?: (?:since|for|in))? (?:who|when|where)\b"
        r"|\b(?:can|could|may|might) i (?:have|get|ask|know)\b"
    ),
)
FOLLOWUPS = Followups(
    empty=frozenset(
        "say said think thinks do does did happen happened more other others thing exactly".split()
    ),
    continues=r"(?:and|but|what about|how about)\b|same (?:question|thing)\b",
    more=(
        r"(?:(?:can you|could you|please) )?"
        r"(?:elaborate|expand|go on|continue|tell me more|say more|more details?)"
        r"(?: (?:please|on that|this|that))*"
    ),
    pronoun=(
        r"\b(?:(?P<his>his|her|their|its)|he|she|they|him|them|it"
        r"|(?:this|that|those|these)(?= ?\?|$))\b"
    ),
    impersonal=r"it (?:true|possible|like|is (?:true|possible))",
    unnamed=(  # as in "How many employees does it have?"
        r"\b(?:does|do|did|has|have|had|is|are|was|were|will|would|can|could|should|must) "
        r"(?:he|she|they|it(?! (?:take|cost|in|like|\w+ (?:to|that))\b))\b"
        r"|\b(?:it|him|them)(?=\s*\?|$)"
    ),
    definite=(
        r"(?<!^)\b(?:the|this|that|these|those|each|every|if|when|while|because|and|or|but|who"
        r"|which)\b"
    ),
    name_joins=r"of ",
    ellipsis=r"(?:and|but|what about|how about) (?P<said>[^,;:?]{2,80}?)\s*\?*",
    opening=r"(?:and|but|so),? ",
    same=r"(?:that|those|the one) (?:of|for|in)\b",
    who=r"who\b|which (?!year|month|day)",
    attribute=r"what (?:is|are|was|were) |how (?:high|big|large) (?:is|are|was|were) ",
    asks=r"\b(?:when|how|why|where|who|which|what)\b",
    joins_questions=r"\w[, ]+(?:and|but|or) (?:when|how|why|where|who|which|what)\b",
    definite_articles=frozenset(("the",)),
    of="of",
    rewordings=(
        (r"\b(?:(?P<hms>he)|(?P<hfs>she)|(?P<ts>it)|(?P<p>they))\b(?! *\?)", r"{}"),
        (r"\b(?:(?P<hms>his)|(?P<hfs>her)|(?P<ts>its)|(?P<p>their))(?= \w)", r"{}'s"),
        (r"\b(?:(?P<hms>him)|(?P<hfs>her)|(?P<ts>it)|(?P<p>them))\b", r"{}"),
    ),
)
REPLIES = Replies(
    none=r"\W*(?:none|no sentences?)\b",
    lead=r"\A[-–—•* ]*(?:Yes|No), (?!(?:but|and)\w*\b)(?P<first>\w)",
    preamble=(
        r"(?:(?:The|These) excerpts (?:show|state|say|indicate|mention|suggest) that "
        r"|According to (?:the|these) excerpts, ?)"
    ),
    refusal=(
        r"(?:excerpts?|texts?|documents?) (?:provided )?(?:do(?:es)? not|don't|doesn't)\b"
        r"|no (?:excerpt|information|answer)\b"
        r"|(?:is|are) not (?:mentioned|stated|given|specified|provided)"
    ),
    of_excerpts=(
        r"\A\W*(?:The|These) excerpts\b"
        r"|\b(?:cited|given|listed|mentioned|named|stated) in (?:the|these|this) excerpts?\b"
    ),
)
_NAMED = (  # a subject with a name in it, and what may stand behind that between commas
    r"(?P<who>(?:[Tt]he )?[A-Z][\w’'-]+(?: (?:of |of the )?[A-Z][\w’'-]+){0,3})(?:, [^,]{1,60},)?"
)
_COUNTED = r"(?:about |more than |nearly )?\d[\d,]* (?P<what>[a-z]+s)\b"
SUGGESTING = Suggesting(
    templates=(
        (
            rf"{_NAMED} (?P<verb>employ|hold|count|serve)s {_COUNTED}",
            r"How many \g<what> does \g<who> \g<verb>?",
        ),
        (rf"{_NAMED} costs (?:about )?[£$€\d]", r"How much does \g<who> cost?"),
        (
            rf"{_NAMED} (?P<verb>runs|chairs|heads|founded) (?P<what>[^,.;]{{4,50}}?)"
            r"(?=[,.;]| in | since )",
            r"Who \g<verb> \g<what>?",
        ),
        (
            rf"{_NAMED} was (?P<done>founded|created|closed|opened) (?:in|on) ",
            r"When was \g<who> \g<done>?",
        ),
    ),
    about="What does the document “{}” say?",
    spoken=r"\b(?:i|we|our|us|you|your|my|me)\b|\b(?:did|does|is|was|do) (?:that|this)\b",
)
