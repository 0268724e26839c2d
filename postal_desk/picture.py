"""The main window drawn into a picture, without being shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from postal_desk.app import Program, application
from postal_desk.reports.safe_files import write_file
from postal_desk.settings import Settings
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.settling import settle

if TYPE_CHECKING:
    from postal_desk.services.access import Credential


def render_main_window(
    desk_path: Path,
    out: Path,
    lang: str = "zh_CN",
    theme: str = "light",
    page: str = "cases",
    size: tuple[int, int] = (1366, 768),
    credential: Credential | None = None,
    section: str = "",
) -> Path:
    """Draw the main window with a desk into a PNG, without showing it. Returns ``out``.

    Needs ``QT_QPA_PLATFORM=offscreen`` where there is no display. Raises what opening the desk raises.
    """
    settings = _FixedSettings({"language": lang, "theme": theme})
    program = Program(application(), settings, desk_path, InlineBackground(_raise))
    program.ctx.on_fault = _raise
    try:
        program.window.complete()
        program.ctx.desk = program.open_desk(credential)
        program.window.resize(*size)
        program.window.go(page, **({"section": section} if section else {}))
        settle()
        out.parent.mkdir(parents=True, exist_ok=True)
        picture = program.window.grab()

        def save(file: Path) -> None:
            if not picture.save(str(file), "PNG"):
                raise OSError(f"{file.name} can't be written")

        write_file(out, save, replace=True)
    finally:
        program.close()
        program.window.retire()
    return out


class _FixedSettings(Settings):
    """Settings that neither read nor write the user's file."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._fixed = values
        super().__init__(Path("settings.json"))

    def _read(self) -> dict[str, Any]:
        return dict(self._fixed)

    def _write(self) -> None:
        """Nothing is kept."""


def _raise(error: Exception) -> None:
    raise error
