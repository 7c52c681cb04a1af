"""By which words a French question names what it asks about."""

from __future__ import annotations

from askdossier.lang.lexicon import Asking

ASKING = Asking(
    joining=frozenset("et ou vs vs. versus / contre".split()),
    against=frozenset(
        (
            "par rapport", "face", "en regard", "au regard", "a cote", "par comparaison",
            "en comparaison", "comparativement", "a la difference", "contrairement",
        )
    ),
    than=frozenset("que qu'".split()),
    comparing=frozenset(
        "plus moins mieux pire autant aussi davantage même mêmes meilleur meilleure meilleurs "
        "meilleures supérieur supérieure inférieur inférieure".split()
    ),
    beside=frozenset("de d' à avec contre".split()),
    same=frozenset("celui celle ceux celles".split()),
    its=frozenset("son sa ses leur leurs".split()),
    which=frozenset("quel quelle quels quelles".split()),
    quantities=frozenset(("combien",)),
    weighing=frozenset(
        "nuance écart différence diff distinction comparaison parallèle regard rapport balance "
        "total somme intervalle lequel laquelle deux plus moins dépasser excéder surpasser séparer "
        "écouler passer additionner ajouter cumuler soustraire comparer opposer confronter "
        "distinguer différer différencier changer faire mettre savoir dire vouloir aimer être "
        "avoir valoir situer chacun chacune quoi tour".split()
    ),
    either=frozenset(("ou",)),
    choosing=frozenset("lequel laquelle lesquels lesquelles qui quel quelle quels quelles".split()),
    parting=frozenset(
        "séparer distinguer différencier différer opposer comparer confronter départager démarquer "
        "écarter diverger rapprocher éloigner écouler passer dépasser excéder surpasser".split()
    ),
    apart_in_time=(
        r"\bcombien (?:d'annees|de (?:jours|mois|semaines|temps|siecles|decennies))\b"
        r"|\b(?:plus|moins) (?:vieux|vieille|ancien|recent|jeune|tot|tard|age|longtemps)"
        r"|\b(?:quel(?:le)? (?:delai|duree|laps)|en premier|avant l'autre)\b"
    ),
    older=(
        r"\b(?:plus|moins) (?:vieux|vieil|vieille|ancien\w*|recente?|jeune|agee?)s?\b"
        r"|\b(?:ainee?|cadet(?:te)?)s?\b"
    ),
    exceeding=frozenset("dépasser excéder surpasser devancer".split()),
    superlative=r"\b(?:l[ae]s?|du|des|aux?) (?:plus|moins|mieux|pires?|meilleur\w*)\b",
    adding=(
        r"\b(?:additionn\w*|ajout\w*|cumul\w*|sommes?|total|totaux|en tout|ensemble"
        r"|a (?:eux|elles) deux|a la fois)\b"
    ),
    attributing=frozenset(("selon", "d'apres")),
    views=frozenset(
        "avis opinion position point sentiment réaction réponse jugement regard doctrine thèse "
        "ressenti déclaration propos explication version argument critique reproche plainte "
        "commentaire discours attitude demande revendication proposition vision vue analyse "
        "témoignage œil".split()
    ),
    voiced_by=frozenset(("par",)),
    documents=frozenset("document article texte source dossier fichier pièce".split()),
    terms=frozenset(
        "mot terme expression sigle acronyme abréviation notion concept mention formule locution "
        "sens signification définition appellation pseudonyme surnom nom".split()
    ),
    meaning_by=frozenset(("par",)),
)  # fmt: skip
