"""The form in front together with what it belongs to: a new case, or a stored one with its revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from postal_desk.domain.case_json import case_to_json
from postal_desk.domain.cases import Case
from postal_desk.ui.entry.form import Form, changed_keys

if TYPE_CHECKING:
    from postal_desk.domain.story.reading import StepFound


class Sheet:
    """``number`` is empty for a new case; ``chat_steps`` counts the steps taken from a pasted chat."""

    def __init__(self, form: Form, number: str = "", revision: int = 0) -> None:
        self.form, self.number, self.revision = form, number, revision
        self._stored = form.to_json()
        self.chat_steps = 0
        self.files = 0  # how many wait with the draft of a new case

    @classmethod
    def of_case(cls, case: Case) -> Sheet:
        """A stored case to edit."""
        form = Form(offer_only=True)
        form.load(case_to_json(case))
        return cls(form, case.number, case.revision)

    @property
    def changed(self) -> bool:
        """True if there is anything worth keeping."""
        if self.number:
            return bool(self.to_save()) or bool(self.form.wrong())
        return not self.form.is_empty or self.files > 0

    def to_save(self) -> dict[str, object]:
        """The new case as JSON, or the changed keys of the stored one."""
        content = self.form.to_json()
        return changed_keys(self._stored, content) if self.number else content

    def payload(self) -> dict[str, object] | None:
        """What a draft keeps; ``None`` if nothing is worth it."""
        if not self.changed:
            return None
        return {
            "number": self.number,
            "revision": self.revision,
            "chat_steps": self.chat_steps,
            **self.form.to_payload(),
        }

    def restore(self, payload: Mapping[str, object]) -> None:
        """Take a draft of the same case; its revision stays that of the day it was typed."""
        self.form.restore(payload)
        revision, chat_steps = payload.get("revision"), payload.get("chat_steps")
        self.revision = revision if isinstance(revision, int) else self.revision
        self.chat_steps = chat_steps if isinstance(chat_steps, int) else 0

    def take_chat(self, found: Sequence[StepFound]) -> None:
        """Replace the steps taken from a chat by these; none takes them out again."""
        kept = self.form.steps[: len(self.form.steps) - self.chat_steps]
        taken: list[dict[str, object]] = [
            {
                "at": step.at,
                "actor": step.actor,
                "channel": step.channel,
                "counterpart": step.counterpart,
                "text": step.text,
            }
            for step in found
        ]
        self.form.steps[:] = [*kept, *taken]
        self.chat_steps = len(taken)
