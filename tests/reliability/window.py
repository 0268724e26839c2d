"""Somebody types in the real window without a pause and the program is killed: how much typing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from postal_desk.services.desk import open_desk
from postal_desk.services.drafts import list_drafts
from tests.journeys.test_killed_while_typing import EVERY_MS, PROMISED_S, TYPIST
from tests.reliability.harness import Bench, Result

LONGEST_S = 7.0


def typing(bench: Bench) -> Result:
    """A kill at any moment of up to seven seconds of typing; the draft is looked for in the desk afterwards."""
    bad, losses = [], []
    for trial in range(bench.trials):
        folder = bench.desk_folder("desk")
        presses = bench.random.randint(1, int(LONGEST_S * 1000 / EVERY_MS))
        moments = _killed_after(folder, presses)
        with open_desk(folder) as desk:
            texts = [str(draft.payload) for draft in list_drafts(desk)]
        kept = max((_letters(text) for text in texts), default=0)
        lost = moments[-1] - moments[kept] if kept < len(moments) else 0.0
        losses.append(lost)
        if lost > PROMISED_S:
            bad.append(f"trial {trial}: {lost:.2f} s lost of {presses} letters, {kept} kept")
        bench.tell(trial)
    figure = (
        f"{bench.trials} kills of the window, at most {max(losses):.2f} s of typing lost, {len(bad)} over 3 s"
    )
    return Result(figure, "≤ 3 s of typing lost in 200 kills; the draft is offered", tuple(bad))


def _letters(text: str) -> int:
    """How much of what was typed (the alphabet again and again) stands in a draft."""
    best = run = 0
    for letter in text:
        run = run + 1 if letter == chr(ord("a") + run % 26) else int(letter == "a")
        best = max(best, run)
    return best


def _killed_after(folder: Path, presses: int) -> list[float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", TYPIST, str(folder)]
    moments: list[float] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout is not None
        for line in run.stdout:
            moments.append(float(line.split()[1]))
            if len(moments) == presses:
                run.send_signal(signal.SIGKILL)
    if run.returncode != -signal.SIGKILL:
        raise RuntimeError(f"the window ended by itself with {run.returncode}")
    return moments
