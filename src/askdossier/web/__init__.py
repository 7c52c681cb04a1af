"""The web chat: Gradio over ``dossier``.

``guard`` says who gets in and ``sessions`` who is in; ``page`` serves, ``chat`` answers the
browser, with ``documents``, ``sources`` and ``keeping`` for its screens; ``turn`` follows one
question, ``stepwise`` without holding a thread; ``conversations`` keeps what was said and
``export`` gives it away, ``uploads`` holds what a browser sends, ``library`` sees to the files and
``work`` to what takes long; ``render`` makes HTML, ``texts`` holds the words, ``style.css`` and
``client`` the looks and the clicks. ``preferences`` keeps the settings; ``api`` and ``tools`` are
for other programs, which need no Gradio.
"""
