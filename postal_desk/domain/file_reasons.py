"""Why the system could not read a file, as a sentence: its own words are English on some PCs and technical on all."""

from __future__ import annotations

from postal_desk.domain.sentences import Sentence, say


def file_reason(error: OSError | UnicodeDecodeError) -> Sentence | str:
    """The reason, for the brackets of "the file can't be read (…)"."""
    if isinstance(error, UnicodeDecodeError):
        return say("it is not UTF-8 text")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return say("there is no such file")
    if isinstance(error, IsADirectoryError):
        return say("it is a folder")
    if isinstance(error, PermissionError):
        return say("it may not be read")
    return error.strerror or str(error)
