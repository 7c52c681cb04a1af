"""The words of French grammar."""

from __future__ import annotations

from collections.abc import Mapping

from askdossier.lang.grammar import (
    Connectives,
    Contrasts,
    Defining,
    Grammar,
    Reach,
    Referents,
    Scope,
    StandingWords,
)

_STANDING = StandingWords(
    reporting=frozenset(
        "annoncer préciser indiquer rappeler expliquer ajouter souligner noter constater confirmer "
        "reconnaître admettre révéler écrire signaler informer observer relever conclure publier "
        "poursuivre détailler regretter saluer déplorer dénoncer".split()
    ),
    telling=frozenset(
        "dire déclarer affirmer assurer estimer juger penser croire prétendre soutenir "
        "accuser soupçonner reprocher suggérer supposer craindre raconter répondre répliquer "
        "rétorquer plaider arguer évoquer imaginer douter clamer marteler jurer certifier alléguer "
        "avancer imputer rumeur accusation soupçon hypothèse impression avis opinion crainte "
        "lancer tonner protester confier témoigner insister commenter lâcher résumer".split()
    ),
    attributing=frozenset(("selon", "d' après", "suivant")),
    planning=frozenset(
        "prévoir envisager projeter planifier programmer vouloir souhaiter désirer espérer compter "
        "promettre engager proposer demander réclamer exiger menacer tenter essayer préparer "
        "réfléchir étudier viser ambitionner songer solliciter revendiquer appeler inviter "
        "recommander préconiser conseiller hésiter chercher falloir devoir projet "
        "intention promesse proposition demande souhait objectif ambition menace perspective "
        "tentative".split()
    ),
    denying=frozenset(
        "refuser nier démentir contester renoncer rejeter écarter exclure empêcher interdire "
        "éviter abandonner échouer manquer réfuter récuser infirmer oublier omettre négliger "
        "cesser arrêter annuler faillir refus démenti rejet interdiction abandon renoncement "
        "annulation".split()
    ),
    negating=frozenset("pas jamais rien guère aucunement nullement plus".split()),
    affirming=frozenset("seulement uniquement que qu' moins plus de d' encore".split()),
    lacking=frozenset("sans aucun aucune ni nul nulle non personne".split()),
    supposing=frozenset("si s' sauf pourvu".split()),
    supposing_verbs=frozenset("sembler paraître pouvoir risquer".split()),
    future=frozenset(),
    doubting=frozenset("peut-être probablement éventuellement apparemment susceptible".split()),
    courteous=frozenset("vouloir aimer souhaiter".split()),
    none=frozenset("aucun aucune nul nulle rien".split()),
    firm=frozenset(
        "prévoir programmer planifier projeter promettre engager préparer falloir devoir".split()
    ),
    disputing=frozenset("nier démentir contester réfuter récuser".split()),
    viewing=frozenset(("pour",)),
    nearly=frozenset("presque quasiment".split()),
    coming=frozenset(("aller",)),
    wondering=frozenset(
        "demander savoir ignorer vérifier voir déterminer examiner étudier chercher".split()
    ),
    future_endings=tuple("rai ras ra rons rez ront".split()),
    conceding=frozenset(("même",)),
)

_REACH: Mapping[Reach, frozenset[str]] = {
    "all": frozenset(
        (
            "tous", "toutes", "tout le", "toute la", "l' ensemble",
            "la totalité", "entièrement", "sans exception", "tout le monde", "n' importe quel",
        )
    ),
    "each": frozenset(("chaque", "chacun", "chacune")),
    "some": frozenset(
        (
            "certains", "certaines", "quelques", "la plupart", "une partie", "plusieurs",
            "la majorité", "une majorité", "quelques-uns", "quelques-unes", "la moitié",
            "un tiers", "un quart",
            "presque", "au moins", "une minorité", "beaucoup", "nombre de", "de nombreux",
            "de nombreuses",
        )
    ),
    "main": frozenset(("principaux", "principales")),
    "among": frozenset(("l' un des", "l' une des", "un des", "une des", "parmi les")),
    "only": frozenset(
        (
            "seul", "seule", "seuls", "seules", "seulement", "uniquement", "exclusivement",
            "rien que", "ne que", "unique",
        )
    ),
    "total": frozenset(("au total", "en tout", "en totalité", "globalement", "total", "somme")),
    "first": frozenset(
        (
            "premier", "première", "premiers", "premières", "dernier", "dernière", "derniers",
            "dernières", "le plus", "la plus", "les plus", "le moins", "la moins", "les moins",
            "le meilleur", "la meilleure", "le pire", "record", "inédit", "inédite",
        )
    ),
    "comparison": frozenset(
        (
            "plus que", "moins que", "mieux", "pire", "davantage", "supérieur", "supérieure",
            "inférieur", "inférieure", "autant que", "meilleur", "meilleure", "double", "triple",
        )
    ),
    "ever": frozenset(("toujours", "jamais", "constamment", "systématiquement", "partout")),
}  # fmt: skip

GRAMMAR = Grammar(
    pipeline="fr_core_news_md",
    relatives=frozenset("qui que qu'".split()),
    inverting=frozenset("que qu'".split()),
    standing=_STANDING,
    reach=_REACH,
    connectives=Connectives(
        causes=frozenset(
            (
                "parce que", "parce qu'", "car", "puisque", "puisqu'", "à cause de", "à cause du",
                "à cause des", "en raison de", "en raison du", "en raison des", "grâce à",
                "grâce au", "grâce aux", "du fait que", "faute de", "suite à",
            )
        ),
        effects=frozenset(
            ("donc", "c' est pourquoi", "si bien que", "de sorte que", "par conséquent", "aussitôt")
        ),
    ),
    defining=Defining(
        copulas=frozenset(("être",)),
        verbs=frozenset(
            "désigner signifier consister définir entendre recouvrir dénommer regrouper".split()
        ),
        before_verb=frozenset("n' ne s' se c' ce".split()),
        called=frozenset(
            (
                "on appelle", "appelé", "appelée", "appelés", "appelées", "dénommé", "dénommée",
                "baptisé", "baptisée", "dit", "dite", "dits", "dites", "nommé", "nommée",
                "intitulé", "intitulée", "connu sous le nom de", "connue sous le nom de",
            )
        ),
        called_behind=frozenset(
            ("on entend", "il faut entendre", "nous entendons", "on désigne", "veut dire", "c' est")
        ),
    ),
    anaphors=frozenset("il elle ils elles on lui celui-ci celle-ci".split()),
    of=frozenset("de du des d'".split()),
    towards=frozenset("à au aux".split()),
    that=frozenset("que qu'".split()),
    contrasts=Contrasts(
        more=frozenset("plus davantage".split()),
        denying=frozenset("ne n'".split()),
        less=frozenset(("moins",)),
        than=frozenset("que qu'".split()),
        opposites=(
            (
                frozenset(
                    "augmenter augmentation hausse hausser progresser progression croître "
                    "croissance grimper bondir bond monter accroître".split()
                ),
                frozenset(
                    "diminuer diminution baisse baisser reculer recul chuter chute régresser "
                    "réduire réduction décroître descendre".split()
                ),
            ),
            (
                frozenset("compris comprendre inclus inclure".split()),
                frozenset("hors exclu".split()),
            ),
            (frozenset(("net",)), frozenset(("brut",))),
            (
                frozenset("ouvrir ouvert ouverture".split()),
                frozenset("fermer fermé fermeture".split()),
            ),
            (frozenset("maximum maximal".split()), frozenset("minimum minimal".split())),
            (frozenset(("avant",)), frozenset(("après",))),
            (frozenset(("nord",)), frozenset(("sud",))),
            (frozenset(("gratuit",)), frozenset(("payant",))),
            (frozenset(("public",)), frozenset(("privé",))),
        ),
    ),
    participles=(("er", "é"),),
    excluding=frozenset(
        (
            "sauf", "hors", "hormis", "excepté", "à l' exception de", "à l' exception du",
            "à l' exception des", "à l' exception d'", "à l' exclusion de", "à l' exclusion du",
            "à l' exclusion des", "à l' exclusion d'",
        )
    ),
    parting=frozenset(("dont",)),
    out_of=frozenset(("sur", "parmi", "des", "de")),
    scope=Scope(
        cases=frozenset(
            (
                "en cas de", "en cas d'", "sous réserve de", "sous réserve d'", "sous réserve du",
                "sous réserve des", "dans le cas de", "dans le cas d'", "dans le cas du",
                "à condition de", "à condition d'", "sous condition de",
            )
        ),
        when=frozenset("lorsque lorsqu' quand dès pendant durant lors condition réserve".split()),
        seasons=frozenset("été hiver printemps automne vacances week-end".split()),
        rules=frozenset(
            "interdire interdit interdite interdits interdites autoriser autorisé autorisée "
            "autorisés autorisées obligatoire gratuit gratuite gratuits gratuites légal légale "
            "illégal illégale réserver réservé réservée permettre permis permise protéger protégé "
            "protégée protégés protégées exonérer exonéré exonérée facultatif facultative "
            "obliger obligé obligée tolérer toléré tolérée".split()
        ),
        ruling=frozenset(("", "à", "en", "dans", "sur", "pour", "chez", "entre", "avant", "après")),
        reasons=frozenset("raison motif cause arrêté loi décret nature fait titre effet".split()),
        imperfect=True,
    ),
    referents=Referents(
        gendered=True,
        epicene=frozenset(
            "maire ministre préfet juge magistrat député sénateur président directeur auteur "
            "écrivain professeur médecin docteur chef adjoint avocat procureur commissaire "
            "rapporteur notaire architecte ingénieur entraîneur arbitre peintre sculpteur guide "
            "témoin membre otage personne victime vedette star recrue sentinelle personnalité "
            "figure légende patron pdg dirigeant ambassadeur secrétaire élu candidat "
            "responsable".split()
        ),
        gathering=frozenset(
            "groupe couple famille équipe duo trio quatuor public police gouvernement jury comité "
            "collectif association entreprise société conseil assemblée foule troupe compagnie "
            "orchestre fanfare chorale club syndicat parti majorité opposition minorité moitié "
            "tiers ensemble direction rédaction délégation fratrie peuple monde".split()
        ),
        feminines=(
            ("trice", "teur"), ("euse", "eur"), ("ière", "ier"), ("ienne", "ien"), ("onne", "on"),
            ("ante", "ant"), ("ente", "ent"), ("ée", "é"), ("ointe", "oint"), ("ate", "at"),
            ("tesse", "t"), ("resse", "re"), ("ère", "er"),
        ),
    ),
    titles={
        "m.": "Gender=Masc", "mm.": "Gender=Masc", "monsieur": "Gender=Masc",
        "mme": "Gender=Fem", "mmes": "Gender=Fem", "mlle": "Gender=Fem", "madame": "Gender=Fem",
    },
    latter=frozenset(("celui-ci", "celle-ci", "ce dernier", "cette dernière")),
    turning=frozenset(
        "fermer ouvrir rouvrir augmenter baisser diminuer commencer débuter démarrer reprendre "
        "changer brûler casser cesser terminer finir doubler tripler tourner fondre sécher "
        "couler geler cuire ralentir accélérer vieillir évoluer".split()
    ),
)  # fmt: skip
