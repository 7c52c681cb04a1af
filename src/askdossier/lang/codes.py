"""What languages call themselves, by their codes (ISO 639-1)."""

from __future__ import annotations

from askdossier.core import Language

_NAMES: dict[Language, str] = {
    "ar": "العربية", "bg": "български", "ca": "català", "cs": "čeština", "da": "dansk",
    "de": "Deutsch", "el": "ελληνικά", "en": "English", "es": "español", "et": "eesti",
    "fa": "فارسی", "fi": "suomi", "fr": "français", "he": "עברית", "hi": "हिन्दी",
    "hr": "hrvatski", "hu": "magyar", "id": "bahasa Indonesia", "it": "italiano", "ja": "日本語",
    "ko": "한국어", "lt": "lietuvių", "lv": "latviešu", "nl": "Nederlands", "no": "norsk",
    "pl": "polski", "pt": "português", "ro": "română", "ru": "русский", "sk": "slovenčina",
    "sl": "slovenščina", "sr": "српски", "sv": "svenska", "th": "ไทย", "tr": "Türkçe",
    "uk": "українська", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip


def named(language: Language) -> str:
    """The name of a language in itself; its code where that is not known."""
    return _NAMES.get(language, language)
