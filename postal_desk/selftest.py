"""``postal-desk selftest``: proof, on this PC, that the program does its work. Nothing of the user's is touched.

The steps use a desk of their own in a temporary folder, through the command line as anybody would, and one of them
kills the program in the middle of saving.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postal_desk import i18n, installation, paths
from postal_desk.i18n import _

if TYPE_CHECKING:
    from postal_desk.cli.session import Hooks

LANGUAGE = "zh_CN"  # what is hard to draw and to find is Chinese
CODE = "220204"
SAMPLE = "stories/registered_letter.toml"
OUTLET, HANDLER = "船营投递部", "苏阳"
SUBJECT, WORDS = "挂号稿件寄出半月无音讯", "稿件"
OPENED, MONTH = date(2019, 7, 17), "2019-07"
KILL_AFTER, AT_MOST = 5, 200  # cases acknowledged before the kill; cases the killed one was about to save
PATIENCE = 120  # seconds for a child to start and to save KILL_AFTER cases
FEWEST_COLOURS = 50  # letters with their soft edges alone have more
HEADS = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF-"}
NEEDED_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


class Failed(Exception):
    """A step found something that is not as it must be; the text says what."""


@dataclass
class _Trial:
    """What the steps share: the way to run commands, a folder, and what earlier steps have made."""

    hooks: Hooks
    folder: Path
    saved: list[str] = field(default_factory=list)

    @property
    def desk(self) -> Path:
        return self.folder / "desk"

    def run(self, *arguments: str) -> Any:
        """Run one command on the trial's desk here and return its JSON; :class:`Failed` with what it said otherwise."""
        code, out, said = self.outcome(*arguments)
        if code != 0:
            raise Failed(f"{' '.join(arguments[:2])} → {code}: {said}")
        return json.loads(out) if "--json" in arguments else out

    def outcome(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, output and complaints of one command."""
        from postal_desk.cli.main import run

        out, said, language = io.StringIO(), io.StringIO(), i18n.language()
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
                code = run(self.hooks, ["--desk", str(self.desk), "--lang", LANGUAGE, *arguments])
        finally:
            i18n.use(language)
        return code, out.getvalue(), said.getvalue().strip()

    def write(self, name: str, content: Any) -> str:
        """A file for a command to read; text as it is, anything else as JSON. Returns its path."""
        file = self.folder / name
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        file.write_text(text, "utf-8")
        return str(file)


def selftest(hooks: Hooks) -> list[dict[str, Any]]:
    """Run all steps. Each answers ``{name, ok, said}``; a step that needs a failed one fails with what it finds."""
    with tempfile.TemporaryDirectory(prefix="postal-desk-", ignore_cleanup_errors=True) as folder:
        trial = _Trial(hooks, Path(folder))
        return [_tried(name, step, trial) for name, step in STEPS.items()]


def _tried(name: str, step: Callable[[_Trial], str], trial: _Trial) -> dict[str, Any]:
    try:
        return {"name": name, "ok": True, "said": step(trial)}
    except Failed as failure:
        return {"name": name, "ok": False, "said": str(failure)}
    except Exception as error:  # whatever it is, the other steps are still worth trying
        return {"name": name, "ok": False, "said": f"{type(error).__name__}: {error}"}


def _installation(_trial: _Trial) -> str:
    damaged = installation.damage()
    if damaged:
        raise Failed(
            _("{count} files are missing or changed, such as {name}; install the program again").format(
                count=len(damaged), name=damaged[0]
            )
        )
    built = installation.build()
    if built is None:
        return _("runs from its source")
    return _("all files are as built ({commit}, {date})").format(
        commit=built.commit or "–", date=built.date[:10]
    )


def _desk(trial: _Trial) -> str:
    trial.run("new", "--branch", "自检支局", "--code", CODE, "--no-password", "--json")
    trial.run("outlet", "add", OUTLET)
    trial.run("staff", "add", HANDLER, "--outlet", OUTLET)
    if not any(trial.desk.iterdir()):
        raise Failed(_("the desk's folder is empty"))
    return _("a new desk with its key")


def _schema(trial: _Trial) -> str:
    """All steps that bring an older desk up to date, on an empty file; they are files of their own in a package."""
    from postal_desk.store import core, engine
    from postal_desk.store.engine import SCHEMA_VERSION
    from postal_desk.store.keys import FileKeyStore
    from postal_desk.store.migrate import upgrade

    raw = engine.connect(trial.folder / "empty.db", FileKeyStore(trial.folder / "empty.key").create(), "rwc")
    engine.prepare(raw)
    made = core.make_engine(raw)
    try:
        upgrade(made)
        with made.connect() as connection:
            reached = connection.exec_driver_sql("PRAGMA user_version").scalar()
    finally:
        made.dispose()
    if reached != SCHEMA_VERSION:
        raise Failed(
            _("the steps end at {reached}, not at {wanted}").format(reached=reached, wanted=SCHEMA_VERSION)
        )
    return _("an older desk can be brought up to date (step {number})").format(number=reached)


def _case(trial: _Trial) -> str:
    story = tomllib.loads((paths.seeds() / SAMPLE).read_text("utf-8"))["story"]
    found = trial.run("case", "read", trial.write("story.txt", story), "--on", OPENED.isoformat(), "--json")
    case = _case_of(found)
    (number,) = trial.run("case", "add", trial.write("case.json", case), "--json")["numbers"]
    trial.saved.append(number)
    shown = trial.run("case", "show", number, "--json")
    if shown["narrative"] != found["text"] or len(shown["items"]) != len(found["items"]):
        raise Failed(_("the case that was saved is not the case that was entered"))
    return _("{number}: {fields} fields and {items} item numbers found in its story").format(
        number=number, fields=len(found["fields"]), items=len(found["items"])
    )


def _case_of(found: dict[str, Any]) -> dict[str, Any]:
    """What a person would save after the story was read: the fields found, and what only a person knows."""
    values = {name: field["value"] for name, field in found["fields"].items() if "." not in name}
    return {
        "kind": "inquiry",
        "category": "07.domestic",
        "channel": "carrier",
        "business": "letter",
        **values,
        "opened_on": OPENED.isoformat(),
        "subject": SUBJECT,
        "narrative": found["text"],
        "items": [{"number": item["number"]} for item in found["items"]],
    }


def _encrypted(trial: _Trial) -> str:
    secrets = [WORDS.encode(), SUBJECT.encode(), b"SQLite format 3"]
    files = [file for file in trial.desk.rglob("*") if file.is_file()]
    for file in files:
        content = file.read_bytes()
        if any(secret in content for secret in secrets):
            raise Failed(_("{name} holds text in clear").format(name=file.name))
    return _("no text in clear in {count} files").format(count=len(files))


def _kill(trial: _Trial) -> str:
    before = len(trial.saved)
    case = {"kind": "complaint", "category": "02", "channel": "counter", "opened_on": OPENED.isoformat()}
    files = [
        trial.write(f"{index}.json", case | {"subject": f"第 {index} 件", "narrative": "延误 " * 200})
        for index in range(AT_MOST)
    ]
    acknowledged = _killed_in_the_middle(trial, files)
    trial.saved += acknowledged
    kept = {case["number"] for case in trial.run("case", "list", "--limit", "0", "--json")}
    lost = set(trial.saved) - kept
    if lost:
        raise Failed(
            _("{count} saved cases are lost, such as {number}").format(count=len(lost), number=min(lost))
        )
    if len(kept) >= before + AT_MOST:
        raise Failed(_("the program could not be killed while it was saving"))
    checked = trial.run("check", "--json")
    if not checked["ok"]:
        raise Failed(f"{checked['problems'][0]['where']}: {checked['problems'][0]['what']}")
    return _("killed after {count} saved cases, all of them are there").format(count=len(acknowledged))


def _killed_in_the_middle(trial: _Trial, files: list[str]) -> list[str]:
    """Let another process of this program save file after file, kill it, and return the numbers it had reported."""
    command = [*_own_command(), "--desk", str(trial.desk), "case", "add", *files]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert child.stdout is not None
    numbers = [line.strip() for line, _count in zip(child.stdout, range(KILL_AFTER), strict=False)]
    child.kill()
    rest, said = child.communicate(timeout=PATIENCE)
    if len(numbers) < KILL_AFTER:
        raise Failed(_("the program started beside this one said: {said}").format(said=said.strip()[-300:]))
    # Lines that were under way when it was killed count too, if they are whole.
    return numbers + [line for line in rest.split("\n")[:-1] if line]


def _own_command() -> list[str]:
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "postal_desk"]
    here = Path(sys.executable)
    beside = here.with_name("postal-desk" + here.suffix)  # the window's program has no output to read
    return [str(beside if beside.exists() else here)]


def _search(trial: _Trial) -> str:
    for words in (WORDS, SUBJECT[:2]):
        found = [case["number"] for case in trial.run("case", "list", "--text", words, "--json")]
        if found != trial.saved[:1]:
            raise Failed(_("“{words}” was not found where it stands").format(words=words))
    if trial.run("case", "list", "--text", "杳无", "--json"):
        raise Failed(_("something was found that stands nowhere"))
    return _("two Chinese characters find their case among {count}").format(count=len(trial.saved))


def _window(trial: _Trial) -> str:
    from postal_desk.render.legible import colours, legible

    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    language = i18n.language()
    try:
        picture = trial.hooks.picture(trial.desk, trial.folder / "window.png")
    finally:
        i18n.use(language)
    count = colours(picture)
    if count < FEWEST_COLOURS:
        raise Failed(_("the window stayed empty"))
    if not legible("案例登记办结超期月报"):
        raise Failed(_("no font for Chinese text was found; install one"))
    if keep := os.environ.get("POSTAL_DESK_SELFTEST_PICTURE"):
        Path(keep).write_bytes(picture.read_bytes())
    return _("the main window with {count} colours, Chinese text is legible").format(count=count)


def _document(form: str) -> Callable[[_Trial], str]:
    def write(trial: _Trial) -> str:
        out = trial.folder / f"summary.{form}"
        path = Path(trial.run("summary", MONTH, "--format", form, "--out", str(out)).strip() or out)
        content = path.read_bytes()
        if not content.startswith(HEADS[form]):
            raise Failed(_("{name} is not what it should be").format(name=path.name))
        if part := NEEDED_PARTS.get(form):
            with zipfile.ZipFile(path) as archive:
                if archive.testzip() or part not in archive.namelist():
                    raise Failed(_("{name} is not what it should be").format(name=path.name))
        if form in READ_BACK and not READ_BACK[form](path):
            raise Failed(_("{name} is not what it should be").format(name=path.name))
        return _("{kilobytes} KB").format(kilobytes=len(content) // 1024)

    return write


def _sheets(path: Path) -> int:
    """The sheets of a workbook, counted by what reads ledgers."""
    from python_calamine import CalamineWorkbook

    return len(CalamineWorkbook.from_path(path).sheet_names)


def _pages(path: Path) -> int:
    """The pages of a PDF, counted by what draws previews; the first is drawn."""
    import pypdfium2  # type: ignore[import-untyped]  # no stubs

    document = pypdfium2.PdfDocument(path)
    try:
        document[0].render().close()
        return len(document)
    finally:
        document.close()


READ_BACK: dict[str, Callable[[Path], int]] = {"xlsx": _sheets, "pdf": _pages}


def _wrong_key(trial: _Trial) -> str:
    before = {file.name: file.read_bytes() for file in trial.desk.iterdir() if file.is_file()}
    key = trial.desk / "key"
    own = key.read_text("ascii")
    other = "".join(format(15 - int(digit, 16), "x") if digit.strip() else digit for digit in own)
    key.write_text(other, "ascii")
    code, _out, said = trial.outcome("case", "list", "--json")
    key.write_text(own, "ascii")
    if code != 3 or not said:
        raise Failed(_("a wrong key was not refused ({code})").format(code=code))
    changed = [
        name
        for name, content in before.items()
        if name != "lock" and (trial.desk / name).read_bytes() != content
    ]
    if changed:
        raise Failed(_("a wrong key changed {name}").format(name=changed[0]))
    trial.run("case", "show", trial.saved[0])
    return said


def _password(trial: _Trial) -> str:
    """A desk of its own whose key is wrapped by a password: the right one opens it, a wrong one and none do not."""
    desk = str(trial.folder / "protected")
    right, wrong = trial.write("right.txt", "这是自检用的密码"), trial.write("wrong.txt", "不是这个密码")
    trial.run("--desk", desk, "--password-file", right, "new", "--code", CODE, "--json")
    trial.run("--desk", desk, "--password-file", right, "case", "list", "--json")
    for given in (["--password-file", wrong], []):
        code, out, said = trial.outcome("--desk", desk, *given, "case", "list", "--json")
        if code != 3 or out or not said:
            raise Failed(_("a wrong password was not refused ({code})").format(code=code))
    return said


STEPS: dict[str, Callable[[_Trial], str]] = {
    "installation": _installation,
    "desk": _desk,
    "schema": _schema,
    "case": _case,
    "encrypted": _encrypted,
    "kill": _kill,
    "search": _search,
    "window": _window,
    "docx": _document("docx"),
    "xlsx": _document("xlsx"),
    "pdf": _document("pdf"),
    "wrong_key": _wrong_key,
    "password": _password,
}
