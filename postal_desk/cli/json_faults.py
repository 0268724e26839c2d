"""Why a text is not JSON, as a sentence: Python's own words are English."""

from __future__ import annotations

import json

from postal_desk.domain.sentences import Sentence, say

#: how the decoder's message begins → what it means
_MEANINGS = (
    ("Expecting value", say("a value is missing")),
    ("Expecting ',' delimiter", say("a comma or a closing bracket is missing")),
    ("Expecting ':' delimiter", say("a colon is missing")),
    ("Expecting property name", say("a key in double quotes is missing")),
    ("Extra data", say("something stands after its end")),
    ("Unterminated string", say("a text has no closing quotation mark")),
    ("Invalid control character", say("a control character stands inside a text")),
    ("Invalid \\", say("a backslash is not followed by what JSON allows")),
    ("Illegal trailing comma", say("a comma stands before a closing bracket")),
    ("Unexpected UTF-8 BOM", say("a second byte-order mark stands at the beginning")),
)


class JsonFault(ValueError):
    """Something that the decoder lets through and the program does not."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def json_reason(error: ValueError, *, one_line: bool = False) -> Sentence:
    """Why a text is not JSON; ``one_line``: the line is told already."""
    if isinstance(error, JsonFault):
        return error.sentence
    if not isinstance(error, json.JSONDecodeError):  # Python converts no longer numbers
        return say("a number has too many digits")
    if not error.doc.strip():
        return say("it is empty")
    what = next(
        (meaning for begins, meaning in _MEANINGS if error.msg.startswith(begins)),
        say("it does not follow the rules of JSON"),
    )
    if one_line:
        return say("{what}, at character {column}", what=what, column=error.colno)
    return say("{what}, at line {line}, character {column}", what=what, line=error.lineno, column=error.colno)
