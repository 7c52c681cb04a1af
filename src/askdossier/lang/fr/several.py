"""Questions of several parts in French: their forms, what is asked of a part and said of it."""

from __future__ import annotations

from askdossier.lang.lexicon import Several

_PLEASE = (
    r"\A\W*(?:(?:s'il (?:te|vous) plait|svp|merci de|peux[- ]tu|pouvez[- ]vous|pourrais[- ]tu|"
    r"pourriez[- ]vous|je (?:veux|voudrais|souhaite(?:rais)?)),? )?(?:me |nous |m'|nous )?"
)
_END = r"\W*\Z"
_ONE = r"(?P<one>[^?!]{2,120}?)"
_OTHER = r"(?P<other>[^?!]{2,120}?)"
_TOPIC = r"(?P<topic>[^?!]{2,120}?)"
_OF = r"(?:de |du |des |d')"
_ON = (
    r"(?:sur|a propos d(?:e|u|es)|au sujet d(?:e|u|es)|concernant|quant (?:a|aux?)|"
    r"en matiere d[e']) ?"
)
_THEY = r"(?:[- ]?(?:t-)?(?:ils|elles|il|elle))"

# --- difference -----------------------------------------------------------------------------------

_WHICH = r"(?:quel(?:le)?s? (?:est |sont |serai(?:en)?t )?|c'est quoi )"
_EXPLAIN = (
    r"(?:(?:explique|donne|decri[st]|decrive|precise|dis|indique)[rz]?(?:[- ](?:moi|nous))? )"
)
_THERE = r"(?:y a[- ]t[-' ]il |existe[- ]t[- ]il )"
_DIFFERS = (
    r"(?:different|differe|differaient|differait|se distinguent|se distingue|divergent|diverge)"
)
_DIFFERENT = r"(?:differente?s?|distincte?s?)"
_DIFFERENCE = (
    rf"{_PLEASE}(?:{_WHICH}|{_EXPLAIN}|{_THERE})*(?:la |les |une |des |de )?"
    r"(?:(?:principale|grande|vraie|reelle)s? )?differences?"
    rf"(?: (?!d[eu]s?\b|d'|entre\b)[\w'-]+){{0,4}} entre {_ONE},? et (?:entre )?{_OTHER}{_END}",
    rf"\A\W*en quoi {_ONE} et {_OTHER} (?:(?:est|sont)(?:[- ](?:ils|elles))? {_DIFFERENT}"
    rf"|{_DIFFERS}{_THEY}?|se distinguent{_THEY}?){_END}",
    rf"\A\W*(?:en quoi|comment) {_ONE} (?:(?:est|sont){_THEY}? {_DIFFERENT}|{_DIFFERS}{_THEY}?)"
    rf" (?:de |du |des |d'){_OTHER}{_END}",
    rf"\A\W*qu'?est[- ]ce qui (?:distingue|differencie|oppose|separe) {_ONE}"
    rf" (?:et|d'avec|de|du|des) {_OTHER}{_END}",
    rf"\A\W*{_ONE} (?:et|ou|vs\.?) {_OTHER} ?[,:?] ?(?:{_WHICH})?(?:la |les )?differences?{_END}",
)

# --- comparison -----------------------------------------------------------------------------------

_VIEWS = (
    r"(?:(?:positions?|avis|points? de vue|propos|arguments?|opinions?|discours|declarations?|"
    r"propositions?|demandes|reponses?|critiques?|versions?)(?: respecti(?:fs|ves|f|ve))? "
    r"(?:de |du |des |d'))"
)
_SAY = (
    r"(?:disent|dit|pensent|pense|proposent|propose|demandent|demande|racontent|affirment|"
    r"repondent|reprochent|recommandent|ont dit|a dit|ont declare)"
)
_DOCUMENTS = r"(?:documents?|articles?|textes?|sources?|dossiers?|auteurs?|gens|uns)\b"
_COMPARISON = (
    rf"{_PLEASE}compare[rz]?(?:[- ](?:moi|nous))? (?:(?:les?|la|l') ?{_VIEWS}|ce que {_SAY} )?"
    rf"{_ONE},? (?:et|avec|a|aux?) (?:(?:celles?|ceux|celui) )?{_OF}?{_OTHER}"
    rf"(?: (?:{_ON}|(?<=[,:] )){_TOPIC})?{_END}",
    rf"\A\W*(?:que|qu'est[- ]ce que?) {_SAY} (?:respectivement )?(?!(?:les|ces|nos) {_DOCUMENTS})"
    rf"{_ONE} et {_OTHER}(?: (?:{_ON}|{_OF}){_TOPIC})?{_END}",
    rf"\A\W*(?:{_WHICH}|donne[rz]?(?:[- ](?:moi|nous))? )?(?:les |la )?{_VIEWS}{_ONE} et {_OF}?"
    rf"{_OTHER} {_ON}{_TOPIC}{_END}",
    rf"\A\W*(?:{_WHICH}|{_THERE})?(?:les |des )?(?:points? communs?|ressemblances?|similitudes?)"
    rf"(?: y a[- ]t[-' ]il)? entre {_ONE} et {_OTHER}{_END}",
    rf"\A\W*qu'?(?:est[- ]ce que? )?(?:ont en commun {_ONE} et {_OTHER})(?: {_ON}{_TOPIC})?{_END}",
    rf"\A\W*qu'?est[- ]ce que? {_ONE} et {_OTHER} ont en commun{_END}",
    rf"\A\W*(?:est[- ]ce qu(?:e |'))?(?!(?:les|ces|nos) {_DOCUMENTS}){_ONE} et {_OTHER} "
    rf"(?:sont|ont){_THEY}? (?:d'accord|en desaccord|(?:du|le) meme avis|"
    rf"la meme (?:position|opinion)) {_ON}{_TOPIC}(?:[?.!]+ ?compare[rz]? [^?!.]{{0,40}})?{_END}",
    rf"\A\W*{_ONE} (?:et|vs\.?) {_OTHER} ?[,:?] ?(?:qui (?:dit|pense|propose) quoi|"
    rf"que (?:disent|pensent)[- ]ils|compare[rz]?[^?!.]{{0,30}}?)"
    rf"(?: (?:{_ON}|{_OF}){_TOPIC})?{_END}",
)

# --- what somebody says ---------------------------------------------------------------------------

_SAYS = (
    r"(?:(?P<tells>di(?:t|ra)|dis(?:en|ai|aien)t|(?:pens|affirm|declar|estim)(?:e|ent|ait|aient|a)|"
    r"repond(?:ent|ait|aient|it)?)\b|"
    r"(?:propose|demande|reproche|reclame|recommande|conseille|"
    r"craint|souhaite|veut(?! dire\b)|explique|annonce|raconte|exige|suggere|promet|denonce|"
    r"critique|preconise|revendique|soutient|defend|refuse|regrette|espere)(?:nt)?)"
)
_HAS_SAID = (
    r"(?:(?:a|ont|avai(?:en)?t)(?:[- ](?:t-)?(?:il|elle|ils|elles))? "
    r"(?:(?P<told>dit|declare|pense|repondu|affirme)\b|(?:propose|"
    r"demande|reproche|recommande|explique|annonce|raconte|exige|promis|denonce)))"
)
_NOBODY = (
    r"(?!(?:on|tu|vous|je|il|elle|ils|elles|cela|ca|t-(?:il|elle|on)|"
    rf"(?:les?|la|ces?|nos|mes|mon|l'|ce|cette) ?{_DOCUMENTS})\b)"
)
_WHO = rf"{_NOBODY}(?P<who>[^?!]{{2,120}}?)"
_VIEW = r"(?:position|avis|opinion|point de vue|sentiment|reponse|jugement|these)"
_WHAT_SAYS = (
    rf"{_PLEASE}(?:que |qu'?est[- ]ce que? |qu'|dis[- ]moi ce que |ce que )"
    rf"(?:{_SAYS}|{_HAS_SAID}) {_WHO}"
)
_TO = r"(?:aux? |a |face (?:aux? |a )|devant |quand |lorsqu(?:e |')|apres )"
_WHICH_WAS = r"(?:quel(?:le)?s? (?:(?:est|sont|etai(?:en)?t|fu(?:ren)?t) |(?:a|ont) ete ))"
_MONTH = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
_DURING = (
    rf",? ?\b(?:(?:en|durant|pendant|courant|des) (?:l'annee |debut |fin )?(?:{_MONTH} )?"
    rf"|le \d{{1,2}}(?:er)? {_MONTH} )(?P<year>(?:1[5-9]|20)\d\d)\b,?"
)
_SAYINGS = (
    rf"{_WHAT_SAYS} {_ON}{_TOPIC}{_END}",
    rf"{_WHAT_SAYS}(?: (?:(?P<of>{_OF})|aux? |a |pour |contre |devant |face aux? |face a )"
    rf"{_TOPIC})?{_END}",
    rf"\A\W*(?P<how>comment) {_WHO} (?:(?:a|ont|avai(?:en)?t)(?:[- ]t)?{_THEY}? reagi"
    rf"|(?:reagi(?:t|ssent|ssait|ssaient|ra|ront))(?:[- ]t)?{_THEY}?)(?: {_TO}{_TOPIC})?{_END}",
    rf"\A\W*(?P<how>comment) (?:(?:a|ont|avai(?:en)?t) reagi|reagi(?:t|ssent|ssait|ssaient)) "
    rf"{_WHO}(?: {_TO}{_TOPIC})?{_END}",
    rf"\A\W*{_WHICH_WAS}(?:la |les )?(?P<how>reactions?) {_OF}{_WHO}(?: (?:{_TO}|{_ON}){_TOPIC})?"
    rf"{_END}",
    rf"\A\W*qu'?est[- ]ce qu(?:e |'){_WHO} (?:{_SAYS}|{_HAS_SAID})"
    rf"(?: (?:{_ON}|{_OF}|aux? |a ){_TOPIC})?{_END}",
    rf"\A\W*{_WHICH}?(?:la |l'|le )?{_VIEW} {_OF}{_WHO} {_ON}{_TOPIC}{_END}",
    rf"\A\W*{_WHICH}(?:l'|le )(?:avis|opinion|point de vue) {_OF}{_WHO}{_END}",
    rf"\A\W*(?:selon|d'apres|pour) {_WHO}, (?:que|qu'|a quoi|de quoi)\b{_TOPIC}{_END}",
)

# --- counting -------------------------------------------------------------------------------------

_WHAT = r"(?P<what>[^?!]{2,160}?)"
_COUNTING = (
    rf"\A\W*combien (?:y a[- ]t[- ]il |existe[- ]t[- ]il |compte[- ]t[- ]on |a[- ]t[- ]on )?"
    rf"(?:de |d'){_WHAT}{_END}",
    rf"\A\W*(?:quel est )?le nombre (?:total )?(?:de |des |d'){_WHAT}{_END}",
)
_TOTAL = (
    rf"\A\W*(?:quel(?:le)? est |donne[rz]?(?:[- ](?:moi|nous))? |calcule[rz]? )?"
    rf"(?:le (?:montant )?total|la somme(?: totale)?|le cumul) "
    rf"(?:des? |du |de la |de l'|d'){_WHAT}{_END}",
    rf"\A\W*additionne[rz]? (?:les |la |le ){_WHAT}{_END}",
)

# --- one document ---------------------------------------------------------------------------------

_KIND = (
    r"(?:document|article|texte|fichier|entretien|interview|compte[- ]rendu|tribune|faq|communique|"
    r"rapport|breve|essai|note|lettre|courrier|mail|message|pv|proces[- ]verbal|contrat|guide|"
    r"etude|enquete|discussion|fil|forum|page|presentation|pdf|edito|editorial|reportage|recit|"
    r"chronique|memo|livre|notice|mode d'emploi|foire aux questions|billet|appel|chiffres)\b"
)
_FURTHER_KIND = (
    r"(?:courriel|lettre|communique|convention|bail|jugement|arrete|reglement|statuts|"
    r"bilan|devis|facture|charte|brochure|plaquette|circulaire|bulletin|manuel|discours|memoire)\b"
)
"""Words that say it only where something else says that a document is meant."""
_FILE = r"[\w./-]*\w\.[a-z][a-z0-9]{1,4}"
_SUM_UP = (
    r"(?:(?:resume[rz]?|synthetise[rz]?)(?:[- ](?:moi|nous))? |"
    r"(?:(?:fai(?:s|tes|re)|donne[rz]?)(?:[- ](?:moi|nous))? )?(?:un |une |le |la )?"
    r"(?:bref |courte |petit )?(?:resume|synthese) d(?:e |u |es |')|"
    r"de quoi (?:parle|traite|il est question dans|s'agit[- ]il dans) )"
)
_DOCUMENT = (
    rf"{_PLEASE}{_SUM_UP}(?P<named>(?:l'|la |le |cet? |cette )?(?P<kind>{_KIND})[^?!]{{0,120}}?"
    rf"|les chiffres\b[^?!]{{0,120}}?|(?:(?:le |l')\w+ )?{_FILE}){_END}",
)

# --- chronology -----------------------------------------------------------------------------------

_MAKE = (
    r"(?:(?:fai(?:s|tes|re)|dresse[rz]?|etabli(?:s|r|ssez)|donne[rz]?|retrace[rz]?|ecri[st]|"
    r"reconstitue[rz]?|construi[st]|propose[rz]?|presente[rz]?|montre[rz]?)(?:[- ](?:moi|nous))? )"
)
_TIMELINE = r"(?:chronologie|frise(?: chronologique)?|time ?line|dates[- ]cles?)"
_ALL = (
    r"(?: (?:des (?:evenements|faits|dates)|du dossier|de (?:tout|l'ensemble|ces documents)|"
    r"(?:des|dans les) documents))"
)
_CHRONOLOGY = (
    rf"{_PLEASE}(?:{_MAKE}|{_WHICH})?(?:une |la |les |l')?{_TIMELINE}{_ALL}?"
    rf"(?: (?:{_OF}|{_ON}){_TOPIC})?{_END}",
    rf"\A\W*{_WHICH}(?:les )?(?:grandes |principales )?(?:dates|etapes)"
    rf"(?: (?:cles?|importantes?|marquantes?|principales))?(?:{_ALL}|(?: {_OF}{_TOPIC})){_END}",
    rf"\A\W*(?:que|qu'est[- ]ce qu(?:i|')) ?s'est[- ](?:il )?passe,? et quand"
    rf"(?: (?:{_ON}|pour |avec |a |dans ){_TOPIC})?{_END}",
    rf"\A\W*(?:que|qu'est[- ]ce qu(?:i|')) ?s'est[- ](?:il )?passe"
    rf"(?: (?:{_ON}|pour |avec |a |dans ){_TOPIC})?,? et quand{_END}",
    rf"{_PLEASE}(?:raconte[rz]?|resume[rz]?|liste[rz]?|classe[rz]?|donne[rz]?)"
    rf"(?:[- ](?:moi|nous))? (?:les (?:evenements|faits)(?: {_OF}{_TOPIC})?) "
    rf"(?:dans l'|par )ordre chronologique{_END}",
)

# --- whether documents agree ----------------------------------------------------------------------

_THE_DOCUMENTS = (
    r"(?:(?:tou(?:s|tes) )?(?:les|ces|nos|mes) (?:differente?s? |autres |deux |trois )?"
    r"(?:documents|sources|textes|articles|pieces|fichiers|auteurs)"
    r"(?: du (?:dossier|corpus))?)"
)
_ASKS = r"\A\W*(?:est[- ]ce qu(?:e |'))?"
_GIVE = (
    r"(?:donnent|indiquent|citent|avancent|annoncent|disent|mentionnent|rapportent|fournissent|ont)"
)
_CONFLICT = (
    r"(?:contradictions?|desaccords?|divergences?|incoherences?|discordances?|"
    r"(?:chiffres?|versions?) (?:differente?s?|contradictoires?))"
)
_AMONG = rf" (?:entre|dans|parmi) {_THE_DOCUMENTS}"
_ABOUT = rf"(?:{_ON}|a propos |pour |dans )"
_DISAGREEMENT = (
    rf"{_ASKS}{_THE_DOCUMENTS} {_GIVE}{_THEY}?(?: (?:bien|tous|toutes|vraiment))* "
    rf"(?:le|la|les) memes? (?:choses? (?:{_ON}|{_OF}))?{_TOPIC}{_END}",
    rf"{_ASKS}{_THE_DOCUMENTS} (?:sont|ont){_THEY}?(?: (?:bien|tous|toutes|vraiment))* "
    rf"(?:d'accord|en accord|coherente?s|concordante?s|unanimes|en desaccord|contradictoires|"
    rf"du meme avis) {_ABOUT}{_TOPIC}{_END}",
    rf"{_ASKS}{_THE_DOCUMENTS} (?:(?:se|s')[ -]?contredisent|divergent|concordent|s'accordent|"
    rf"different){_THEY}? {_ABOUT}{_TOPIC}{_END}",
    rf"{_ASKS}(?:{_THERE}|il y a |{_WHICH})(?:une? |des |les |plusieurs |d[e'] ?)?{_CONFLICT}"
    rf" {_ABOUT}{_TOPIC}{_AMONG}{_END}",
    rf"{_ASKS}(?:{_THERE}|il y a |{_WHICH})(?:une? |des |les |plusieurs |d[e'] ?)?{_CONFLICT}"
    rf"(?:{_AMONG})? {_ABOUT}{_TOPIC}{_END}",
)

# --- arithmetic -----------------------------------------------------------------------------------

_SAME = r"(?:(?P<same>celles?|celui|ceux) )?"
_ARITHMETIC = (
    rf"\A\W*combien (?:d'annees|de (?:jours|mois|semaines|temps|siecles)) "
    rf"(?:se sont[- ](?:ils |elles )?ecoule(?:e?s)?|s'est[- ](?:il )?ecoule|"
    rf"(?:d'ecart )?(?:y a[- ]t[-' ]il(?: eu)?|il y a)|d'ecart|separe(?:nt)?|passent)(?: entre)? "
    rf"{_ONE} et (?:entre )?"
    rf"{_SAME}{_OTHER}{_END}",
    rf"\A\W*(?:{_WHICH})?(?:l'ecart|la difference|l'intervalle) {_OF}{_TOPIC} entre {_ONE} et "
    rf"{_SAME}{_OTHER}{_END}",
)

_IS_IT = r"(?:est[- ]ce qu(?:e |'))?"
_OF_TIME = r"(?:d'annees |de (?:jours|mois|semaines|temps|siecles|decennies) )"
_BY = rf"(?:de )?combien {_OF_TIME}?{_IS_IT}"
_YEARS = rf"(?:de )?combien d'annees {_IS_IT}"
_THE = r"(?:l'|le |la |les )"
_GAP = r"(?:l'|la )?(?:ecart|difference)"
_BE = rf"(?:est|etait|fut|sera|sont|etaient|seront){_THEY}?"
_AGED = r"(?:vieux|vieil|vieille|anciens?|anciennes?|recente?s?|jeunes?|agee?s?)"
_THAN = r"qu(?:e |')"
_HOW_MANY = r"(?:,? et de combien(?: d'annees)?)?"
_ELDER = r"(?:ainee?|cadet|cadette)s?"
_WHICH_ONE = r"(?:qui|lequel|laquelle|lesquels|lesquelles)"
_OLDER = (
    rf"\A\W*{_BY}{_ONE} {_BE} {_THE}{_ELDER} {_OF}{_OTHER}{_END}",
    rf"\A\W*{_BY}{_ONE} {_BE} (?:plus|moins) {_AGED} {_THAN}{_SAME}{_OTHER}{_END}",
    rf"\A\W*{_YEARS}(?!d[e'])(?:a |ont )?{_ONE}(?: (?:a|ont|avai(?:en)?t)(?:[- ]t)?{_THEY}?)? "
    rf"(?:de|en) (?:plus|moins) {_THAN}{_OTHER}{_END}",
    rf"\A\W*{_BY}{_ONE} {_BE} (?:ne|nee|nes|nees) "
    rf"(?:(?:plus tot|plus tard) {_THAN}|avant |apres ){_OTHER}{_END}",
    rf"\A\W*{_YEARS}(?:avant|apres) {_OTHER} (?:est|etait|fut|sont|etaient) (?:ne|nee|nes|nees) "
    rf"{_ONE}{_END}",
    rf"\A\W*{_WHICH}?{_GAP} d'age (?:{_THERE}|il y a )?entre {_ONE} et (?:celui {_OF})?"
    rf"{_OTHER}{_END}",
    rf"\A\W*{_WHICH}?{_GAP} entre (?:l'age|les ages) {_OF}{_ONE} et (?:(?:celui |l'age )?{_OF})?"
    rf"{_OTHER}{_END}",
    rf"\A\W*{_WHICH}{_GAP} d'age separe(?:nt)? {_ONE} (?:et |{_OF}){_OTHER}{_END}",
    rf"\A\W*{_WHICH_ONE} {_BE} {_THE}(?:{_ELDER}|(?:plus|moins) {_AGED}),? "
    rf"(?:{_OF}|entre )?{_ONE} (?:ou|et) {_OF}?{_OTHER}{_HOW_MANY}{_END}",
    rf"\A\W*{_WHICH_ONE},? (?:{_OF}|entre ){_ONE} (?:ou|et) {_OF}?{_OTHER},? {_BE} "
    rf"{_THE}(?:{_ELDER}|(?:plus|moins) {_AGED}){_HOW_MANY}{_END}",
)
_EXCEEDING = (
    r"\A\W*(?:de combien\b[^?!]{1,160}\b(?:depass|exced|surpass|(?:plus|moins) [\w-]+ qu[e']"
    r"|(?:superieur|inferieur)e?s? a)"
    r"|(?:de )?combien (?:d'|de )[^?!]{1,160} (?:(?:de|en) (?:plus|moins) qu[e']|separe))"
)
_BEGUN = (
    r"\b(?:nee?s?|naquit|naquirent|nait|v(?:it|oit) le jour|naissances?"
    r"|fond(?:ee?s?|ent?|a|erent|ations?)"
    r"|cre(?:ee?s?|ent|a|erent|ations?)|inaugur(?:ee?s?|e|ations?)|construi(?:te?s?|sit)"
    r"|bati(?:e?s?)|ouvert(?:e?s?|ures?)|ouvrit|etabli(?:e?s?)|edifi(?:ee?s?)|lanc(?:ee?s?|ements?)"
    r"|paru(?:e?s?|tions?)?|parut|publi(?:ee?s?|ations?)|date(?:nt)? d[eu']|remonte(?:nt)? aux?)"
    r"(?!\w)"
)
_AN_AGE = r"\b(?:agee?s?|ages?)\b|\b(?:a|avait|aura|fete|fetera) \d{1,3} ans\b"

_MONTHS = tuple(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)

SEVERAL = Several(
    difference=_DIFFERENCE,
    what_is="Qu’est-ce que {side} ?",
    comparison=_COMPARISON,
    says_on="Que dit {side} sur {topic} ?",
    sayings=_SAYINGS,
    during=_DURING,
    not_then="Aucune phrase trouvée de {who} n’est datée de {year} : voici les autres.",
    not_said="Aucune phrase trouvée n’est attribuée à {who}.",
    document=_DOCUMENT,
    kind_of_document=rf"\b(?P<kind>{_KIND}|{_FURTHER_KIND})",
    taken="Résumé de {title}.",
    which=("Aucun document n’est clairement désigné : {titles}. Lequel ? Nommez-le."),
    central="Les {count} phrases les plus centrales, sur {total}.",
    counting=_COUNTING,
    counted="Compté ligne par ligne dans le tableau {title} : {count} sur {total}.",
    total=_TOTAL,
    decimal=",",
    sums=frozenset("total totaux ensemble somme cumul moyenne sous-total".split()),
    added="Additionné ligne par ligne ({count}), colonne {column} : {total}.",
    arithmetic=_ARITHMETIC,
    older=_OLDER,
    exceeding=_EXCEEDING,
    begun=_BEGUN,
    aged=_AN_AGE,
    begins="Quand est né, ou a été fondé, {side} ?",
    when="De quand date {side} ?",
    value="Quel est {side} ?",
    value_of="Quel chiffre donne-t-on pour {side} : {topic} ?",
    together="Calcul : {one} + {other} = {result} {unit}.",
    apart="Calcul : {high} − {low} = {result} {unit}.",
    days_apart="Calcul : du {low} au {high}, {result} jours.",
    years_apart="Calcul : du {low} au {high}, {years} ans révolus ({result} jours).",
    years="ans",
    unclear="Aucun calcul : une des phrases ne dit pas lequel de ses chiffres compte.",
    unlike="Aucun calcul : les deux chiffres ne sont pas de même nature, ou l’un n’est pas exact.",
    many=r"\b(?:plusieurs|quelques|divers(?:es)?|differente?s|nombreu(?:x|ses)|suivante?s)\b",
    disagreement=_DISAGREEMENT,
    told="Que disent les documents sur {topic} ?",
    speak="Documents qui en disent quelque chose : {count}.",
    agreeing="Les chiffres concordent ({count} documents).",
    differing="Les chiffres diffèrent : {figures}.",
    uncompared=(
        "Leurs chiffres ne sont pas comparés : rien ne dit sûrement qu’ils comptent la même chose."
    ),
    no_figures="Il n’y a pas deux chiffres à comparer : voici ce qu’ils disent.",
    chronology=_CHRONOLOGY,
    happened="Que s’est-il passé pour {topic} ?",
    dated="Phrases datées montrées : {count} sur {total}.",
    months=_MONTHS,
    nothing_on="Rien d’assez sûr n’a été trouvé dans le dossier sur {side}.",
)
