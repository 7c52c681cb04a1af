"""Questions of several parts in English: their forms, what is asked of a part and said of it."""

from __future__ import annotations

from askdossier.lang.lexicon import Several

_PLEASE = (
    r"\A\W*(?:(?:please|can you|could you|would you|i want to|i would like to)(?: please)?,? )?"
)
_END = r"\W*\Z"
_ONE = r"(?P<one>[^?!]{2,120}?)"
_OTHER = r"(?P<other>[^?!]{2,120}?)"
_TOPIC = r"(?P<topic>[^?!]{2,120}?)"
_ON = r"(?:on|about|over|regarding|concerning|as to)"

# --- difference -----------------------------------------------------------------------------------

_WHAT = r"(?:what(?:'s| is| are| was| were) )"
_IS = r"(?:do|does|did|is|are|was|were)"
_DIFFERENCE = (
    rf"{_PLEASE}(?:{_WHAT}|(?:explain|tell me|describe|give me) |(?:is|are) there )?"
    rf"(?:the |a |any )?(?:main |key |real |exact |big )?differences? between {_ONE},? and {_OTHER}"
    rf"{_END}",
    rf"\A\W*(?:how|in what way) {_IS} {_ONE} (?:differ|(?:any )?different) (?:from|to|than) "
    rf"{_OTHER}{_END}",
    rf"\A\W*(?:how|in what way) {_IS} {_ONE} and {_OTHER} (?:differ|different){_END}",
    rf"\A\W*what (?:distinguishes|separates|differentiates|sets) {_ONE}(?: apart)?"
    rf" (?:from|and) {_OTHER}{_END}",
    rf"\A\W*{_ONE} (?:and|or|vs\.?|versus) {_OTHER} ?[,:?] ?(?:what(?:'s| is) the )?differences?"
    rf"{_END}",
)

# --- comparison -----------------------------------------------------------------------------------

_VIEWS = (
    r"(?:(?:positions?|views?|opinions?|arguments?|statements?|proposals?|demands|answers?)"
    r" of )"
)
_SAY = r"(?:say|says|said|think|thinks|propose|ask for|want|claim|have said|has said|argue)"
_DOCUMENTS = r"(?:documents?|articles?|texts?|sources?|authors?|files?)\b"
_COMPARISON = (
    rf"{_PLEASE}compare what {_ONE} and {_OTHER} {_SAY}(?: {_ON} {_TOPIC})?{_END}",
    rf"{_PLEASE}compare (?:the )?{_VIEWS}?{_ONE},? (?:and|with|to) (?:those of |that of )?{_OTHER}"
    rf"(?: {_ON} {_TOPIC})?{_END}",
    rf"\A\W*what (?:do|did|have) (?!(?:the|these) {_DOCUMENTS}){_ONE} and {_OTHER} {_SAY}"
    rf"(?: {_ON} {_TOPIC})?{_END}",
    rf"\A\W*(?:{_WHAT}|(?:is|are) there )?(?:the |any )?(?:similarities|common points)"
    rf" between {_ONE} and {_OTHER}{_END}",
    rf"\A\W*what (?:do|does|did) {_ONE} and {_OTHER} have in common{_END}",
    rf"\A\W*(?:do|did|are) (?!(?:the|these|all the) {_DOCUMENTS}){_ONE} and {_OTHER} "
    rf"(?:agree|disagree|in agreement) {_ON} {_TOPIC}{_END}",
    rf"\A\W*{_ONE} (?:and|vs\.?|versus) {_OTHER} ?[,:?] ?who (?:says|said|thinks) what"
    rf"(?: {_ON} {_TOPIC})?{_END}",
)

# --- what somebody says ---------------------------------------------------------------------------

_NOBODY = (
    r"(?!(?:you|we|i|it|they|he|she|this|that|people|"
    rf"(?:the|this|these|my|that|those) {_DOCUMENTS})\b)"
)
_WHO = rf"{_NOBODY}(?P<who>[^?!]{{2,120}}?)"
_VERB = (
    r"(?:(?P<tells>say|said|think|thought|argue|argued|claim|claimed|reply|replied)\b|"
    r"propose|proposed|demand|recommend|recommended|suggest|want|"
    r"answer|explain|announce|promise|fear|ask for|criticise|criticize|reject)"
)
_TO = r"(?:to|when|after)"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_DURING = (
    rf",? ?\b(?:(?:in|during) (?:the year |early |late )?(?:{_MONTH},? )?"
    rf"|on (?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}})?,? )(?P<year>(?:1[5-9]|20)\d\d)\b,?"
)
_SAYINGS = (
    rf"\A\W*what (?:do|does|did|has|have) {_WHO} {_VERB}(?: (?:{_ON}|of|to|in) {_TOPIC})?{_END}",
    rf"\A\W*{_WHAT}?(?:the )?(?:position|opinion|view|views|point of view|stance|answer) of {_WHO}"
    rf" {_ON} {_TOPIC}{_END}",
    rf"\A\W*{_WHAT}(?P<who>[^?!]{{2,60}}?)(?:'s|s') (?:position|opinion|views?|stance|"
    rf"point of view)(?: {_ON} {_TOPIC})?{_END}",
    rf"\A\W*(?P<how>how) (?:did|does|do|has|have) {_WHO} (?:react|reacted|respond|responded)"
    rf"(?: {_TO} {_TOPIC})?{_END}",
    rf"\A\W*{_WHAT}(?P<who>[^?!]{{2,60}}?)(?:'s|s') (?P<how>reactions?|response)"
    rf"(?: (?:{_TO}|{_ON}) {_TOPIC})?{_END}",
    rf"\A\W*{_WHAT}(?:the )?(?P<how>reactions?|response) of {_WHO}(?: (?:{_TO}|{_ON}) {_TOPIC})?"
    rf"{_END}",
    rf"\A\W*according to {_WHO}, what\b{_TOPIC}{_END}",
)

# --- one document ---------------------------------------------------------------------------------

_KIND = (
    r"(?:documents?|articles?|texts?|files?|interviews?|minutes|op-eds?|faq|press releases?|"
    r"reports?|news items?|briefs?|essays?|notes?|letters?|mails?|e-mails?|messages?|contracts?|"
    r"guides?|stud(?:y|ies)|surveys?|threads?|forums?|pages?|presentations?|pdf|editorials?|"
    r"columns?|memos?|books?|transcripts?|records?|figures)\b"
)
_FURTHER_KIND = (
    r"(?:lease|agreement|newsletter|brochure|leaflet|policy|judg(?:e)?ments?|statutes|"
    r"charter|invoice|handbook|manual|press release|speech|deed|bulletin|assessment|plan)\b"
)
"""Words that say it only where something else says that a document is meant."""
_FILE = r"[\w./-]*\w\.[a-z][a-z0-9]{1,4}"
_SUM_UP = (
    r"(?:(?:summari[sz]e|sum up)(?: (?:me|for me))? |"
    r"(?:(?:give|make|write)(?: me| us)? )?(?:a |the )?(?:short |brief )?summary of )"
)
_DOCUMENT = (
    rf"{_PLEASE}(?:{_SUM_UP}|what does |what is )"
    rf"(?P<named>(?:the |this |that |[\w'-]+(?: [\w'-]+)?'s )(?:[\w'-]+ ){{0,3}}?"
    rf"(?P<kind>{_KIND})[^?!]{{0,120}}?"
    rf"|(?:the (?:file|document) )?{_FILE})(?: (?:say|about|talk about|contain))?{_END}",
)

# --- chronology -----------------------------------------------------------------------------------

_MAKE = r"(?:(?:make|give|draw up|build|write|create|show|produce|draw)(?: me| us)? )"
_ALL = r"(?: (?:of|for) (?:the |all (?:the )?)?(?:events|facts|dossier|documents|everything))"
_CHRONOLOGY = (
    rf"{_PLEASE}(?:{_MAKE}|{_WHAT})?(?:the |a )?(?:timeline|chronology|key dates)(?:{_ALL}"
    rf"|(?: (?:of|for|about|on|in) {_TOPIC}))?{_END}",
    rf"\A\W*what (?:has )?happened(?: (?:to|with|in|at|about) {_TOPIC})?,? and when{_END}",
    rf"\A\W*what (?:has )?happened,? and when(?:,? (?:to|with|in|at) {_TOPIC})?{_END}",
    rf"{_PLEASE}(?:tell|list|give)(?: me| us)? (?:the )?(?:events|facts)"
    rf"(?: (?:of|in|about) {_TOPIC})? in (?:chronological|date) order{_END}",
)

# --- whether documents agree ----------------------------------------------------------------------

_THE_DOCUMENTS = (
    r"(?:(?:all )?(?:the |these |my )?(?:various |different |two )?"
    r"(?:documents|sources|texts|articles|files|papers|authors))"
)
_DISAGREEMENT = (
    rf"\A\W*(?:do|did) {_THE_DOCUMENTS} (?:all )?(?:agree|disagree|differ|concur|contradict "
    rf"(?:each other|one another)|conflict|say the same(?: things?)?) {_ON} {_TOPIC}{_END}",
    rf"\A\W*(?:do|did) {_THE_DOCUMENTS} (?:all )?(?:give|state|report|cite|mention|have|say)"
    rf" the same {_TOPIC}{_END}",
    rf"\A\W*(?:are|is) there (?:an? |any )?(?:contradictions?|disagreements?|discrepanc(?:y|ies)|"
    rf"inconsistenc(?:y|ies)|conflicts?)(?: (?:between|among|in) {_THE_DOCUMENTS})? {_ON} {_TOPIC}"
    rf"{_END}",
    rf"\A\W*are {_THE_DOCUMENTS} (?:all )?(?:consistent|in agreement|unanimous) {_ON} {_TOPIC}"
    rf"{_END}",
)

# --- arithmetic -----------------------------------------------------------------------------------

_SAME = r"(?:(?P<same>that|those) )?"
_ARITHMETIC = (
    rf"\A\W*how (?:many (?:years|months|days|weeks)|much time|long) "
    rf"(?:separates?|(?:are|were|is|was) there between|(?:passed|elapsed|went by) between|"
    rf"lies? between|between) {_ONE} and {_SAME}{_OTHER}{_END}",
    rf"\A\W*{_WHAT}?(?:the )?(?:difference|gap) in {_TOPIC} between {_ONE} and "
    rf"{_SAME}{_OTHER}{_END}",
)

_BY = r"(?:by )?how (?:many (?:years|months|weeks|days|decades|centuries)|much)"
_BE = r"(?:is|was|are|were)"
_AGED = r"(?:older|younger|elder|newer)"
_BY_HOW_MANY = r"(?:,? and by how (?:much|many years))?"
_BORN = r"(?:born|founded|created|built|established)"
_GAP = r"(?:difference|gap)"
_AWAY = r"(?:before|after|(?:earlier|later) than)"
_OLDER = (
    rf"\A\W*{_BY} {_AGED} {_BE} {_ONE} than {_SAME}{_OTHER}{_END}",
    rf"\A\W*{_BY} {_BE} {_ONE} {_AGED} than {_SAME}{_OTHER}{_END}",
    rf"\A\W*how many years (?:younger|older) than {_OTHER} {_BE} {_ONE}{_END}",
    rf"\A\W*how many years {_BE} {_ONE} {_BORN} {_AWAY} {_OTHER}{_END}",
    rf"\A\W*how many years {_AWAY} {_OTHER} {_BE} {_ONE} {_BORN}{_END}",
    rf"\A\W*(?:what(?:'s| is| was) )?(?:the )?(?:age {_GAP}|{_GAP} in ages?) "
    rf"between {_ONE} and {_OTHER}{_END}",
    rf"\A\W*(?:who|which)(?: one)? {_BE} (?:the )?{_AGED},? {_ONE} or {_OTHER}{_BY_HOW_MANY}{_END}",
)
_EXCEEDING = (
    r"\A\W*(?:by how (?:much|many)\b[^?!]{1,160}\b(?:exceed|surpass|outdo|(?:more|less|fewer|\w+er)"
    r"\b[^?!]{0,80} than)"
    r"|how (?:many|much) (?:more|less|fewer|\w+er)\b[^?!]{1,160} than\b"
    r"|how many [^?!]{1,160} separates?\b)"
)
_BEGUN = (
    r"\b(?:born|births?|found(?:ed|ing|ation)|creat(?:ed|ion)|built|open(?:ed|ing)|established"
    r"|set up|launch(?:ed)?|publi(?:shed|cation)|inaugurat(?:ed|ion)|dates? (?:from|back to))(?!\w)"
)
_AN_AGE = r"\b(?:aged?|ages)\b|\byears? old\b|\b(?:is|was|turn(?:s|ed)) \d{1,3}\b"

_MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)

_WHAT = r"(?P<what>[^?!]{2,160}?)"
_COUNTING = (
    rf"\A\W*how many {_WHAT}{_END}",
    rf"\A\W*(?:what is )?the (?:total )?number of {_WHAT}{_END}",
)
_TOTAL = (
    rf"\A\W*(?:what is |give me |calculate )?the (?:total|sum)(?: amount)? of "
    rf"(?:the |all )?{_WHAT}{_END}",
    rf"\A\W*add up (?:the |all )?{_WHAT}{_END}",
)

SEVERAL = Several(
    difference=_DIFFERENCE,
    what_is="What is {side}?",
    comparison=_COMPARISON,
    says_on="What does {side} say about {topic}?",
    sayings=_SAYINGS,
    during=_DURING,
    not_then="No sentence found that {who} said is of {year}: these are the others.",
    not_said="No sentence found is said by {who}.",
    document=_DOCUMENT,
    kind_of_document=rf"\b(?P<kind>{_KIND}|{_FURTHER_KIND})",
    taken="Summary of {title}.",
    which="No one document is clearly meant: {titles}. Which one? Ask again with its name.",
    central="The {count} most central of its {total} sentences are told.",
    counting=_COUNTING,
    counted="Counted row by row in the table {title}: {count} of {total}.",
    total=_TOTAL,
    sums=frozenset("total totals sum overall average mean subtotal".split()),
    added="Added up row by row ({count}), column {column}: {total}.",
    arithmetic=_ARITHMETIC,
    older=_OLDER,
    exceeding=_EXCEEDING,
    begun=_BEGUN,
    aged=_AN_AGE,
    begins="When was {side} born or founded?",
    when="When was {side}?",
    value="What is {side}?",
    value_of="What figure is given for {side}: {topic}?",
    together="Sum: {one} + {other} = {result} {unit}.",
    apart="Sum: {high} − {low} = {result} {unit}.",
    days_apart="Sum: from {low} to {high}, {result} days.",
    years_apart="Sum: from {low} to {high}, {years} full years ({result} days).",
    years="years",
    unclear="No sum: one of the sentences does not tell which of its figures counts.",
    unlike="No sum: the two figures are not of one sort, or one of them is not exact.",
    many=r"\b(?:several|few|many|various|following)\b",
    disagreement=_DISAGREEMENT,
    told="What do the documents say about {topic}?",
    speak="Documents that say something about it: {count}.",
    agreeing="Their figures agree ({count} documents).",
    differing="Their figures differ: {figures}.",
    uncompared="Their figures are not compared: nothing surely tells that they count the same.",
    no_figures="There are no two figures to compare: this is what they say.",
    chronology=_CHRONOLOGY,
    happened="What happened to {topic}?",
    dated="Dated sentences shown: {count} of {total}.",
    months=_MONTHS,
    nothing_on="Nothing sure enough was found in the documents about {side}.",
)
