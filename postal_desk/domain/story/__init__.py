"""The story reader: the fields a narrative in Chinese or English holds, found by the lists of ``seeds/reader``."""

from postal_desk.domain.story.lexicon import Lexicon, LexiconFault
from postal_desk.domain.story.reader import READ_AT_MOST, read_story
from postal_desk.domain.story.reading import (
    FIELD_NAMES,
    AmountFound,
    DateFound,
    Found,
    ItemFound,
    PhoneFound,
    Reading,
    StepFound,
    reading_to_json,
)

__all__ = [
    "FIELD_NAMES",
    "READ_AT_MOST",
    "AmountFound",
    "DateFound",
    "Found",
    "ItemFound",
    "Lexicon",
    "LexiconFault",
    "PhoneFound",
    "Reading",
    "StepFound",
    "read_story",
    "reading_to_json",
]
