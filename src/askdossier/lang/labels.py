"""Labels of parsed words, in groups that several readers of a parse need.

Parts of speech are those of Universal Dependencies (Nivre et al. 2020). Relations too where a
pipeline was trained on its treebanks, as the French one was; the English one has ClearNLP's (Choi
and Palmer 2012), so that each group names both.
"""

from __future__ import annotations

VERBS = frozenset(("VERB", "AUX"))
NOUNS = frozenset(("NOUN", "PROPN"))
OBJECTS = frozenset(("obj", "dobj"))
PASSIVE_SUBJECTS = frozenset(("nsubj:pass", "nsubjpass"))
PASSIVE_AUXILIARIES = frozenset(("aux:pass", "auxpass"))
RELATIVE_CLAUSES = frozenset(("acl:relcl", "relcl"))
