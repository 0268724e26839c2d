"""The superior's forms: kept in the desk, checked before they are used, filled from a month's figures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from postal_desk.domain.changes import Changes
from postal_desk.domain.month_ranges import Span
from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.reports.file_names import safe_stem
from postal_desk.reports.monthly import file_stem
from postal_desk.reports.template_names import Problem
from postal_desk.reports.template_values import filling, names_in
from postal_desk.reports.words import words_for
from postal_desk.services.desk import Desk
from postal_desk.services.documents import audit_export, hand_in, starred, written_file
from postal_desk.services.entered import checked_text
from postal_desk.services.history_json import from_json, to_json
from postal_desk.services.months import figures
from postal_desk.services.safe_packages import check_package
from postal_desk.store import template_records
from postal_desk.store.audit import Change
from postal_desk.store.template_records import TemplateRow
from postal_desk.store.work import Work

__all__ = [
    "Checked",
    "Template",
    "add_template",
    "check_file",
    "fill_template",
    "list_templates",
    "names_in",
    "remove_template",
]

FORMS = ("docx", "xlsx")
LARGEST = 5_000_000
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Template:
    """One form of the desk."""

    id: int
    name: str
    form: str
    size: int
    changed_at: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a form: how many placeholders, and every problem with its place."""

    names: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def usable(self) -> bool:
        """True if it can be filled."""
        return not any(problem.fatal for problem in self.problems)


def list_templates(desk: Desk) -> list[Template]:
    """The forms of the desk, by name."""
    with desk.work() as work:
        return [_template(row) for row in template_records.living(work)]


def check_file(file: Path) -> Checked:
    """Look a form through. Refuses (naming the file) what is no Word or Excel file, or too large."""
    form = _form_of(file)
    try:
        size = file.stat().st_size
    except OSError as error:
        raise Refusal(
            say("{file}: the file can't be read; check its name and place", file=str(file))
        ) from error
    if size > LARGEST:
        raise Refusal(
            say(
                "{file} is larger than {most} MB; take pictures out of it",
                file=file.name,
                most=LARGEST // 1_000_000,
            )
        )
    entries = check_package(file)
    try:
        if form == "docx":
            from postal_desk.reports.template_docx import check_docx, names_in_docx

            names, problems = names_in_docx(file), check_docx(file)
        else:
            from postal_desk.reports.template_xlsx import check_xlsx, names_in_xlsx

            names, problems = names_in_xlsx(file), check_xlsx(file, entries)
    except Exception as error:  # whatever the library trips over in a strange file
        raise Refusal(
            say(
                "{file} can't be read as a {form} file; open it in Word, Excel or WPS, save it anew and try again",
                file=file.name,
                form=form,
            )
        ) from error
    if not names and not problems:
        problems = [
            Problem(say("the whole file"), say("there is no placeholder in it; see the list"), fatal=True)
        ]
    return Checked(tuple(names), tuple(problems))


def add_template(desk: Desk, file: Path, name: str = "") -> Changes:
    """Keep a form in the desk; one of the same name is replaced. Refuses one with problems, naming the first."""
    checked = check_file(file)
    fatal = [problem for problem in checked.problems if problem.fatal]
    if fatal:
        raise Refusal(
            say(
                "{file}, {place}: {what} ({count} places in all); correct the form and add it again",
                file=file.name,
                place=fatal[0].place,
                what=fatal[0].what,
                count=len(fatal),
            )
        )
    wanted = checked_text(name.strip() or file.stem, "name", LONGEST_NAME)
    data = file.read_bytes()
    moment = desk.moment()
    with desk.work(write=True) as work:
        changes = [
            _deletion(work, row, moment) for row in template_records.living(work) if row.name == wanted
        ]
        made = template_records.add(
            work, wanted, _form_of(file), hashlib.sha256(data).hexdigest(), data, moment
        )
        changes.append(Change("template", made, 1, "", to_json({"name": wanted, "deleted_at": None})))
        undo = desk.record(work, "template.add", "template", wanted, changes=changes)
        work.commit()
    warnings = tuple(_told(problem) for problem in checked.problems)
    return Changes(
        templates=True, undo=undo, said=say("Kept the form {name}", name=wanted), warnings=warnings
    )


def remove_template(desk: Desk, name: str) -> Changes:
    """Take a form away; this can be taken back. Refuses an unknown one."""
    with desk.work(write=True) as work:
        row = _found(work, name)
        change = _deletion(work, row, desk.moment())
        undo = desk.record(work, "template.remove", "template", name, changes=[change])
        work.commit()
    return Changes(templates=True, undo=undo, said=say("Removed the form {name}", name=name))


def take_back(work: Work, change: Change, moment: str) -> Iterator[Change]:
    """Undo the adding or the removal of a form; refused if it changed since."""
    row = template_records.by_id(work, change.record_id or 0)
    after = from_json(change.after)
    if row is None or row.deleted_at != after.get("deleted_at"):
        raise Refusal(say("{name} was changed since; change it by hand", name=str(after.get("name", ""))))
    before = from_json(change.before) if change.before else {"name": row.name, "deleted_at": moment}
    revision = template_records.set_deleted(work, row, before["deleted_at"], moment)
    yield Change("template", row.id, revision, to_json(after), to_json(before))


def fill_template(
    desk: Desk, name: str, month: Span, path: Path | None = None, *, lang: str, replace: bool = False
) -> Path:
    """Fill a form with a month's figures; ``path`` is a file or a folder. The export is audited."""
    if month.first > desk.today():
        raise Refusal(say("{month} has not begun; choose an earlier month", month=month.label))
    with desk.work() as work:
        row = _found(work, name)
        data = template_records.content(work, row.id)
    found = figures(desk, month)
    values, words = filling(starred(found, desk), hand_in(desk, month), lang), words_for(month, lang)
    audit_export(desk, "summary.export", "summary", str(month), "", f"template {row.name}")
    stem = safe_stem(f"{row.name} {file_stem(found, lang)}")

    def write(target: Path) -> None:
        with TemporaryDirectory(prefix="postal-desk-") as folder:
            source = Path(folder) / f"form.{row.form}"
            source.write_bytes(data)
            if row.form == "docx":
                from postal_desk.reports.template_docx import fill_docx

                fill_docx(source, target, values, words)
            else:
                from postal_desk.reports.template_xlsx import fill_xlsx

                fill_xlsx(source, target, values, words)

    return written_file(path, stem, row.form, write, replace=replace)


def write_example(form: str, path: Path | None, *, lang: str) -> Path:
    """Write the form that ships as an example, made anew each time."""
    from postal_desk.reports.template_example import EXAMPLES

    if form not in FORMS:
        raise Refusal(say("There is no format {form}; use one of: {forms}", form=form, forms=FORMS))
    return written_file(
        path, example_name(lang), form, lambda target: EXAMPLES[form](target, lang), replace=False
    )


def example_name(lang: str) -> str:
    """The file name of the example."""
    from postal_desk.reports.words import Words

    return Words(lang).t("Example of a head-office form")


def _told(problem: Problem) -> Sentence:
    return say("{place}: {what}", place=problem.place, what=problem.what)


def _form_of(file: Path) -> str:
    form = file.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise Refusal(
            say(
                "{file} is no form for filling; save it as .docx or .xlsx (not .doc, .xls, .xlsm)",
                file=file.name,
            )
        )
    return form


def _found(work: Work, name: str) -> TemplateRow:
    known = template_records.living(work)
    for row in known:
        if row.name == name:
            return row
    names = tuple(row.name for row in known)
    if not names:
        raise Refusal(say("There is no form {name}; none has been added yet", name=name))
    raise Refusal(say("There is no form {name}; there are: {names}", name=name, names=names))


def _deletion(work: Work, row: TemplateRow, moment: str) -> Change:
    revision = template_records.set_deleted(work, row, moment, moment)
    before, after = {"name": row.name, "deleted_at": None}, {"name": row.name, "deleted_at": moment}
    return Change("template", row.id, revision, to_json(before), to_json(after))


def _template(row: TemplateRow) -> Template:
    return Template(row.id, row.name, row.form, row.size, row.changed_at)
