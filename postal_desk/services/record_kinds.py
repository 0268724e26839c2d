"""The kinds of records that are kept by a form, by their word in audit and history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from postal_desk.services.error_records import ERRORS
from postal_desk.services.problems import PROBLEMS
from postal_desk.services.recurrences import ACCOUNTABILITY
from postal_desk.services.registers import Register
from postal_desk.services.visits import VISITS

REGISTERS: Mapping[str, Register[Any]] = {
    register.form.kind: register for register in (PROBLEMS, VISITS, ERRORS, ACCOUNTABILITY)
}
