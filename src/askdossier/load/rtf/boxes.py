"""Old form fields that are boxes to tick (FORMCHECKBOX)."""

from __future__ import annotations

from dataclasses import dataclass

_A_BOX = 1
"""The kind of field that is one."""
_AS_BEFORE = 25
"""The state of a box that nobody has touched."""


@dataclass(slots=True)
class Boxes:
    """The form field that is being read."""

    _kind: int | None = None
    _state: int = _AS_BEFORE
    _default: int = 0

    def word(self, word: str, number: int | None) -> None:
        """A word of a field; any other changes nothing."""
        match word:
            case "fftype":
                self._kind, self._state, self._default = number, _AS_BEFORE, 0
            case "ffres":
                self._state = number or 0
            case "ffdefres":
                self._default = number or 0

    def take(self) -> str:
        """The box as it is shown, once; empty where the field is none."""
        is_box, self._kind = self._kind == _A_BOX, None
        if not is_box:
            return ""
        return "☒" if (self._default if self._state == _AS_BEFORE else self._state) else "☐"
