"""Every message that the program can say has its Chinese, with the same parameters, and says it in one way."""

from __future__ import annotations

import ast
import string
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import postal_desk
from postal_desk import i18n, paths
from postal_desk.cli.help import message_id, metavar_word
from tests.cli.command_tree import commands

PACKAGE = Path(postal_desk.__file__).parent
#: functions whose first argument is a message id
SAYING = {"_", "say", "translate", "t"}
#: parameters that ``Words.t`` fills in by itself
FILLED_IN = {"mark"}

Messages = dict[str, str]
Translations = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def messages() -> Messages:
    """Message id → a place where it is said. (Babel's own extraction overlooks calls inside f-strings.)"""
    found = {}
    for source in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and name_of(node.func) in SAYING:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found[first.value] = f"{source.relative_to(PACKAGE).as_posix()}:{node.lineno}"
    return found | help_texts()


def help_texts() -> Messages:
    """Message id → the command whose ``--help`` says it: what it is for, its options, and the words in their usage."""
    found = {}
    for context in commands():
        command = context.command
        params = command.get_params(context)
        usage = f"{command.options_metavar} {getattr(command, 'subcommand_metavar', '')}".split()
        metavars = [one.make_metavar(context) for one in params if not getattr(one, "is_flag", False)]
        texts = [command.help, *(getattr(one, "help", None) for one in params)]
        for text in filter(None, [*texts, *map(metavar_word, [*usage, *metavars])]):
            found[message_id(text)] = f"{context.command_path} --help"
    return found


@pytest.fixture(scope="module")
def translations() -> Translations:
    """Message id → file → its Chinese."""
    found: Translations = defaultdict(dict)
    for file in sorted((paths.resources() / "translations" / "zh_CN").glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="zh_CN", abort_invalid=True):
                if message.id:
                    assert not message.fuzzy, f"{file.name}: {message.id!r} is marked as unsure"
                    found[str(message.id)][file.name] = str(message.string)
    return dict(found)


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None} - FILLED_IN


def test_messages_are_collected(messages: Messages) -> None:
    assert len(messages) > 800
    assert "Nil report" in messages  # said inside an f-string


def test_every_message_has_its_chinese(messages: Messages, translations: Translations) -> None:
    missing = [
        f"{place}: {message}"
        for message, place in messages.items()
        if not any(translations.get(message, {}).values())
    ]
    assert not missing, "\n".join(sorted(missing))


def test_both_languages_take_the_same_parameters(translations: Translations) -> None:
    differing = [
        f"{file}: {message!r} is {chinese!r}"
        for message, files in translations.items()
        for file, chinese in files.items()
        if parameters(chinese) != parameters(message)
    ]
    assert not differing, "\n".join(differing)


def test_message_of_several_areas_is_said_in_one_way(translations: Translations) -> None:
    different = {message: files for message, files in translations.items() if len(set(files.values())) > 1}
    assert not different


def test_no_translation_is_left_over(messages: Messages, translations: Translations) -> None:
    unused = {message: sorted(files) for message, files in translations.items() if message not in messages}
    assert not unused


def test_no_message_stands_untranslated(translations: Translations) -> None:
    """A message whose Chinese is the English again was forgotten, unless there is nothing to translate in it."""
    for message, files in translations.items():
        words = "".join(text for text, _, _, _ in string.Formatter().parse(message))
        if sum(letter.islower() for letter in words) > 3:
            assert message not in files.values(), f"{message!r} stands untranslated in {sorted(files)}"


def test_program_finds_what_the_files_say(translations: Translations) -> None:
    for message, files in translations.items():
        assert i18n.translate(message, "zh_CN") in files.values()
        assert i18n.translate(message, "en") == message
