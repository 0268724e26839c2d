"""The colours by role, light and dark. Every text role keeps a contrast of 4.5 : 1 on the grounds it is used
on.
"""

from __future__ import annotations

LIGHT = {
    "ground": "#F5F7F6",
    "card": "#FFFFFF",
    "side": "#FFFFFF",
    "sunken": "#FCFDFC",  # a quiet column inside a card
    "well": "#E8ECEA",  # behind sheets of paper
    "line": "#E2E8E5",
    "line2": "#EEF2F0",  # between rows
    "field_line": "#D3DCD7",
    "ink": "#1D2723",
    "ink2": "#53625B",
    "ink3": "#66736C",  # hints and captions
    "faint": "#8D9A94",  # dots and lines only, never text
    "primary": "#0B7A4B",
    "primary_hover": "#096A41",
    "primary_press": "#075A37",
    "on_primary": "#FFFFFF",
    "on_primary2": "#E6F6EE",
    "accent": "#0B7A4B",  # primary as text or thin line
    "tint": "#E7F4EE",
    "tint_line": "#BFDFCF",
    "tint_ink": "#0A6B42",
    "mark_good": "#CFE9DC",  # behind words that were understood
    "mark_unsure": "#FFE9BF",
    "gold": "#E8A317",
    "gold_ink": "#8A5A00",
    "red": "#C8372D",
    "red_ink": "#B42D24",
    "alarm": "#C8372D",  # a pill with white figures
    "red_bg": "#FDECEB",
    "amber": "#D08A00",
    "amber_ink": "#855600",
    "amber_bg": "#FFF5E0",
    "neutral_bg": "#EEF1F0",
    "neutral_ink": "#4F5D56",
    "hover": "#F0F4F2",
    "disabled": "#9AA59F",
    "shadow": "#1D2723",
    "toast": "#24302B",
    "on_toast": "#FFFFFF",
    "toast_link": "#8FE0B8",
    "series1": "#CDE5DA",
    "series2": "#0B7A4B",
}

DARK = {
    "ground": "#141917",
    "card": "#1C2320",
    "side": "#181E1B",
    "sunken": "#1A211E",
    "well": "#0F1311",
    "line": "#323C37",
    "line2": "#28312D",
    "field_line": "#435049",
    "ink": "#E8EEEB",
    "ink2": "#B4C0BA",
    "ink3": "#97A59E",
    "faint": "#6E7C75",
    "primary": "#107A4A",
    "primary_hover": "#138252",
    "primary_press": "#0F6B42",
    "on_primary": "#FFFFFF",
    "on_primary2": "#E6F6EE",
    "accent": "#5CCB9A",
    "tint": "#1B3529",
    "tint_line": "#2F5C47",
    "tint_ink": "#7ADBB0",
    "mark_good": "#27513D",
    "mark_unsure": "#5A4618",
    "gold": "#F0B43C",
    "gold_ink": "#F0BE5A",
    "red": "#E5655B",
    "red_ink": "#FF9A91",
    "alarm": "#C23B32",
    "red_bg": "#402321",
    "amber": "#E0A030",
    "amber_ink": "#F2C46B",
    "amber_bg": "#3A2F18",
    "neutral_bg": "#2A332F",
    "neutral_ink": "#BAC6C0",
    "hover": "#232C28",
    "disabled": "#66736C",
    "shadow": "#000000",
    "toast": "#35423C",
    "on_toast": "#FFFFFF",
    "toast_link": "#8FE0B8",
    "series1": "#2F5C47",
    "series2": "#3FB581",
}
