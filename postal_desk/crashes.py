"""What the system keeps of a program that crashes: where it was, but nothing out of its memory.

In memory the customers' data stands in clear, and so does the key of the open desk.
"""

from __future__ import annotations

import sys
from contextlib import suppress

_NO_HEAP = 1  # WER_FAULT_REPORTING_FLAG_NOHEAP


def keep_memory_out() -> None:
    """From now on no core file of this process is written, and no report of Windows holds its memory."""
    if sys.platform == "win32":
        import ctypes

        with suppress(AttributeError, OSError):  # not on every system that runs Windows programs
            ctypes.windll.kernel32.WerSetFlags(_NO_HEAP)
        return
    import resource

    with suppress(ValueError, OSError):  # not allowed here: then nothing was to be written anyway
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
