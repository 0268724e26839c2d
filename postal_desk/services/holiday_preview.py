"""A pasted holiday notice before it is saved: what was understood, and every line that was not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from postal_desk.domain.file_reasons import file_reason
from postal_desk.domain.holiday_notices import Notice, parse_notice
from postal_desk.domain.sentences import Refusal, Sentence, say

#: A notice has some thirty lines, a list of a whole year 366. More is another file.
LONGEST_TEXT = 60_000
_MOST_BYTES = 4 * LONGEST_TEXT
_MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line, counted from 1, that can't be read or contradicts itself."""

    line: int
    text: str
    reason: Sentence


@dataclass(frozen=True, slots=True)
class NoticePreview:
    """``notice`` is what the readable lines say. It may be saved only while there is no problem (:attr:`complete`).

    ``reason`` says why nothing was understood at all.
    """

    notice: Notice | None
    problems: tuple[LineProblem, ...] = ()
    reason: Sentence | None = None

    @property
    def complete(self) -> bool:
        """True if every line was understood."""
        return self.notice is not None and not self.problems


def preview_notice(text: str, year: int) -> NoticePreview:
    """Read a notice or a list of days for ``year``; nothing is saved. At most 20 lines with problems are told."""
    if len(text) > LONGEST_TEXT:
        too_long = say("The text is longer than {most} characters; paste the notice alone", most=LONGEST_TEXT)
        return NoticePreview(None, (), too_long)
    lines = text.splitlines()
    problems: list[LineProblem] = []
    while len(problems) < _MOST_PROBLEMS:
        try:
            return NoticePreview(parse_notice("\n".join(lines), year), tuple(problems))
        except Refusal as refusal:
            problem = _of_line(refusal.sentence)
            if problem is None:  # not one line's fault: there is no holiday of that year
                return NoticePreview(None, tuple(problems), None if problems else refusal.sentence)
            problems.append(problem)
            lines[problem.line - 1] = ""
    return NoticePreview(None, tuple(problems))


def _of_line(sentence: Sentence) -> LineProblem | None:
    line, text, reason = (sentence.params.get(name) for name in ("line", "text", "reason"))
    if isinstance(line, int) and isinstance(reason, Sentence):
        return LineProblem(line, str(text), reason)
    return None


def read_notice_file(path: Path) -> str:
    """The text of a ``.txt`` or ``.csv`` file in UTF-8, UTF-16 with its mark, or GB 18030 (as Chinese Excel saves).

    :class:`Refusal` for a file that can't be read, is too large or holds no text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        reason = file_reason(error)
        raise Refusal(
            say("{file} can't be read ({reason}); choose another", file=path.name, reason=reason)
        ) from error
    if len(data) > _MOST_BYTES:
        raise Refusal(say("{file} is too large for a list of holidays; choose another", file=path.name))
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refusal(say("{file} is no text file; save it as text or csv, or paste the notice", file=path.name))
