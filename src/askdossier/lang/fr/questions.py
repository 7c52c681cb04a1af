"""The forms of questions in French, and of what a writer says round its answer."""

from __future__ import annotations

from askdossier.lang.lexicon import Followups, Questions, Replies, Suggesting

_DOCUMENT = r"(?:documents?|articles?|textes?|sources?|fichiers?|pages?|pieces?|notes?|docs?)"

# --- small talk -----------------------------------------------------------------------------------

_POLITE = (
    r"(?: (?:a toi|a vous|a tous|beaucoup|bien|infiniment|pour (?:tout|ton|votre|cette|ta) ?\w*|"
    r"monsieur|madame|askdossier))*"
)
_GREETING = r"(?:bonjour|bonsoir|salut|coucou|hello|hey)"
_HOW_ARE_YOU = r"(?:(?:comment )?ca va(?: bien)?|comment (?:vas tu|allez vous|tu vas|vous allez))"

# --- questions about the dossier ------------------------------------------------------------------

_HERE = (
    r"(?:(?:tout |toute |tous |toutes )?(?:ce|cet|cette|ces|le|la|les|l'|mon|mes|ton|tes|votre|vos)"
    r"|chaque)"
)
_CORPUS = rf"(?:dossiers?|corpus|collection|ensemble|{_DOCUMENT})"
_DOSSIER = (
    rf"(?:(?:l'ensemble |chacune? )?(?:de )?{_HERE} ?{_CORPUS}"
    rf"|(?:l'ensemble|chacune?) (?:du|des) {_CORPUS})"
)
_OF_DOSSIER = rf"(?:de {_DOSSIER}|(?:du|des) {_CORPUS})"
_REQUEST = (
    r"(?:(?:s'il (?:te|vous) plait|stp|svp) )?"
    r"(?:(?:peux tu|pouvez vous|pourrais tu|pourriez vous|tu peux|vous pouvez|est ce que tu peux"
    r"|est ce que vous pouvez|j'aimerais|je voudrais|je veux) )?(?:me |nous )?"
)
_MANNER = (
    r"(?: (?:en (?:entier|bref|detail|\w+ (?:lignes?|phrases?|mots|points))|dans l'ensemble"
    r"|une? (?:par|a) une?|brievement|rapidement|succinctement|s'il (?:te|vous) plait|stp|svp))*"
)
_OVERVIEW = (
    rf"(?:de quoi (?:parle(?:nt)?|traite(?:nt)?|est il question dans|s'agit il dans|il s'agit dans)"
    rf" {_DOSSIER}"
    rf"|{_DOSSIER} (?:parle(?:nt)?|traite(?:nt)?) de quoi"
    rf"|(?:que|qu'est ce que|qu'y a t il|qu'est ce qu'il y a|quoi)(?: dans)?"
    rf" (?:contiennent|contient|disent|raconte)? ?{_DOSSIER}(?: (?:contiennent|contient))?"
    rf"|quels? (?:sont|est) (?:le|les) (?:sujets?|themes?|contenu) (?:de |du |des |abordes? dans )"
    rf"?(?:{_DOSSIER}|dossier|documents?)"
    rf"|quels? sont {_DOSSIER}(?: \w+)?"
    rf"|quels {_DOCUMENT} (?:as tu|avez vous|y a t il|connais tu|sont (?:indexes|disponibles|la))"
    rf"|{_REQUEST}(?:resume[rz]?|presente[rz]?|decris|decrivez|decrire|liste[rz]?|enumere[rz]?"
    rf"|synthetise[rz]?)(?: moi| nous)? {_DOSSIER}{_MANNER}"
    rf"|{_REQUEST}(?:(?:fais|faites|faire|donne[rz]?|ecri(?:s|re|vez)|redige[rz]?)"
    r"(?: moi| nous)? )?"
    r"(?:(?:un|une|le|la) )?(?:(?:bref|breve|court|courte|petit|petite|rapide) )?"
    r"(?:resume|synthese|apercu|presentation|vue d'ensemble|tour d'horizon)"
    r"(?: (?:bref|breve|court|courte|rapide|general|generale|global|globale))?"
    rf" {_OF_DOSSIER}{_MANNER}"
    rf"|(?:donne|donnez)(?: moi)? (?:la )?liste (?:de |des )?(?:{_DOSSIER}|{_DOCUMENT})"
    rf"|liste des {_DOCUMENT}"
    rf"|combien (?:de|y a t il de|as tu de|avez vous de) {_DOCUMENT}(?: (?:y a t il|as tu|"
    rf"avez vous|contient le dossier|dans le dossier|sont indexes|il y a))*(?: dans le dossier)?)"
)
_OF = r"(?:aussi )?(?:de |du |des |d'|a |au |aux )"
_SPEAK = (
    rf"(?:citent|mentionnent|evoquent|nomment|contiennent|abordent|(?:parlent|traitent) {_OF}|"
    rf"font (?:mention|reference) {_OF})"
)
_SPEAKS = (
    rf"(?:cite|mentionne|evoque|nomme|aborde|(?:parle|traite) {_OF}|fait (?:mention|reference) "
    rf"{_OF})"
)
_IN_DOSSIER = r"(?: (?:du|de ce|dans le) (?:dossier|corpus))?"
_MENTIONS = (
    rf"^\s*(?:(?:quels|quelles|combien de) {_DOCUMENT}{_IN_DOSSIER}(?: qui)? {_SPEAK}"
    rf"|(?:quel|quelle) {_DOCUMENT}{_IN_DOSSIER} {_SPEAKS}"
    rf"|dans (?:quels|quelles|quel|quelle|combien de) {_DOCUMENT}"
    rf" (?:(?:est|sont)-(?:il|elle|ils|elles|on) (?:cites?|question|mentionnes?)(?: de | d'| du )?|"
    rf"est(?:-il)? (?:cite|mentionne|question de|question d')e?|parle-t-on (?:de |du |des |d')|"
    rf"il est question (?:de |du |des |d'))"
    rf"|(?:liste|cite|donne)(?:-moi)? (?:tous )?(?:les )?{_DOCUMENT} qui {_SPEAK})"
    rf"(?:\s+|(?<=['’ ]))(?P<phrase>\S.{{0,200}}?)\s*[?.!]*\s*$"
)

_CALLED = (
    r"(?:(?:l'|le |la |les |cet |ce |un |une |des )?"
    r"(?:acronymes?|sigles?|abreviations?|initiales|termes?|mots?|expressions?) )?"
)
_DEFINITION = (
    rf"^\s*(?:(?:qu'?est[- ]ce|c'est)(?: que c'est)? qu(?:e |')(?:c'est que )?{_CALLED}"
    rf"|c'est quoi {_CALLED}"
    rf"|(?:que|qu'est[- ]ce que) (?:signifie(?:nt)?|veut dire|veulent dire) {_CALLED}"
    rf"|(?:quelle est |donne[rz]?(?:-moi)? )?(?:la )?(?:signification|definition) "
    rf"(?:de (?:l')?|du |des |d'){_CALLED}"
    rf"|(?:a quoi correspond(?:ent)?|definis(?:sez)?) {_CALLED})"
    rf"(?:l'|les? |la |une? |des |de l'|du )?[«“\"]?\s*(?P<term>[^?«»“”\"]{{1,80}}?)\s*[»”\"]?"
    rf"(?: (?:signifie(?:nt)?|veut dire) quoi)?\s*[?.!]*\s*$"
)

# --- questions that take several pieces -----------------------------------------------------------

_PLEASE = (
    r"(?:(?:s'il (?:te|vous) plait|svp|merci de|peux[- ]tu|pouvez[- ]vous|pourrais[- ]tu|"
    r"pourriez[- ]vous|je (?:veux|voudrais|souhaite)),? )?(?:me |nous |m'|nous )?"
)
_LISTING = (
    rf"\A\W*{_PLEASE}(?:(?:dresse[rz]?|fai(?:s|tes|re)|donne[rz]?|etabli(?:s|r|ssez))"
    r"(?:[- ](?:moi|nous))? (?:la |une )?liste|liste[rz]?\b|enumere[rz]?\b|recense[rz]?\b|"
    r"(?:cite[rz]?|nomme[rz]?|donne[rz]?|indique[rz]?|releve[rz]?)(?:[- ](?:moi|nous))? "
    r"(?:les|tou(?:s|tes) les|des|chaque)\b)"
    r"|\b(?:les)?quel(?:le)?s\b|\bqui sont\b|\A\W*tou(?:s|tes) les\b"
    r"|\A\W*(?:combien de|quoi comme) \w+ (?:et|ou) lesquel"
)
_FRAME = (
    rf"\A\W*{_PLEASE}(?:(?:(?:dresse[rz]?|fai(?:s|tes|re)|donne[rz]?|etabli(?:s|r|ssez))"
    r"(?:[- ](?:moi|nous))? (?:la |une )?)?liste (?:complete )?"
    r"|(?:liste|enumere|recense|cite|nomme|donne|indique|releve)[rz]?(?:[- ](?:moi|nous))? )"
    r"(?:(?:de |d')?tou(?:s|tes) les |les |des |du |de )?"
    r"|\A\W*quel(?:le)?s (?:sont|etaient|furent) (?:tou(?:s|tes) )?les "
    r"|\s(?:(?:dont (?:il est question|(?:on )?parlent?)|qui (?:sont|apparaissent|figurent)|"
    r"(?:citee?|mentionnee?|evoquee?|nommee?)s?) )?(?:dans|par|de|selon) "
    r"(?:le|les|ce|ces) (?:dossiers?|documents|textes|articles|sources)(?=\W*\Z)"
    r"|\sdont parlent? (?:le|les|ce|ces) (?:dossiers?|documents|textes|articles)(?=\W*\Z)"
)
_WHY = (
    r"\bpourquoi\b|\bpour quelles? raisons?\b|\bquel(?:le)?s? (?:est|sont|etai(?:en)?t) "
    r"(?:la|les|le) (?:raisons?|causes?|motifs?)\b"
    r"|\bqu'est[- ]ce qui (?:explique|justifie|motive|pousse)"
    r"|\bcomment (?:s')?explique"
)
_HOW = (
    r"\A\W*(?:et |mais )?(?:comment\b(?! (?:s'appelle|se nomme|se prenomme|s'intitule|va\b))"
    r"|(?:de|par) quel(?:le)?s? (?:maniere|facon|moyens?)\b)"
)
_SUMMARY = (
    rf"\A\W*{_PLEASE}(?:(?:resume[rz]?|synthetise[rz]?)(?:[- ](?:moi|nous))?"
    r"|(?:fai(?:s|tes|re)|donne[rz]?)(?:[- ](?:moi|nous))? (?:un |le |une |la )?"
    r"(?:resume|synthese|point)(?: (?:sur|de|des?|du))?"
    r"|(?:resume|synthese)(?: (?:de|des|du|sur))?"
    r"|(?:que|qu'est[- ]ce que?) (?:nous )?"
    r"(?:(?:di(?:t|sent)|raconte(?:nt)?|apprend|apprennent|rapporte(?:nt)?|contien(?:t|nent)|"
    r"mentionne(?:nt)?)|(?:sait|trouve|lit|dit|apprend)[- ](?:t[- ])?on|savons[- ]nous)"
    r"(?: (?:(?:le|ce) dossier|(?:les|ces) (?:documents|articles|textes|sources)|on))?"
    r"(?: dans (?:le|ce) dossier)? (?:sur|de|du|des|a propos de|au sujet de|concernant)"
    r"|qu'est[- ]ce que (?:(?:le|ce) dossier|(?:les|ces) (?:documents|articles|textes|sources)) "
    r"(?:nous )?(?:di(?:t|sent)|raconte(?:nt)?|apprend|apprennent|rapporte(?:nt)?) "
    r"(?:sur|de|du|des|a propos de|au sujet de|concernant)"
    r"|(?:(?:les )?(?:dernieres )?(?:nouvelles|infos?|informations?|actualites?)|tout|l'essentiel|"
    r"(?:le )?point) (?:sur|de|du|des|concernant)"
    r"|qu'apprend[- ]on (?:sur|de|du|des)|que sait[- ]on (?:sur|de|du|des)"
    r"|parle[rz]?[- ](?:moi|nous) (?:de|du|des))\s*"
    r"(?:(?:ce que (?:dit|disent) (?:le dossier|les (?:documents|articles|textes|sources))|"
    r"ce qu(?:i|'on) (?:est dit|sait|dit)) (?:sur|de|du|des) )?"
    r"(?:l'|les? |la |d')?(?P<topic>[^?!]{2,120}?)\W*\Z"
)

# --- yes or no ------------------------------------------------------------------------------------

_OPEN_WORD = r"(?:(?:qui|que|quand|ou|(?:le|la|les|du|des|au|aux)quel(?:le)?s?)\b|qu')"

FRENCH = Questions(
    small_talk={
        "greeting": (
            rf"{_GREETING}{_POLITE}(?: (?:et )?{_HOW_ARE_YOU})?|{_HOW_ARE_YOU}|"
            rf"{_GREETING} et {_GREETING}"
        ),
        "thanks": (
            rf"(?:ok(?:ay)? |super |parfait |tres bien |bien |d'accord )?"
            rf"(?:merci|je (?:te|vous) remercie){_POLITE}"
            r"|(?:ok(?:ay)?|super|parfait|tres bien|genial|bravo|d'accord)(?: merci)?"
        ),
        "farewell": (
            r"(?:merci(?: et)? )?(?:au revoir|a bientot|a plus(?: tard)?|"
            rf"bonne (?:journee|soiree|nuit)|adieu|bye(?: bye)?){_POLITE}"
        ),
        "help": (
            rf"(?:{_GREETING} )?(?:"
            r"(?:que|qu'est ce que) (?:sais|peux|fais) ?(?:tu|vous)?(?: tu)?(?: faire)?"
            r"|qu'est ce que (?:tu sais|tu peux|vous savez|vous pouvez|tu fais)(?: faire)?"
            r"|que (?:savez|pouvez|faites) vous(?: faire)?"
            r"|(?:tu sais|tu peux|vous savez|vous pouvez) faire quoi"
            r"|qui (?:es tu|etes vous)|tu es qui|vous etes qui|quel est ton nom|comment t'appelles "
            r"tu|(?:a quoi|en quoi) (?:sers tu|servez vous|peux tu (?:m'aider|aider))"
            r"|comment (?:ca|cela|tu|askdossier) (?:marche|fonctionnes?)"
            r"|comment (?:puis je|peut on|dois je) (?:t'|vous )?(?:utiliser|poser une question)"
            r"(?: \w+)*"
            r"|aide(?: moi)?"
            r")"
        ),
    },
    overview=_OVERVIEW,
    mentions=_MENTIONS,
    definition=_DEFINITION,
    loose_definition=r"^\s*(?:c'est quoi|donne|quelle est)",
    who=(
        r"^\s*(?:qui (?:est|etait|fut)(?:[- ]ce)?(?: que)?|c'est qui) "
        r"(?P<term>[^?!,]{3,60}+)[?!]*+\s*\Z"
    ),
    article=r"(?:le |la |les |l['’]|un |une |des |du |de la |de l['’]|de |d['’])",
    nothing_named=r"quoi|qui",
    several=(  # not a bare "qui": one sentence answers most of these
        r"\b(?:(?:les)?quel(?:le)?s|pourquoi|compare[rz]?|difference[s]?|en commun|points? communs?"
        r"|(?:selon|d'apres|dans) (?:les|ces|plusieurs|differentes?) \w+"
        r"|(?:cite|liste|enumere|resume)[rz]?|plusieurs|chacune?|toutes? les|tous les)\b"
    ),
    listing=_LISTING,
    frame=_FRAME,
    why=_WHY,
    how=_HOW,
    summary=_SUMMARY,
    polar=(  # "est-ce que", or a subject behind its verb, also where the hyphens are left out
        r"(?<!qu['\s-])\best[- ]ce qu(?:e\b(?! (?:tu|vous)\b)|')"
        r"|\w-(?:t-)?(?:ils?|elles?|on|je|ce(?! qu))\b(?!-)"
        r"|\b(?:t|est|sont|ont|fut|furent|sera|seront|peut|doit|faut|fait|font|vont|"
        r"\w{2,}(?:ait|ent)) (?:ils?|elles?)\b"
        r"|\bt'(?:ils?|elles?)\b"
    ),
    open=(
        r"\b(?:(?<!importe )quel(?:le)?s?\b(?! que\b| qu')|quoi\b|comment\b|pourquoi\b|combien\b)"
        r"|\b(?:qui|quand)\W*\Z"
        r"|\bet (?:\w+ )?(?:qui|qu'|que|quand)\b"
    ),
    open_before=(
        r"(?:\A\W*(?:et |mais |alors )?"
        r"|\b(?:a|de|par|pour|avec|chez|contre|sur|depuis|jusqu'a) |\b(?:d|jusqu)')"
        rf"{_OPEN_WORD}(?!.*, \S+\Z)"
        r"|, (?:qu'|(?:qui|que|quand) )[^\s,]*(?: [^\s,]+){0,3}\Z"
    ),
    indirect=(
        r"\b(?:dire|dit|savoir|sais|sait|savez|connait(?:re)?|explique[rz]?|precise[rz]?"
        r"|indique[rz]?|mentionne|donne[rz]?|rappele[rz])"
        r"(?:-(?:t-)?(?:ils?|elles?|on))?(?: exactement)?(?: (?:a|de|en|depuis|pour|avec|dans))?"
        r" (?:qui|quand|ce qu[ie]|ce qu')(?:\b|(?<='))"
        r"|\b(?:peut-on|pourrait-on|puis-je|pourrais-je) (?:avoir|connaitre|obtenir|savoir)\b"
    ),
)
_IL = r"(?:(?P<ms>il)|(?P<fs>elle)|(?P<mp>ils)|(?P<fp>elles))\b"
_CLITIC = r"(?P<clitic>(?:[nlsmt]['’]|(?:ne|se|le|la|les|y|en) )*)"
_NOUN_BEHIND = r"(?P<noun>(?:[\w'’]+ ){0,2}?[\w'’]+)(?= ?\?|,| [\w'’]+-)"
FOLLOWUPS = Followups(
    empty=frozenset(
        "dit dire dis pense penser fait faire va vont a-t-il a-t-elle ont-ils ont-elles est-il "
        "est-elle sont-ils sont-elles passe exactement alors ensuite apres avant plus autre autres "
        "chose".split()
    ),
    continues=r"(?:et|mais|qu'en est-il)\b|meme (?:question|chose)\b",
    more=(
        r"(?:(?:peux tu|pouvez vous|svp|s'il te plait|s'il vous plait) )?"
        r"(?:developpe[rz]?|detaille[rz]?|precise[rz]?|continue[rz]?|poursui[st]|poursuivez|"
        r"explique[rz]?|(?:dis|dites)(?: m'en| en)(?: plus| davantage)|"
        r"(?:en )?(?:dire|savoir) plus|plus de details?|donne(?:z)?(?: moi)?(?: plus)? de details?)"
        r"(?: (?:un peu|plus|davantage|svp|s'il te plait|s'il vous plait|encore|ta reponse|"
        r"votre reponse|cela|ca))*"
    ),
    pronoun=(
        r"(?:\by )?(?:[\w']+-(?:t-)?)?\b(?:(?P<his>son|sa|ses|leurs?)"
        r"|il|elle|ils|elles|lui|eux|cel(?:ui|le)-ci|ce(?:ux|lles)-ci|ce dernier|cette derniere"
        r"|ces derni(?:ers|eres)|cela|ca"
        r"|(?:ce|cet|cette|ces)(?= (?!que\b|qui\b|dossier|documents?\b|articles?\b|textes?\b)\w))"
        r"\b"
    ),
    asked=(
        r"(?:\w+ )?(?:quel(?:le)?s? |combien d(?:e |'))[\w'-]+ "
        r"|depuis quand (?:(?:le|la|les|y|en) |l')?"
    ),
    impersonal=(
        r"y |faut-|s'agit-|(?:est-)?il (?:y|faut|s'agit|vrai|possible|question|prevu|est (?:vrai|"
        r"possible|question|prevu))"
    ),
    unnamed=(  # as in "Quels studios l'ont signé ?"
        r"\bl'(?:a|ont|avait|avaient|aura|auront)\b|\bquel(?:le)?s? \w+ (?:le|la|les) (?=\w+\W*\Z)"
    ),
    definite=r"(?<!^)\b(?:(?:le|la|les|du|aux?|ce|cet|cette|ces|son|sa|ses)\b|l')",
    name_joins=r"d[eu]s? |d['’]",
    ellipsis=r"(?:et|mais|qu['’]en est-il)(?: alors)? (?P<said>[^,;:?]{2,80}?)\s*\?*",
    opening=r"(?:et|mais)(?: alors)?,? ",
    same=r"(?:celui|celle|ceux|celles) d",
    who=(
        r"(?:\w+ )?(?:qui\b(?! est\b(?! l[ea']))"
        r"|quel(?:le)?s? (?!est\b|sont\b|etai|jour|an)\w+ (?!les?\b|la\b|l'))"
    ),
    attribute=r"quel(?:le)?s? (?:est|sont|etai(?:t|ent)|sera) |a combien s'eleve ",
    asks=r"\b(?:quand|comment|pourquoi|combien|quel(?:le)?s?)\b",
    joins_questions=(
        r"\w[, ]+(?:et|mais|ou)(?: [ad]e?| en| depuis| par| pour| avec)?"
        r" (?:qui|quand|comment|pourquoi|combien|quel(?:le)?s?)\b"
    ),
    definite_articles=frozenset(("le", "la", "les", "l'")),
    of="de",
    contracted={
        "du": ("de", "le"),
        "des": ("de", "les"),
        "au": ("à", "le"),
        "aux": ("à", "les"),
    },
    elides=r"\b([dDlLqQ]u?)(?:e|a) (?=[aeiouàâéèêîôû]|h(?:abi|eur|ist|omm|ora|uil))(?!onz|oui)",
    rewordings=(
        (
            rf"^(?P<que>que |qu['’])(?P<verb>ai?|ont|avai(?:t|ent))-(?:t-)?{_IL} (?P<done>\w+)",
            r"\g<que>\g<verb> \g<done> {}",
        ),
        (rf"^(?P<que>que |qu['’])(?P<verb>\w+)-(?:t-)?{_IL}", r"\g<que>\g<verb> {}"),
        (
            rf"(?:(?<= )|^){_CLITIC}(?P<verb>\w+)(?P<end>-(?:t-)?{_IL})",
            r"{} \g<clitic>\g<verb>\g<end>",
        ),
        (
            r"(?P<s>l['’])(?P<verb>a|ont|avait|avaient|aura|auront) (?P<done>(?:été )?\w+)",
            r"\g<verb> \g<done> {}",
        ),
        (
            r"^(?P<who>qui|quel(?:le)?s? \w+) (?:(?P<ms>le)|(?P<fs>la)|(?P<p>les)) (?P<verb>\w+)"
            r"(?= ?\?)",
            r"\g<who> \g<verb> {}",
        ),
        (rf"\b(?P<s>son) {_NOUN_BEHIND}", r"le \g<noun> de {}"),
        (rf"\b(?P<s>sa) {_NOUN_BEHIND}", r"la \g<noun> de {}"),
        (rf"\b(?P<s>ses) {_NOUN_BEHIND}", r"les \g<noun> de {}"),
        (rf"\b(?P<p>leurs) {_NOUN_BEHIND}", r"les \g<noun> de {}"),
        (rf"(?<=^Quel est )(?P<p>leur) {_NOUN_BEHIND}", r"le \g<noun> de {}"),
        (rf"(?<=^Quelle est )(?P<p>leur) {_NOUN_BEHIND}", r"la \g<noun> de {}"),
        (r"\bd['’]entre (?P<p>eux|elles)\b", r"de {}"),
    ),
)
REPLIES = Replies(
    none=r"\W*aucun(?:e|s|es)?\b",
    lead=r"\A[-–—•* ]*(?:Oui|Non), (?!(?:mais|et|dit|dis|répond)\w*\b)(?P<first>\w)",
    preamble=(
        r"(?:(?:Les|Ces) extraits (?:\w+ )?(?:montrent|indiquent|disent|précisent|mentionnent|"
        r"affirment|expliquent|révèlent|soulignent|déclarent|démontrent|confirment) qu(?:e |['’])"
        r"|(?:D['’]après|Selon) (?:les|ces) extraits(?: fournis)?, ?)"
    ),
    refusal=(
        r"(?:extraits?|textes?|documents?) (?:fournis )?(?:ne|n')[^.]{0,40}? pas\b"
        r"|aucun(?:e)? (?:extrait|information|reponse)"
        r"|(?:n'est|ne sont|n'est donc) pas (?:mentionne|precise|indique|donne|specifie)"
    ),
    of_excerpts=(
        r"\A\W*(?:Les|Ces) extraits\b"
        r"|\b(?:cité|donné|indiqué|mentionné|précisé)e?s? "
        r"(?:dans|par) (?:les |ces |l['’]|cet )extraits?\b"
    ),
)
_NAMED = (  # a subject with a name in it, and what may stand behind that between commas
    r"(?P<who>(?:(?:[Ll]e|[Ll]a|[Ll]['’]) ?)?(?:[a-zà-ÿ]+ (?:d[eu] |d['’])?)?[A-ZÀ-ÖØ-Þ][\w’'-]+"
    r"(?: (?:d[eu]s? |d['’])?[A-ZÀ-ÖØ-Þ][\w’'-]+){0,3})(?:, [^,]{1,60},)?"
)
_COUNTED = r"(?:environ |plus de |près de )?\d[\d  \u202f\u00a0]* (?P<what>[a-zà-ÿ]+s)\b"
SUGGESTING = Suggesting(
    templates=(
        (
            rf"{_NAMED} (?P<verb>compte|emploie|réunit|regroupe|accueille) {_COUNTED}",
            r"Combien de \g<what> \g<verb> \g<who> ?",
        ),
        (rf"{_NAMED} coûte (?:environ )?\d", r"Combien coûte \g<who> ?"),
        (
            rf"{_NAMED} (?P<verb>dirige|préside|a fondé|a créé) (?P<what>[^,.;]{{4,50}}?)"
            r"(?=[,.;]| en | depuis )",
            r"Qui \g<verb> \g<what> ?",
        ),
        (
            rf"{_NAMED} a été (?P<done>fondée?|créée?|fermée?|inaugurée?) (?:en|le) ",
            r"Quand a été \g<done> \g<who> ?",
        ),
    ),
    about="Que dit le document « {} » ?",
    spoken=r"\b(?:nous|notre|nos|vous|votre|vos|je|j'|mon|ma|mes|moi)\b",
)
