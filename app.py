"""The web chat on http://127.0.0.1:7860: the same as ``askdossier chat``."""

from askdossier.cli.chat import chat

if __name__ == "__main__":
    chat()
