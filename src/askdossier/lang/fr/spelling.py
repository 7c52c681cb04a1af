"""How French words hang together, and what full stop ends no French sentence."""

from __future__ import annotations

from askdossier.lang.lexicon import Spelling

SPELLING = Spelling(
    elided=frozenset("l d j m t s n c qu jusqu lorsqu puisqu quoiqu".split()),
    clitics=(
        r"(?:-t)?-(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|moi|toi|lui|leur|y|en|ci|là|la)$"
    ),
    hyphenated=frozenset(
        "peut-être vis-à après-midi rendez-vous week-end grand-mère grand-père grands-parents "
        "demi-heure porte-parole mi-temps e-mail chef-lieu arc-en outre-mer compte-rendu "
        "avant-hier rez-de sous-sol sous-préfet sous-préfecture vice-président "
        "vice-présidente".split()
    ),
    behind_hyphen=frozenset(
        "je tu il elle on nous vous ils elles ce moi toi lui leur y en là ci même mêmes t sur sous "
        "de la le les du des à au aux et en".split()
    ),
    undivided=frozenset("aujourd'hui quelqu'un presqu'île prud'hommes prud'homme".split()),
    titles=frozenset("m mm mme mmes mlle mlles mgr dr drs pr prof vve".split()),
    never_last=frozenset("cf vs p.ex i.e c.-à-d".split()),
    before_number=frozenset(
        "art arts al p pp n no nos num vol vols t tom chap ch fig figs tab sect sec § par para ann "
        "annexe éq l r d v f ff fol col réf janv jan févr fév avr juil jul sept oct nov déc éd "
        "op ligne lig cap livr tél tel fax av bd req env approx ca".split()
    ),
    abbreviations=frozenset(
        "al st ste mt ave bd av blvd dept univ assoc éd coll trad dir hab env ext ex fam sté ets "
        "cie fig ibid op cit loc sq suiv apr qqn qqch syn ant angl lat mme mmes mlle me".split()
    ),
    starters=frozenset(
        "le la les l' un une des du ce cet cette ces c' il elle ils elles on je j' nous vous tu "
        "qui que quoi quand comme mais et ou or donc car en dans pour par avec sans sur sous selon "
        "depuis après avant pendant lors ainsi alors aussi enfin puis cependant toutefois pourtant "
        "si son sa ses leur leurs mon ma mes notre nos votre vos d' à au aux plus tout tous toute "
        "toutes".split()
    ),
    name_articles=frozenset("le la les l' du des de d' van von el al".split()),
)
