"""A crash leaves nothing of the program's memory behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_CRASH = """
import os, resource, signal, sys
most = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
from postal_desk import __main__
sys.argv = ["postal-desk", "--version"]
__main__.main()
print("limit", resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True)
os.kill(os.getpid(), signal.SIGSEGV)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core files")
def test_no_core_file_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", _CRASH], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode < 0, done.stderr
    assert "limit 0" in done.stdout
    assert list(folder.iterdir()) == []
