"""Where things are: the data shipped with the program, and the user's own folders.

No Qt and none of the layers. ``seeds/`` and ``resources/`` are found in a source tree, in an installed wheel and in
a frozen folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

APP = "PostalDesk"


def data_root(package: Path | None = None, frozen: str | None = None) -> Path:
    """The folder that holds ``seeds/`` and ``resources/``.

    ``package`` and ``frozen`` (PyInstaller's ``sys._MEIPASS``) are given by tests only.
    Raises :class:`FileNotFoundError` naming the places looked at: the installation is damaged.
    """
    package = package or Path(__file__).resolve().parent
    unpacked = frozen if frozen is not None else getattr(sys, "_MEIPASS", None)
    places = [Path(unpacked)] if unpacked else []
    places += [package / "_data", package.parent]
    for place in places:
        if (place / "seeds").is_dir() and (place / "resources").is_dir():
            return place
    raise FileNotFoundError(f"seeds and resources not found in {', '.join(map(str, places))}")


def seeds() -> Path:
    """The folder of the rules as data."""
    return data_root() / "seeds"


def resources() -> Path:
    """The folder of icons, styles, templates, translations, help."""
    return data_root() / "resources"


def default_desk() -> Path:
    """The desk folder when none is named: local (never roaming or synchronised) user data."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False, roaming=False)) / "desk"


def shared_desk() -> Path:
    """The desk folder for everyone on this PC."""
    return Path(platformdirs.site_data_dir(APP, appauthor=False)) / "desk"


def usual_desk() -> Path:
    """The desk to open when none is named: the user's own, else the one for everyone on this PC, if there is one."""
    own, shared = default_desk(), shared_desk()
    if not (own / "desk.db").is_file() and (shared / "desk.db").is_file():
        return shared
    return own


def practice_desk() -> Path:
    """The practice desk, always apart from the real one."""
    return default_desk().with_name("practice")


def user_marks() -> Path:
    """The folder where this user's PC remembers how far each desk had come (see ``services.lost_work``)."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False, roaming=False)) / "marks"


def user_letters() -> Path:
    """The folder through which a second start of the program speaks to the first (see ``ui.first_window``)."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False, roaming=False)) / "letters"


def login_note() -> Path:
    """A file that is there while one of this user's windows waits at a login (or was killed there)."""
    return user_letters() / "login"


def user_config() -> Path:
    """The folder of this user's settings (language, theme, window places)."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False, roaming=False))


def user_cache() -> Path:
    """The folder for what can be made again."""
    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


def user_logs() -> Path:
    """The folder of the log files."""
    return Path(platformdirs.user_log_dir(APP, appauthor=False))
