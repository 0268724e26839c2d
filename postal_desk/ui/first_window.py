"""A second start brings the first window to the front, by a socket of this PC. Who may ask: this user alone."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS, _AT_ONCE_MS = 1500, 100
_RAISED, _ELSEWHERE = b"raised\n", b"elsewhere\n"


def server_name(desk: Path) -> str:
    """The socket of one desk and one user."""
    user = os.environ.get("USERNAME") or str(getattr(os, "getuid", lambda: 0)())
    place = f"{user}\n{os.path.normcase(str(desk.absolute()))}"
    return f"postal-desk-{hashlib.sha256(place.encode()).hexdigest()[:24]}"


def session() -> str:
    """Which screen this is: another Windows session of the same user can't be brought to the front from here."""
    if sys.platform == "win32":
        import ctypes

        number = ctypes.c_ulong()
        ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(number))
        return str(number.value)
    return os.environ.get("WAYLAND_DISPLAY", "") + os.environ.get("DISPLAY", "")


class FirstWindow(QObject):
    """Listens as long as the desk is open; ``come`` brings the window to the front."""

    def __init__(self, desk: Path, come: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._come = come
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        name = server_name(desk)
        QLocalServer.removeServer(name)  # of a killed program: this one holds the desk's lock
        self._server.listen(name)  # if it can't, a second start says who holds the desk
        self._server.newConnection.connect(self._asked)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _asked(self) -> None:
        """Answer at once: whoever connects has its question ready, and this happens at a second start only."""
        while (socket := self._server.nextPendingConnection()) is not None:
            if socket.canReadLine() or socket.waitForReadyRead(_AT_ONCE_MS):
                socket.write(self._answer(bytes(socket.readLine().data())))
                socket.waitForBytesWritten(_AT_ONCE_MS)
            socket.deleteLater()

    def _answer(self, question: bytes) -> bytes:
        try:
            theirs = json.loads(question)["session"]
        except (ValueError, KeyError, TypeError):
            theirs = None
        if theirs != session():
            return _ELSEWHERE
        self._come()
        return _RAISED


def raise_first_window(desk: Path) -> bool:
    """Ask the program that has the desk open to show its window. False if there is none on this screen."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(desk))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(json.dumps({"session": session()}).encode() + b"\n")
    socket.flush()
    answer = b""
    while not answer.endswith(b"\n"):
        more = socket.waitForReadyRead(_PATIENCE_MS)
        answer += bytes(socket.readAll().data())  # what came before it hung up counts too
        if not more:
            break
    return answer == _RAISED
