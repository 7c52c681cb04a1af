"""What boilerplate looks like, in French and English: patterns for whole lines.

The patterns see the folded line: lower case, no accents, straight apostrophes and quotes, no list
marker. They name kinds of boilerplate (consent, sharing, comment forms, walls, menus…), never a
site. They know nothing of the lines around. All but the lines of a table of contents are what web
pages say.
"""

from __future__ import annotations

import re

from askdossier.text import fold

# What a page alone says, of itself.
_CERTAIN: tuple[tuple[str, str], ...] = (
    (
        "comment form",
        r"""
          (?:laisse[rz]|ajoute[rz]|ecri(?:re|vez)|poste[rz]|publie[rz]|depose[rz])
            \ (?:un|votre)\ commentaires?(?:\ annuler\ la\ reponse)?
        | (?:leave|add|post|write)\ a\ (?:comment|reply|review)(?:\ cancel\ reply)?
        | annuler\ la\ reponse | cancel\ reply
        | repondre\ a\ ce\ commentaire | reply\ to\ this\ comment
        | (?:veuillez|merci\ de|please)\ (?:saisir|entrer|indiquer|renseigner|enter|type)
            \ (?:votre|your)\ (?:commentaire|nom|e-?mail|comment|name)\b.{0,20}
        | votre\ adresse(?:\ (?:e-?mail|de\ messagerie|electronique|courriel))?
            \ ne\ sera\ pas\ publiee.*
        | your\ e-?mail\ address\ will\ not\ be\ published.*
        | les\ champs\ obligatoires\ sont\ (?:indiques|marques)\ .{0,20}
        | required\ fields\ are\ marked.{0,5}
        | enregistrer\ mon\ nom,?\ .{0,20}(?:e-?mail|courriel).*
        | save\ my\ name,?\ e-?mail.*
        | (?:prevenez-moi|avertissez-moi|notifiez-moi|notify\ me)\ .{0,20}
            (?:nouveaux?\ (?:commentaire|article)|(?:follow-up|new)\ (?:comment|post)).*
        | (?:ce\ site\ utilise|this\ site\ uses)\ akismet.*
        | en\ savoir\ plus\ sur\ (?:la\ facon\ dont|comment)\ les\ donnees\ de\ vos\ commentaires.*
        | learn\ how\ your\ comment\ data\ is\ processed.*
        | (?:soyez|be)\ (?:le\ premier\ a|the\ first\ to)\ (?:commenter|comment).*
        | les\ commentaires\ sont\ (?:fermes|desactives|clos).*
        | comments\ are\ (?:closed|disabled).*
        | (?:vous\ devez|you\ must)\ (?:etre\ connecte|vous\ connecter|be\ logged\ in).{0,40}
            (?:commentaire|commenter|repondre|participer|comment|reply).{0,20}
        | (?:connectez-vous|log\ in|sign\ in)\ (?:pour|to)\ (?:commenter|repondre|comment|reply).*
        | (?:signaler|report)\ (?:ce|this)\ (?:commentaire|comment)
        | ce\ (?:message|commentaire)\ a\ ete\ (?:supprime|retire|masque).{0,100}
        | this\ (?:message|comment)\ (?:has\ been|was)\ (?:deleted|removed|hidden).{0,60}
        """,
    ),
    (
        "consent",
        r"""
          (?:ce\ site|notre\ site|this\ site|this\ website)\ (?:utilise|uses)
            \ (?:\S+\ ){0,3}cookies.*
        | (?:nous\ (?:et\ nos\ (?:\d+\ )?partenaires\ )?utilisons
            |we\ (?:and\ our\ (?:\d+\ )?partners\ )?use)\ (?:\S+\ ){0,3}cookies\b
            .*(?:accept|consent|navigation|experience|trafic|traffic|audience|publicit|site|partner
            |preferenc|traceurs|tracking).*
        | en\ (?:poursuivant|continuant)\ (?:votre\ navigation|a\ naviguer).*
        | by\ (?:continuing\ to\ (?:use|browse)|using)\ (?:this|our)\ (?:site|website)
            .*(?:cookie|agree|accept).*
        | (?:accepter|refuser|accept|reject|allow|decline)(?:\ all|\ tous)?(?:\ les)?\ cookies
        | (?:gerer|parametrer|gestion\ des|parametres\ des|modifier|personnaliser|manage)
            (?:\ mes|\ les|\ vos|\ my|\ your)?\ (?:cookies|consentements?)
        | (?:continuer|poursuivre)\ sans\ accepter | cookie\ (?:settings|preferences|notice)
        | do\ not\ sell\ my\ personal\ information
        """,
    ),
    (
        "sharing",
        r"""
          (?:vous\ avez\ aime|cet\ article\ vous\ a\ plu|if\ you\ (?:liked|enjoyed)\ this).{0,60}
            (?:partage|share).{0,60}
        | (?:partage[rz]|share)\ (?:(?:cet|ce|cette|this)\ |l')
            (?:article|page|billet|contenu|post|publication|story)
            (?:\ (?:sur|on|via|with|avec|par\ e-?mail)(?:\ .{2,40})?)?\s?[:!]?
        | (?:partage[rz]|share)\ (?:sur|on|via)\ (?:\S+\ )?
            (?:facebook|twitter|x|linkedin|whatsapp|instagram|pinterest|bluesky|mastodon|telegram
            |reddit|les\ reseaux(?:\ sociaux)?)
        | imprimer\ cet\ article | print\ this(?:\ page|\ article)?
        | (?:suivez|retrouvez|rejoignez|follow)[-\ ](?:nous|us)\b.{0,80}
            (?:\bsur\b|\bon\b|reseaux|social).{0,60}
        | .{0,120}\bretrouvez\ .{0,80}
            (?:reseaux\ sociaux|facebook|twitter|instagram|linkedin).{0,80}
        | cliquez\ pour\ (?:partager|envoyer).* | click\ to\ share.*
        """,
    ),
    (
        "subscription",
        r"""
          abonnez-vous\ (?:pour|a\ partir|des|maintenant|a\ (?:notre|la)\ newsletter).{0,80}
        | (?:si\ vous\ etes\ )?deja\ (?:abonne|inscrit|membre|un\ compte)(?:\(?e\)?)?\s?\??
            (?:\ ?(?:identifiez|connectez)-vous.{0,40}|\ se\ connecter.{0,20})
        | (?:cet\ |ce\ )?(?:article|contenu)?\ ?(?:est\ )?(?:reserve|exclusivement\ reserve)
            \ (?:a\ nos|aux)\ abonne(?:e?s|.e.s|\(e\)s)?.{0,40}
        | il\ vous\ reste\ .{1,20}\ (?:de\ cet\ article\ )?a\ lire.{0,60}
        | la\ suite\ (?:est\ )?(?:reservee|de\ cet\ article).{0,60}abonne.{0,40}
        | (?:subscribe|sign\ in|log\ in|register|sign\ up)\ (?:now\ |today\ )?to
            \ (?:continue|keep|read|unlock|get).{0,80}
        | already\ (?:a\ |have\ )?(?:subscriber|member|an\ account|subscribed)\s?\??
            (?:\ (?:log|sign)\ ?in.{0,30})?
        | this\ (?:article|content|story)\ is\ (?:for|reserved\ for|available\ to)
            \ (?:paid\ |our\ )?(?:subscribers|members).{0,40}
        | (?:inscrivez-vous|abonnez-vous|recevez|s'inscrire|s'abonner|subscribe|sign\ up).{0,60}
            (?:newsletter|infolettre|lettre\ d'information).{0,80}
        | (?:lire\ la\ suite(?:\ de\ l'article)?|read\ more)(?:\ ?[>→…"]|\ \.\.\.)?
        | continue\ reading.{0,60} | offrir\ cet\ article
        | (?:\.\.\.|…)?\s?pour\ lire\ la\ suite,?\ (?:rejoignez|abonnez|connectez|inscrivez).{0,80}
        """,
    ),
    (
        "platform",
        r"""
          (?:cette\ page|ce\ contenu|this\ page|this\ content)
            \ (?:peut\ (?:inclure|contenir)|may\ (?:include|contain))
            \ (?:du\ contenu|des\ contenus|third[-\ ]party|content)
            .*(?:tiers|third|conseil|advice).*
        | voir\ l'original | view\ original | voir\ la\ traduction | see\ translation
        """,
    ),
    (
        "reading time",
        r"""
          (?:temps|duree)\ de\ lecture\s?:?\s?.{1,25} | reading\ time\s?:?\s?.{1,25}
        | (?:environ\ )?\d{1,3}(?:\ ?[-a]\ ?\d{1,3})?\ ?(?:mn|min|minutes?)\.?
            \ (?:de\ lecture|read|a\ lire)
        """,
    ),
    (
        "menu",
        r"""
          autres\ langues | autres\ actions | other\ languages | more\ languages
        | dans\ d'autres\ langues | in\ other\ languages | choisir\ (?:la|votre)\ langue
        | select\ language
        | (?:aller|passer|acceder)(?:\ directement)?
            \ (?:au\ contenu|a\ la\ navigation|au\ menu|a\ la\ recherche)(?:\ principale?)?
        | skip\ to\ (?:main\ )?(?:content|navigation)
        | (?:retour\ en\ )?haut\ de\ (?:la\ )?page | retour\ en\ haut | back\ to\ top
        | toggle\ navigation
        | la\ suite\ apres\ cette\ (?:publicite|annonce)
        | (?:story\ )?continues\ below\ advertisement
        | \(?(?:clic|cliquez|cliquer|click)\ (?:sur|on)\ (?:l'|une\ |the\ |les\ |an?\ )?
            (?:image|photo|vignette|picture)s?\ (?:pour|to)\ (?:l'|les\ )?
            (?:agrandir|enlarge|zoom).{0,20}
        | suivre\ ce\ blog | creer\ (?:mon|un)\ blog.{0,40} | accueil\ du\ blog | editer\ l'article
        | vous\ etes\ ici\s?:.{0,100} | you\ are\ here\s?:.{0,100}
        | (?:previous|next)\ (?:article|post)\s?:?.{0,100}
        | (?:accueil|home)\ ?[>"›]\ ?.{1,150}
        """,
    ),
)
_CERTAIN_PATTERNS = tuple((kind, re.compile(pattern, re.VERBOSE)) for kind, pattern in _CERTAIN)
_LONGEST_CERTAIN = 600
_GLUED_BREADCRUMB = re.compile(
    r"(?:Accueil|Home)(?:[A-ZÉÀ][\w'’ &-]{1,40})?[A-ZÉÀ].{5,150}(?:\.\.\.|…)"
)


def certain(text: str, key: str) -> str:
    """The kind of a line that nobody writes in an article, or "" for any other line.

    ``text`` is the line and ``key`` its folded form.
    """
    if len(key) > _LONGEST_CERTAIN:
        return ""
    if _GLUED_BREADCRUMB.fullmatch(text):
        return "menu"
    bare = key.rstrip(" !.")
    forms = (key,) if bare == key else (key, bare)
    for kind, pattern in _CERTAIN_PATTERNS:
        if any(pattern.fullmatch(form) for form in forms):
            return kind
    return ""


# Alone they are words like any others; in a run of such lines they are buttons and menus.
_BUTTON = r"""
    (?:\d{1,6}\ )?(?:
      commentaires?|comments?|reponses?|replies|reply|repondre|j'aime|like|likes|partages?|shares?
    | vues|views|recompense|reposter|repost|signaler|report|favoris?|enregistrer|save|suivre|follow
    | abonnes?|followers?|communaute|community|menu|recherche|rechercher|search|accueil|home
    | contact|contactez-nous|contact\ us|a\ propos|about|about\ us|qui\ sommes-nous|connexion
    | se\ connecter|login|log\ in|sign\ in|sign\ up|register|s'inscrire|inscription|mon\ compte
    | my\ account|s'abonner|subscribe|newsletter|boutique|shop|panier|cart|plan\ du\ site|sitemap
    | faq|aide|help|navigation|outils|tools|imprimer|print|envoyer|send|facebook|twitter|x
    | instagram|linkedin|youtube|whatsapp|telegram|tiktok|pinterest|bluesky|mastodon|threads
    | reddit|e-?mail|courriel|rss|fermer|close|precedent|suivant|previous|next|publicite
    | advertisement|annonce|sponsored|sponsorise|tags?|etiquettes?|categories?|nom|name|site\ web
    | website|supprimer|delete|modifier|edit|voir\ plus|see\ more|show\ more|plus|more|ok|annuler
    | cancel|valider|submit|accepter|refuser|langues?|languages?|traduire|translate
    | mentions\ legales | cg[uv](?:\ et\ cg[uv])?
    | conditions\ generales(?:\ d'utilisation|\ de\ vente)?
    | (?:politique|charte)\ (?:de|des|sur\ les)\ (?:confidentialite|cookies)
    | donnees\ personnelles
    | privacy(?:\ policy)?|cookie\ policy|terms(?:\ of\ (?:use|service)|\ and\ conditions)?
    )
"""
_LIKELY = re.compile(rf"{_BUTTON} \s?(?:\d{{1,6}}|[*:])? | (?:©|copyright)\ .{{2,80}}", re.VERBOSE)
# What a guide, minutes or a price list may say as well.
_AMBIGUOUS = re.compile(
    r"""
      (?:laisse[rz]|ajoute[rz]|ecri(?:re|vez)|poste[rz]|publie[rz]|depose[rz])
        \ (?:un|votre)\ (?:avis|message)s?
    | (?:veuillez|merci\ de|please)\ (?:saisir|entrer|indiquer|renseigner|enter|type)
        \ (?:votre|your)\ .{2,40}
    | (?:aucun|pas\ de|pas\ encore\ de|no)\ (?:commentaires?|comments?)
        (?:\ pour\ le\ moment|\ yet)?
    | (?:signaler|report)\ (?:un|a)\ (?:commentaire|comment|abus)
    | 0\ ?/\ ?\d{2,5}(?:\ caracteres|\ characters)?
    | (?:tout|je)\ (?:accepte|refuse)r?
    | (?:accepter|refuser)\ (?:et\ (?:fermer|continuer)|tout|tous)(?:\ les\ cookies)?
    | (?:accept|reject|decline)\ all
    | (?:gerer|modifier|personnaliser|manage)\ (?:mes|les|vos|my|your)\ (?:choix|preferences)
    | (?:partage[rz]|share)(?:\ (?:sur|on|via|with|avec|par\ e-?mail)(?:\ .{2,40})?)?\s?[:!]?
    | tweete[rz] | epingler | retweeter | envoyer\ par\ (?:e-?mail|courriel)
    | copier\ le\ lien | copy\ link | pin\ it | email\ this | article\ offert
    | (?:et\ )?accedez\ a\ (?:l'integralite|la\ totalite|tous\ les|toutes\ les)\b.{0,100}
        (?:site|articles?|contenus?|application|mobile)\b.{0,40}
    | a\ partir\ de\ .{1,20}\ (?:le\ 1er\ mois|par\ mois|/\ ?mois).{0,60}
    | .{0,40}\bsans\ engagement(?:\ de\ duree)?
    | scan(?:ner|nez)?\b.{0,40}(?:pour|to)\ (?:telecharger|download|installer).{0,40}
    | flashez\b.{0,60} | qr\ ?-?code
    | (?:telecharge[rz]|download|installe[rz]|get|obtenir|ouvrir\ dans)
        \ (?:l'|notre\ |the\ |our\ )?(?:\S+\ )?(?:app|appli|application)(?:\ \S+)?
    | (?:disponible\ sur|available\ on|get\ it\ on|telecharger\ (?:dans|sur)|download\ on)
        (?:\ the|\ l')?\ ?(?:google\ play|app\ ?store).*
    | (?:acheter|vendre|trader|trade|buy|sell)(?:\ des|\ les)?
        \ (?:cryptos?|crypto-?monnaies?|cryptocurrenc(?:y|ies)|bitcoins?)
        \ (?:partout|en\ ligne|maintenant|anywhere|anytime|now|a\ tout).{0,40}
    | lecture\s?:?\s?\d{1,3}\ ?(?:mn|min|minutes?)\.?
    | (?:afficher|masquer|ouvrir|fermer|show|hide|open|close)\ (?:le\ |la\ |the\ )?
        (?:menu|sommaire|navigation|search|recherche|sidebar)
    | (?:article|billet|post)\ (?:precedent|suivant)\s?:?.{0,100}
    | (?:accueil|home)\ ?[/|]\ ?[^\d]{1,150}
    """,
    re.VERBOSE,
)
_ACTION = r"""
    (?:partager|share)(?:\ (?:sur|on)\ \w+)? | tweeter | (?:copier\ le|copy)\ l(?:ien|ink)
    | envoyer\ par\ e?-?mail | suivre\ ce\ blog | creer\ mon\ blog | administration
    | aller\ a\ (?:l'accueil|la\ table\ des\ matieres|la\ recherche)
"""
_BAR = re.compile(
    rf"(?:(?:{_ACTION}|{_BUTTON})(?:\ \d{{1,6}})?(?:[\s|·•+/,>-]+|$)){{2,20}}", re.VERBOSE
)


def is_likely(key: str) -> bool:
    """True for the words of buttons, menus and offers, which may also be what a text says."""
    bare = key.rstrip(" !.")
    return len(key) < 150 and (
        (len(key) < 100 and _LIKELY.fullmatch(key) is not None)
        or any(_AMBIGUOUS.fullmatch(form) is not None for form in {key, bare})
    )


def is_button_bar(key: str) -> bool:
    """True for several buttons or menu words on one line and nothing else."""
    return len(key) < 200 and _BAR.fullmatch(key) is not None


_RELATED = re.compile(
    r"""
    (?P<label>
      (?:a\ )?(?:lire|voir|decouvrir|ecouter|consulter)\ (?:aussi|egalement|ensuite)
    | lectures?\ complementaires? | sur\ le\ meme\ (?:sujet|theme)
    | dans\ la\ meme\ (?:rubrique|categorie)
    | (?:articles?|sujets?|billets?|contenus?|discussions?|videos?)
        \ (?:similaires?|lies?|connexes?|recommandes?|associes?)
    | pour\ aller\ plus\ loin
    | (?:vous\ aimerez|vous\ aimeriez|cela\ pourrait\ vous\ interesser
        |vous\ pourriez\ aussi\ aimer).{0,40}
    | les\ plus\ (?:lus|partages|commentes|recents) | a\ la\ une | nos\ derniers\ articles
    | (?:related|similar)\ (?:articles?|posts?|stories|content|reading|topics|threads)
    | (?:read|see)\ (?:also|next)
    | further\ reading | more\ from\ .{2,40} | recommended(?:\ for\ you)?
    | you\ (?:may|might)\ also\ like | most\ (?:read|popular|viewed) | trending(?:\ now)?
    | latest\ (?:news|articles|posts)
    )
    (?:\s*:\s*(?P<rest>.*))?
    """,
    re.VERBOSE,
)
_ALSO_A_SECTION = frozenset(
    {"pour aller plus loin", "further reading", "voir aussi", "see also", "a la une"}
)


def is_related_label(key: str, *, heading: bool) -> bool:
    """True for "Lire aussi" and the like, alone on its line.

    A real heading such as "Pour aller plus loin" begins a section that the author wrote.
    """
    match = _RELATED.fullmatch(key) if len(key) < 80 else None
    if match is None or match["rest"]:
        return False
    return not (heading and match["label"] in _ALSO_A_SECTION)


def is_related_pointer(key: str, *, prose: bool) -> bool:
    """True for "Lire aussi : a headline" on one line."""
    match = _RELATED.fullmatch(key) if len(key) < 250 else None
    if match is None or not match["rest"]:
        return False
    return not (prose and match["label"] in _ALSO_A_SECTION)


_LANGUAGE_NAMES = frozenset(
    fold(name)
    for name in (
        "Français English Deutsch Español Italiano Português Nederlands Polski Русский Українська "
        "中文 简体中文 繁體中文 繁体中文 正體中文 日本語 한국어 العربية بالعربية Türkçe Svenska "
        "Dansk Norsk Suomi Čeština Slovenčina Magyar Română Ελληνικά Български עברית हिन्दी ไทย "
        "فارسی Català "
        "Euskara Galego Hrvatski Srpski Српски Slovenščina Lietuvių Latviešu Eesti Esperanto Latina"
    ).split()
) | {"tieng viet", "bahasa indonesia", "bahasa melayu", "norsk bokmal"}
_LANGUAGE_LINE = re.compile(r"(?P<name>[^()\[\]\d]{2,30}?)\s*(?:\([^()]{2,30}\))?")


def is_language_name(key: str) -> bool:
    """True for a language's name in that language, as language switchers list them."""
    match = _LANGUAGE_LINE.fullmatch(key) if len(key) < 60 else None
    return match is not None and match["name"].strip() in _LANGUAGE_NAMES


_DURATION = re.compile(r"(?:environ )?\d{1,3}(?: ?[-a] ?\d{1,3})? ?(?:mn|min|minutes?)\.?")


def is_duration(key: str) -> bool:
    """True for "5 min": a reading time beside a byline, anything else elsewhere."""
    return len(key) < 30 and _DURATION.fullmatch(key) is not None


_LEADERS = re.compile(
    r"(?P<entry>.{2,150}?)(?<![.…·_])(?<![.…·_]\s)"
    r"\s?(?:[.…·_]\ ?){5,}+\s?(?P<page>\d{1,4}|[ivxlc]{1,7})"
)


def contents_entry(key: str) -> str:
    """What a line of a table of contents names, leader dots and page left out; "" for another."""
    match = _LEADERS.fullmatch(key) if len(key) < 250 else None
    return match["entry"].strip() if match else ""
