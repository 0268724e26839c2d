"""Runs first in both Windows programs: their modules are in one archive beside them, not in each of them once more.

PyInstaller's own importer reads it; it is only told where. That saves 10 MB.
"""

import sys

import pyimod01_archive
import pyimod02_importers
import pyimod03_ctypes

pyimod02_importers.pyz_archive = pyimod01_archive.ZlibArchiveReader(
    f"{sys._MEIPASS}/modules.pyz", check_pymagic=True
)
sys.path_importer_cache.clear()  # what has looked into the archive of this program alone
pyimod03_ctypes.install()  # needs ctypes, which was not to be found before
