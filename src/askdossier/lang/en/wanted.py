"""What an English question asks for, and the words that give it."""

from __future__ import annotations

from askdossier.lang.lexicon import Wanted

WANTED = Wanted(
    figure=(
        r"\bhow (?:many|much|old)\b"
        r"|\b(?:what (?:is |was )?(?:the )?|which )"
        r"(?:age|amount|date|number|percentage|price|proportion|salary|year)\b"
    ),
    beside=(r",? and (?=(?:(?:of|by|for|in|since) )?(?:how|who|what|when|where|why|which)\b)"),
    counts=r"\bhow many\b",
    counted=r"\bhow many\b",
    when=(
        r"\A\W*(?:and )?(?:(?:since|until) )?when "
        r"(?:is|are|was|were|do|does|did|will|would|has|have|had|can|could|should|must|shall)\b"
        r"(?!.*(?:,| and | or ))"
    ),
    no_figure=r"\b(?:none|nobody|nothing|no one|free|half|once|twice|unlimited)\b",
    one=r"\b(?:one|a single)\b",
    vague=r"\b(?:several|few)((?: [\w'’]+){0,3})",
    share=r"\b(?:as many|all|most|(?:a|the) majority)((?: [\w'’]+){0,3})",
    magnitude=r"\b(?:dozens?|hundreds?|thousands?|millions?|billions?|times)\b",
    time=(
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november"
        r"|december|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|springs?|summers?"
        r"|autumns?|fall|winters?|century|centuries|decades?|years?|quarters?|months?|weeks?|days?"
        r"|ages?|dates?|daily|weekly|monthly|yearly|annually|recently|currently|shortly|mornings?"
        r"|noon|afternoons?|evenings?|nights?|midnight|hours?"
        r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|christmas|easter|renaissance|revolution"
        r"|war|death|birth|reign|yesterday|today|tomorrow|now|soon|never|always|yet"
        r"|after|before|since|during|when|whenever|while|until|once|upon|under|beginning|end)\b"
    ),
    said_before=r"\b(?:that|the) (?:same )?(?:year|month|day|night|time)\b",
)
