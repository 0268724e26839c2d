"""The pictures of the manual, drawn by the program itself.

Run it as ``QT_QPA_PLATFORM=offscreen python packaging/help_pictures.py``. Small on purpose: 640 pixels
wide, 64 colours.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

WIDTH, COLOURS = 640, 64
PICTURES = {"list": "cases", "summary": "summary", "moving": "settings"}


def with_few_colours(image: QImage) -> QImage:
    """The same with its most frequent colours only: text and areas of one colour, so nobody sees the difference."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    pixels = memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I")
    seen: dict[int, Counter[int]] = {}
    for colour, count in Counter(pixels).items():
        seen.setdefault(colour & 0xF0F0F0, Counter())[colour] += count
    often = sorted(seen.values(), key=lambda alike: -alike.total())[:COLOURS]
    palette = [alike.most_common(1)[0][0] for alike in often]
    return image.convertToFormat(
        QImage.Format.Format_Indexed8, palette, Qt.ImageConversionFlag.ThresholdDither
    )


def main() -> None:
    """Draw each page in both languages into ``resources/help/pictures``."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    from postal_desk import picture
    from postal_desk.domain.periods import Month
    from postal_desk.services import demo

    out = ROOT / "resources" / "help" / "pictures"
    with TemporaryDirectory() as folder:
        desk = Path(folder) / "desk"
        demo.make_demo(desk, cases=300, months=14, until=Month.of(date.today()), seed=3, as_of=date.today())
        for name, page in PICTURES.items():
            for lang in ("zh_CN", "en"):
                file = Path(folder) / "picture.png"
                section = name if page == "settings" else ""
                picture.render_main_window(desk, file, lang, page=page, section=section)
                small = QImage(str(file)).scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
                target = out / f"{name}-{lang[:2]}.png"
                with_few_colours(small).save(str(target), "PNG", 0)
                print(target.relative_to(ROOT), target.stat().st_size)


if __name__ == "__main__":
    main()
