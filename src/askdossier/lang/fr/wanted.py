"""What a French question asks for, and the words that give it."""

from __future__ import annotations

from askdossier.lang.lexicon import Wanted

_AMOUNTS = (
    "age annee budget cout date effectif montant nombre pourcentage proportion salaire somme tarif "
    "taux"
).replace(" ", "|")
_MOMENTS = "an|annee|date|epoque|jour|mois|moment|nuit|semaine|siecle|soir"

WANTED = Wanted(
    figure=(
        rf"\bcombien\b|\bquel(?:le)?s? (?:est |etait |sera )?(?:l[ea] |l')?(?:{_AMOUNTS})s?\b"
        r"|\b(?:a quel|quel (?:est|etait|sera) le) prix\b"  # "quel prix" may be an award
    ),
    beside=(
        r",? et (?=(?:(?:a|de|par|pour|en|depuis) )?"
        r"(?:combien|quel(?:le)?s?|qui|que|ou|quand|comment|pourquoi)\b)"
    ),
    counts=(r"(?<!\Aa )\bcombien\b(?! (?:de temps|d'argent)\b)(?=.*\b(?:d'|de |en |pese|coute))"),
    counted=r"\bcombien d(?:e |['’])(?!temps\b|argent\b)",
    how_long=r"\bcombien de temps\b",
    when=(
        r"\A\W*(?:et )?(?:(?:depuis|de|pour) |jusqu'a |a partir de )?quand\b(?! meme)"
        r"(?!.*(?:,| et | ou ))"
    ),
    no_figure=(
        r"\b(?:aucune?|zero|gratuit\w*|(?:a|ont|avait|avaient|sont|est) pas d(?:e |['’])"
        r"|sans limites?)\b"
    ),
    one=r"\bune?\b",
    vague=r"\b(?:plusieurs|quelques)((?: [\w'’]+){0,3})",
    share=(
        r"\bpeu( d(?:e |['’])[\w'’]+)"
        r"|\b(?:autant|tous|toutes|la (?:plupart|majorite|totalite))((?: [\w'’]+){0,3})"
    ),
    magnitude=(
        r"\b(?:(?:di|dou|quin)zaines?|(?:vingt|trent|quarant|cinquant|soixant|cent)aines?"
        r"|milliers?|milli(?:on|ard)s?|fois)\b"
    ),
    time=(
        r"\b(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
        r"|(?:lun|mar|mercre|jeu|vendre|same)dis?|dimanches?|week-?ends?|printemps|automnes?|hivers?"
        r"|(?:en|cet|chaque|un|l'|d') ?ete|siecles?|annees?|ans?|mois|(?:tri|se)mestres?|semaines?"
        r"|jours?|journees?|mat(?:in|inee)s?|midi|soirs?|soirees?|nuits?|minuit|aube|heures?"
        r"|epoques?|ages?|decennies?|dates?|noel|paques|toussaint|renaissance|antiquite|guerre"
        r"|revolution|regne|mort|naissance|hier|demain|veille|lendemain|aujourd'hui|actuellement"
        r"|bientot|jamais|toujours|maintenant|recemment|encore|quotidien\w*|hebdomadaire\w*"
        r"|mensuel\w*|annuel\w*|apres|avant|depuis|durant|lors|lorsqu\w*|pendant|quand|sous|debut"
        r"|fin|des (?:l'|la|le|que))\b"
    ),
    said_before=(
        rf"\b(?:la|le|cet?t?e?) meme (?:{_MOMENTS})\b|\bce(?:t|tte|s)? (?:{_MOMENTS})s?-la\b"
    ),
)
