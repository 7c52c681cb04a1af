"""Twenty invented pages in the manner of press sites, blogs, forums and administrations.

Each is made of what is to stay and of the frame around it, so that both can be counted by line.
"""

# The pages are written as such pages are.
# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """What a page is about."""

    title: str
    standfirst: str
    byline: str
    paragraphs: tuple[str, ...]
    subheading: str
    items: tuple[str, ...]
    remarks: tuple[str, ...]
    """What its readers say."""

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.title, self.standfirst, *self.paragraphs, self.subheading, *self.items)


LONG = Text(
    "Le bac de Port-Ligné reprend la Vouzonne",
    "Après deux ans à quai, le bac passera de nouveau d’une rive à l’autre dès le 12 avril.",
    "Par Solange Trévidic — Publié le 3 mars 2025 à 18 h 04",
    (
        "Il fallait faire le tour par le pont de Rézay, soit onze kilomètres. Depuis mardi, le "
        "vieux bac attend de nouveau au ponton, repeint en vert.",
        "Les travaux ont coûté 218 000 euros, dont 140 000 payés par le département.",
        "« On n’y croyait plus », dit Achille Morvan, le passeur.",
        "Le premier départ est à 6 h 40.",
        "La coque, de 1954, a été changée à moitié ; le moteur vient d’un remorqueur.",
        "Abonnement : 12 € par mois.",
        "Le conseil avait d’abord voulu un pont. Il y a renoncé en 2021, faute d’argent.",
    ),
    "Ce qui change pour les habitants",
    (
        "Le passage reste gratuit pour les piétons.",
        "Les vélos paient 1 €.",
        "Téléchargez l’application Passeur pour réserver",
        "Pas de passage le dimanche.",
    ),
    (
        "Enfin ! Mes enfants iront à l’école sans faire le tour.",
        "Et les jours de crue ?",
        "Bravo à Achille.",
    ),
)
SHORT = Text(
    "Fermeture de la piscine Garonnel",
    "La piscine ferme trois semaines.",
    "Rédigé par le service des sports, le 14 mai 2025",
    (
        "La piscine Garonnel sera fermée du 2 au 22 juin, le temps de refaire les vestiaires.",
        "Les cours sont reportés.",
        "Renseignements au 05 36 49 10 10.",
    ),
    "Pendant les travaux",
    ("La patinoire reste ouverte.", "Le bassin de Luzanne accueille les clubs."),
    ("Merci pour l’information.", "Est-ce que les abonnements sont prolongés ?"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, the lines that must stay, and those that must go."""

    name: str
    html: str
    stays: tuple[str, ...]
    goes: tuple[str, ...]


def _tags(name: str, lines: Sequence[str], attributes: str = "") -> str:
    return "".join(f"<{name}{attributes}>{line}</{name}>" for line in lines)


def _links(lines: Sequence[str]) -> str:
    return (
        "<ul>"
        + "".join(f'<li><a href="/{i}">{line}</a></li>' for i, line in enumerate(lines))
        + "</ul>"
    )


def _head(text: Text, site: str) -> str:
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{text.title} | {site}'
        "</title></head>"
    )


MENU = ("À la une", "Politique locale", "Sports et loisirs", "Nos annonces légales")
FOOT = ("Mentions légales", "Gestion des cookies", "Nous rejoindre", "© 2025 Tous droits réservés")
CONSENT = "Nous et nos 214 partenaires utilisons des cookies pour mesurer l’audience et vous proposer des publicités."
RELATED = ("La halle rouvre samedi", "Un drakkar trouvé dans la vase de Lozé", "Le maire répond")


def _press(text: Text) -> Page:
    first, *rest = text.paragraphs
    goes = (
        *MENU,
        *FOOT,
        CONSENT,
        *RELATED,
        "Sur le même sujet",
        "Recevez notre newsletter du matin",
        "Partager sur Facebook",
        "Les plus lus",
        "Accueil",
        "Val de Vouzonne",
        "Lire aussi : La halle rouvre samedi",
        "Laisser un commentaire",
    )
    html = f"""{_head(text, "L’Écho de la Vouzonne")}<body>
<div id="cookie-banner" role="dialog"><p>{CONSENT}</p><button>Tout accepter</button></div>
<header class="site-header"><nav>{_links(MENU)}</nav></header>
<ol class="breadcrumb"><li><a href="/">Accueil</a></li><li><a href="/v">Val de Vouzonne</a></li></ol>
<main><article><header><h1>{text.title}</h1><p class="chapo">{text.standfirst}</p>
<p class="byline">{text.byline}</p></header>
<ul class="share-buttons"><li><a href="#">Partager sur Facebook</a></li></ul>
<div class="article-body"><p>{first}</p><p><strong>Lire aussi :</strong> <a href="/h">La halle rouvre samedi</a></p>
{_tags("p", rest)}<h2>{text.subheading}</h2><ul>{_tags("li", text.items)}</ul></div>
<aside class="newsletter"><p>Recevez notre newsletter du matin</p><form><input><button>OK</button></form></aside>
<section class="related"><h2>Sur le même sujet</h2>{_links(RELATED)}</section></article></main>
<aside class="sidebar"><h3>Les plus lus</h3>{_links(RELATED)}</aside>
<section id="comments" class="comments"><h2>{len(text.remarks)} commentaires</h2>
{_tags("p", text.remarks)}<p>Laisser un commentaire</p></section>
<footer>{_links(FOOT)}</footer></body></html>"""
    return Page("press", html, (*text.lines, text.byline, *text.remarks), goes)


def _press_soup(text: Text) -> Page:
    """An older site: no element says what it is."""
    goes = (*MENU, *FOOT, *RELATED, "A lire aussi")
    html = f"""{_head(text, "Le Courrier de Lozé")}<body><div id="haut"><div class="onglets">{_links(MENU)}</div></div>
<div id="page"><div id="centre"><div class="titre"><h1>{text.title}</h1></div><div class="date">{text.byline}</div>
<div class="intro"><b>{text.standfirst}</b></div><div class="texte">{_tags("p", text.paragraphs)}
<h3>{text.subheading}</h3><ul>{_tags("li", text.items)}</ul></div></div>
<div id="droite"><div class="bloc"><h4>A lire aussi</h4>{_links(RELATED)}</div></div></div>
<div id="bas">{_links(FOOT)}</div></body></html>"""
    return Page("press_soup", html, (*text.lines, text.byline), goes)


def _blog(text: Text) -> Page:
    goes = (
        *MENU,
        *RELATED,
        "Articles récents",
        "Archives",
        "janvier 2025",
        "Fièrement propulsé par WordPress",
        "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *",
        "Laisser un commentaire Annuler la réponse",
        "Répondre",
        "Partager :",
        "Article précédent : La brume",
    )
    remarks = "".join(
        f'<li class="comment"><div class="comment-body"><p>{remark}</p><div class="reply"><a href="#">Répondre</a></div></div></li>'
        for remark in text.remarks
    )
    html = f"""{_head(text, "Carnet d’eau douce")}<body class="single"><div id="page"><header id="masthead">
<nav class="main-navigation">{_links(MENU)}</nav></header><div id="content"><main id="main"><article class="post">
<h1 class="entry-title">{text.title}</h1><div class="entry-meta">{text.byline}</div><div class="entry-content">
<p><em>{text.standfirst}</em></p>{_tags("p", text.paragraphs)}<h2>{text.subheading}</h2><ul>{_tags("li", text.items)}</ul>
<div class="sharedaddy"><h3>Partager :</h3><ul><li><a href="#">X</a></li></ul></div></div></article>
<nav class="post-navigation"><a href="/b">Article précédent : La brume</a></nav>
<div id="comments" class="comments-area"><h2>{len(text.remarks)} réflexions</h2><ol class="comment-list">{remarks}</ol>
<div id="respond"><h3>Laisser un commentaire <a href="#">Annuler la réponse</a></h3><form><p>Votre adresse e-mail ne sera
pas publiée. Les champs obligatoires sont indiqués avec *</p></form></div></div></main>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Articles récents</h2>{_links(RELATED)}</section>
<section class="widget"><h2>Archives</h2>{_links(["janvier 2025"])}</section></aside></div>
<footer id="colophon"><p>Fièrement propulsé par WordPress</p></footer></div></body></html>"""
    return Page("blog", html, (*text.lines, text.byline, *text.remarks), goes)


def _letter(text: Text) -> Page:
    """A letter on a platform of newsletters."""
    goes = (
        "Abonnez-vous pour recevoir les prochaines lettres",
        "Partager cet article",
        "Restack",
        "Se connecter",
        *RELATED,
        "Commencer la lecture gratuite",
        CONSENT,
    )
    html = f"""{_head(text, "Lettres de la rive")}<body><div class="topbar"><a href="/">Se connecter</a></div>
<div class="single-post"><article><div class="post-header"><h1 class="post-title">{text.title}</h1>
<h3 class="subtitle">{text.standfirst}</h3><div class="byline">{text.byline}</div></div><div class="body markup">
{_tags("p", text.paragraphs[:2])}<div class="subscription-widget"><p>Abonnez-vous pour recevoir les prochaines lettres</p>
<form><input><button>S’abonner</button></form></div>{_tags("p", text.paragraphs[2:])}
<h2>{text.subheading}</h2><ol>{_tags("li", text.items)}</ol><p class="button-wrapper"><a class="button" href="#">Partager cet article</a></p>
</div><div class="post-footer"><a href="#">Restack</a></div></article></div>
<div class="discussion"><div class="comments">{_tags("p", text.remarks)}</div></div>
<div class="more"><h4>Commencer la lecture gratuite</h4>{_links(RELATED)}</div>
<div class="cookie-consent"><p>{CONSENT}</p></div></body></html>"""
    return Page("letter", html, (*text.lines, text.byline, *text.remarks), goes)


def _forum(text: Text) -> Page:
    goes = (
        *MENU,
        "Messages : 213",
        "Qui est en ligne ?",
        "Propulsé par phpBB",
        "Retourner vers Vie du port",
        "Haut",
    )
    said = (text.standfirst, *text.paragraphs, *text.remarks)
    posts = "".join(
        f"""<div class="post"><dl class="postprofile"><dt><a href="#">marin{i}</a></dt><dd>Messages : 213</dd></dl>
<div class="postbody"><div class="content">{line}</div></div><div class="back2top"><a href="#top">Haut</a></div></div>"""
        for i, line in enumerate(said)
    )
    html = f"""{_head(text, "Forum du port")}<body id="phpbb"><div id="wrap"><div id="page-header"><div class="navbar">{_links(MENU)}</div></div>
<div id="page-body"><h2 class="topic-title">{text.title}</h2>{posts}<div class="action-bar"><a href="#">Retourner vers Vie du port</a></div>
<div class="stat-block"><h3>Qui est en ligne ?</h3><p>Utilisateurs parcourant ce forum : Aucun membre et 3 invités</p></div></div>
<div id="page-footer"><p>Propulsé par phpBB</p></div></div></body></html>"""
    return Page("forum", html, (text.title, *said), goes)


def _thread(text: Text) -> Page:
    """A forum of another make, each message an article."""
    said = (text.standfirst, *text.paragraphs, *text.items, *text.remarks)
    posts = "".join(
        f"""<article class="topic-post"><div class="names"><a href="/u">rive{i}</a></div><div class="cooked"><p>{line}</p></div>
<nav class="post-controls"><button title="aimer">J’aime</button><button>Répondre</button></nav></article>"""
        for i, line in enumerate(said)
    )
    goes = (*RELATED, *MENU, "Sujets similaires", "Activité", "J’aime")
    html = f"""{_head(text, "Échanges de la rive")}<body><header class="d-header"><nav>{_links(MENU)}</nav></header>
<div id="main-outlet"><h1>{text.title}</h1><div class="posts">{posts}</div><div class="more-topics"><h3>Sujets similaires</h3>
<table><tr><th>Sujet</th><th>Activité</th></tr>{"".join(f"<tr><td><a href='/s'>{line}</a></td><td>3 j</td></tr>" for line in RELATED)}
</table></div></div></body></html>"""
    return Page("thread", html, (text.title, *said), goes)


def _town(text: Text) -> Page:
    """A town hall: questions that fold away, a box with hours that belongs to the text."""
    questions = "".join(
        f"""<div class="accordion-item"><h3><button class="accordion-button" aria-expanded="false">{line.rstrip(".")} : ce qu’il faut savoir</button></h3>
<div class="accordion-collapse collapse" aria-hidden="true" style="display: none"><p>{line}</p></div></div>"""
        for line in text.items
    )
    goes = (
        *MENU,
        *FOOT,
        "Aller au contenu",
        "Cette page vous a-t-elle été utile ?",
        "Partager la page",
        "Vous êtes ici :",
    )
    html = f"""{_head(text, "Ville de Lozé")}<body><a class="skip-link" href="#contenu">Aller au contenu</a>
<header role="banner"><nav role="navigation">{_links(MENU)}</nav></header>
<nav class="fr-breadcrumb" aria-label="vous êtes ici :"><p>Vous êtes ici :</p>{_links(["Accueil"])}</nav>
<main id="contenu"><h1>{text.title}</h1><p class="lead">{text.standfirst}</p><p class="date">{text.byline}</p>
{_tags("p", text.paragraphs)}<h2>{text.subheading}</h2><div class="accordion">{questions}</div>
<div class="encart"><h2>Horaires du guichet</h2><p>Lundi : 9 h – 12 h<br>Jeudi : 14 h – 18 h 30</p></div>
<div class="share"><p>Partager la page</p><ul><li><a href="#">Partager sur Facebook</a></li></ul></div>
<div class="feedback"><p>Cette page vous a-t-elle été utile ?</p><button>Oui</button><button>Non</button></div></main>
<footer role="contentinfo">{_links(FOOT)}</footer></body></html>"""
    return Page(
        "town",
        html,
        (
            *text.lines,
            text.byline,
            "Horaires du guichet",
            "Lundi : 9 h – 12 h",
            "Jeudi : 14 h – 18 h 30",
        ),
        goes,
    )


def _service(text: Text) -> Page:
    """An administration: what applies to whom stands behind tabs."""
    goes = (*MENU, *FOOT, "Ouvrir tout", "Cookies et traceurs")
    html = f"""{_head(text, "Démarches.exemple")}<body><div class="modal" role="dialog" aria-hidden="true"><p>Cookies et traceurs</p></div>
<header><div class="menu">{_links(MENU)}</div></header><main role="main"><h1>{text.title}</h1><p>{text.standfirst}</p>
<p class="verifie">{text.byline}</p><button class="fold-all">Ouvrir tout</button>
<div class="tabs"><ul role="tablist"><li><a role="tab" href="#un" aria-controls="un">Cas général</a></li>
<li><a role="tab" href="#deux" aria-controls="deux">{text.subheading}</a></li></ul>
<div role="tabpanel" id="un">{_tags("p", text.paragraphs)}</div>
<div role="tabpanel" id="deux" hidden><ol>{_tags("li", text.items)}</ol></div></div>
<details><summary>Textes de référence</summary><p>Arrêté du 3 février 2025, article 4</p></details></main>
<footer class="footer">{_links(FOOT)}</footer></body></html>"""
    stays = (
        *text.lines,
        text.byline,
        "Cas général",
        "Textes de référence",
        "Arrêté du 3 février 2025, article 4",
    )
    return Page("service", html, stays, goes)


def _wiki(text: Text) -> Page:
    goes = (
        *MENU,
        "Catégories : Bac fluvial",
        "Pages liées",
        "Dernière modification de cette page le 4 mai 2025.",
        "[modifier]",
    )
    html = f"""{_head(text, "Encyclopédie des rives")}<body class="mediawiki"><div id="mw-navigation"><div class="vector-menu">{_links(MENU)}</div></div>
<div id="content" role="main"><h1 id="firstHeading">{text.title}</h1><div id="mw-content-text"><div class="mw-parser-output">
<table class="infobox"><tr><th>Longueur</th><td>14 m</td></tr><tr><th>Capacité</th><td>22 personnes</td></tr></table>
<p>{text.standfirst}<sup class="reference"><a href="#n1">[1]</a></sup></p>{_tags("p", text.paragraphs)}
<h2>{text.subheading}<span class="mw-editsection">[modifier]</span></h2><ul>{_tags("li", text.items)}</ul>
<h2>Références</h2><ol class="references"><li id="n1">A. Morvan, Le Passage, 1987.</li></ol></div></div></div>
<div id="mw-panel"><h3>Pages liées</h3></div><div id="catlinks" class="catlinks">Catégories : Bac fluvial</div>
<footer id="footer"><p>Dernière modification de cette page le 4 mai 2025.</p></footer></body></html>"""
    stays = (
        *text.lines,
        "Longueur: 14 m",
        "Capacité: 22 personnes",
        "A. Morvan, Le Passage, 1987.",
    )
    return Page("wiki", html, stays, goes)


def _club(text: Text) -> Page:
    """A club's page made with a site builder: prices, steps, what is asked often."""
    goes = (*MENU, *FOOT, "Suivez-nous sur les réseaux sociaux", "Votre panier est vide")
    html = f"""{_head(text, "Club nautique")}<body><div class="header-wrapper"><div class="navbar">{_links(MENU)}</div>
<div class="mini-cart" role="dialog"><p>Votre panier est vide</p></div></div><div class="page-content"><section><h1>{text.title}</h1>
<p>{text.standfirst}</p>{_tags("p", text.paragraphs)}</section><section><h2>{text.subheading}</h2><ul>{_tags("li", text.items)}</ul></section>
<section><h2>Tarifs</h2><table><tr><th>Formule</th><th>Prix</th></tr><tr><td>Enfant</td><td>45 €</td></tr><tr><td>Adulte</td><td>90 €</td></tr></table>
<p>À partir de 9 € par mois, sans engagement</p></section><section><h2>S’inscrire</h2><ol><li>Copier le lien</li><li>Veuillez saisir votre âge</li>
<li>Envoyer</li></ol></section><div class="faq"><dl><dt>Faut-il savoir nager ?</dt><dd hidden>Oui, 25 mètres.</dd></dl></div></div>
<div class="footer"><p>Suivez-nous sur les réseaux sociaux</p>{_links(FOOT)}</div></body></html>"""
    stays = (
        *text.lines,
        "Formule: Enfant | Prix: 45 €",
        "Formule: Adulte | Prix: 90 €",
        "Copier le lien",
        "Envoyer",
        "À partir de 9 € par mois, sans engagement",
        "Veuillez saisir votre âge",
        "Faut-il savoir nager ?",
        "Oui, 25 mètres.",
    )
    return Page("club", html, stays, goes)


_MAKERS: tuple[Callable[[Text], Page], ...] = (
    _press, _press_soup, _blog, _letter, _forum, _thread, _town, _service, _wiki, _club,
)  # fmt: skip


def pages() -> Iterator[Page]:
    """All of them."""
    for text, size in ((LONG, "long"), (SHORT, "short")):
        for maker in _MAKERS:
            page = maker(text)
            yield Page(f"{page.name}-{size}", page.html, page.stays, page.goes)
