"""How English words hang together, and what full stop ends no English sentence."""

from __future__ import annotations

from askdossier.lang.lexicon import Spelling

SPELLING = Spelling(
    clitics=r"n't$|'(?:s|re|ve|ll|d|m)?$",
    titles=frozenset("mr mrs ms messrs dr prof sr rev hon gen lt col sgt capt cdt cne".split()),
    never_last=frozenset("cf vs e.g i.e".split()),
    before_number=frozenset(
        "art p pp no nos vol vols ch fig figs sec eq ref jan feb mar apr jul aug sep sept oct nov "
        "dec ed op".split()
    ),
    abbreviations=frozenset(
        "al inc ltd co corp jr sr st mt ave blvd dept univ ed a.m p.m bros fig ibid op cit "
        "loc apr".split()
    ),
    starters=frozenset(
        "the a an this that these those it he she we you they i but and so in on at for from with "
        "without when while if as after before since there here his her its their my our your not "
        "no yes what who how why where by of to however then also both some many most all".split()
    ),
)
