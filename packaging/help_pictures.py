"""The pictures of the manual, drawn by the program itself.

Run it as ``QT_QPA_PLATFORM=offscreen python packaging/help_pictures.py``. Small on purpose: 640 pixels wide.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WIDTH = 640
PICTURES = {"list": "cases", "summary": "summary", "moving": "settings"}


def main() -> None:
    """Draw each page in both languages into ``resources/help/pictures``."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    from postal_desk import app
    from postal_desk.domain.periods import Month
    from postal_desk.services import demo

    out = ROOT / "resources" / "help" / "pictures"
    with TemporaryDirectory() as folder:
        desk = Path(folder) / "desk"
        demo.make_demo(
            desk, cases=300, months=14, until=Month.of(date.today()).previous, seed=3, as_of=date.today()
        )
        for name, page in PICTURES.items():
            for lang in ("zh_CN", "en"):
                file = Path(folder) / "picture.png"
                section = name if page == "settings" else ""
                app.render_main_window(desk, file, lang, page=page, section=section)
                small = QImage(str(file)).scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
                target = out / f"{name}-{lang[:2]}.png"
                small.save(str(target), "PNG", 0)
                print(target.relative_to(ROOT), target.stat().st_size)


if __name__ == "__main__":
    main()
