"""Whether what a claim says belongs together in its source, by the grammar of both.

``compared`` parses a claim and what it cites into stretches of words; every other file compares the
two in one respect. Where a language has no grammar, or claim and source are in two languages,
nothing is compared and nothing is found.
"""
