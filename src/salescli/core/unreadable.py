"""What a person typed and no figure or day could be read from: the text, a stable code, the reason as a sentence."""

from __future__ import annotations

from salescli.core.i18n import Message


class Unreadable(ValueError):
    """Text that cannot be read. `why` is a stable code, `message` the translatable reason; its facts hold the text too."""

    def __init__(self, text: str, why: str, template: str, /, **facts: int | str) -> None:
        self.text = text
        self.why = why
        self.message = Message(template, {"text": text, **facts})
        super().__init__(text, why)

    def __str__(self) -> str:
        return self.message.render()
