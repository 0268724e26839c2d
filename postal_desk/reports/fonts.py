"""Fonts by role, each with its fallbacks. Documents name fonts and never embed one they may not.

The first name is written into Word files; the others follow as its substitutes there, and as families to try in
PDF and pictures. Official documents use the names of GB/T 9704; Debian has no Simplified FangSong or KaiTi, so the
last names are the free Noto faces, whose full-width metrics are the same.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FontRole:
    """Families for Chinese text (``cjk``) and for Latin letters and figures (``latin``), best first."""

    cjk: tuple[str, ...]
    latin: tuple[str, ...]
    serif: bool = True


_SERIF = ("Times New Roman", "Liberation Serif", "Noto Serif", "Noto Serif CJK SC")
_SANS = ("Arial", "Liberation Sans", "Noto Sans", "Noto Sans CJK SC")

ROLES: dict[str, FontRole] = {
    "fangsong": FontRole(
        ("仿宋", "FangSong", "仿宋_GB2312", "STFangsong", "Noto Serif CJK SC", "SimSun"), _SERIF
    ),
    "kaiti": FontRole(("楷体", "KaiTi", "楷体_GB2312", "STKaiti", "Noto Serif CJK SC", "SimSun"), _SERIF),
    "heiti": FontRole(
        ("黑体", "SimHei", "STHeiti", "Noto Sans CJK SC", "Microsoft YaHei"), _SANS, serif=False
    ),
    "song": FontRole(("宋体", "SimSun", "STSong", "Noto Serif CJK SC"), _SERIF),
    "xiaobiaosong": FontRole(
        (
            "方正小标宋简体",
            "FZXiaoBiaoSong-B05S",
            "华文中宋",
            "STZhongsong",
            "宋体",
            "SimSun",
            "Noto Serif CJK SC",
        ),
        _SERIF,
    ),
    "sans": FontRole(
        ("微软雅黑", "Microsoft YaHei", "Noto Sans CJK SC", "黑体", "SimHei"),
        ("Microsoft YaHei", "Noto Sans CJK SC", "Arial"),
        serif=False,
    ),
}
