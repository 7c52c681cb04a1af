"""What tells French names from other capitalised words, and how a sentence denies."""

from __future__ import annotations

from askdossier.lang.lexicon import Names, Negation

NAMES = Names(
    openers=frozenset(
        "le la les l un une des du de d au aux ce cet cette ces il elle ils elles on nous vous "
        "je tu son sa ses leur leurs mon ma mes notre nos votre vos qui que quoi dont ou quand "
        "comment pourquoi combien quel quelle quels quelles et mais donc or ni car si selon "
        "dans en par pour sur sous avec sans chez vers entre depuis pendant avant apres lors "
        "outre parmi plus moins tres tout tous toute toutes oui non ainsi aussi alors enfin "
        "puis ensuite cependant toutefois neanmoins pourtant certains certaines plusieurs aucun "
        "aucune chaque c s n j m t qu jusqu lorsqu puisqu environ pres quelque quelques comme "
        "meme malgre grace voici voila a monsieur madame mme janvier fevrier mars avril mai juin "
        "juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi "
        "samedi dimanche aujourd quelqu presqu hier demain ici la ceci cela ca actuellement "
        "recemment seulement finalement jamais rien personne mieux bref bien notamment surtout "
        "desormais parfois souvent jadis autrefois bientot maintenant deja encore toujours celui "
        "celle ceux celles autre autres deux trois quatre cinq six sept huit neuf dix onze douze "
        "quinze vingt trente cent mille premier premiere deuxieme beaucoup nombre nombreux "
        "nombreuses quiconque nul nulle dr mlle mm mgr".split()
    ),
    adverbs=r"\w{4,}(?:ement|amment|emment)",
    elided=r"[DdLlNnSsCcJjMmTt]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu",
    elided_articles=frozenset({"l", "d"}),
    particles=frozenset(
        "de du des la le les sur sous en del della dos da di der den von van zu ten al el bin ibn "
        "ben".split()
    ),
    elided_particles=frozenset({"d", "l"}),
    honorifics=frozenset("M MM Dr Pr Prof Me Mgr St".split()),
    plural_articles=frozenset("les des aux ces nos vos".split()),
    inhabitants=(
        r"\w{2,}(?:(?:ais|ois)(?:es)?|(?:ain|ien|een)e?s)"
        r"|(?:russ|belg|suiss|arab|slav|kurd|tchequ|slovaqu|bulgar|serb|croat|turc|turqu|grec"
        r"|grecqu|argentin|corse|basqu|breton|espagnol|mongol|perse|catalan|afghan|musulman"
        r"|britanniqu|asiatiqu|hispaniqu|nordiqu|tamoul|philippin|kosovar|malgach|maor|inuit"
        r"|berber|tsigan|catholiqu)e?s"
    ),
    acronyms={
        "artificial intelligence": frozenset({"ia"}),
        "european union": frozenset({"ue"}),
        "united nations": frozenset({"onu"}),
        "north atlantic treaty": frozenset({"otan"}),
        "world health": frozenset({"oms"}),
        "monetary fund": frozenset({"fmi"}),
        "united states": frozenset({"usa", "us"}),
    },
    spelled_out={"united states": "etats unis"},
    not_acronyms=frozenset({"un"}),
)

NEGATION = Negation(
    opening=frozenset({"ne", "n'"}),
    closing=frozenset(
        "pas plus jamais rien aucun aucune aucunement personne guere ni nullement nulle".split()
    ),
    restricting=frozenset({"que", "qu'"}),
    subjects=frozenset({"personne", "rien"}),
    verbs=frozenset({"saurait", "sauraient"}),
    alone=frozenset("ni aucun aucune aucunement jamais sans nul nulle nullement non".split()),
    before_partitive="pas",
    partitives=frozenset("de d' du des un une encore le la les".split()),
    affirming={
        "pas": frozenset("seulement uniquement moins plus".split()),
        "plus": frozenset("que qu'".split()),
        "rien": frozenset("que qu' moins".split()),
        "non": frozenset("seulement plus".split()),
        "sans": frozenset("doute cesse compter".split()),
        "nul": frozenset({"doute"}),
        "aucun": frozenset({"doute"}),
    },
    auxiliaries=frozenset("avoir etre faire ete".split()),
    turns=frozenset("mais que qu' car donc".split()),
    negative_verbs=(
        r"refus\w+|rejet\w+|interdi\w+|exclu(?!siv)\w*|dement\w*|nie|nient"
        r"|cess(?:e|er|ent|ait|era|ant)|empech\w+|echou\w+|renonc\w+"
    ),
)
