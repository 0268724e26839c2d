"""``python packaging/sign.py FILE…``: sign Windows executables in place, if the environment names a certificate.

``POSTAL_DESK_SIGN_PKCS12`` is a PKCS#12 file with certificate and key, ``POSTAL_DESK_SIGN_PASSWORD_FILE`` a file that
holds its password, ``POSTAL_DESK_SIGN_TIME`` the address of a time-stamp service (without one, signatures end with the
certificate). Without a certificate nothing happens: an unsigned installer works, Windows only asks once more.
Needs ``osslsigncode``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def main(files: list[str]) -> None:
    certificate = os.environ.get("POSTAL_DESK_SIGN_PKCS12")
    if not certificate:
        return
    tool = shutil.which("osslsigncode")
    if tool is None:
        raise SystemExit("POSTAL_DESK_SIGN_PKCS12 is set, but osslsigncode is not installed.")
    options = ["-pkcs12", certificate, "-h", "sha256", "-n", "Postal Desk"]
    if password := os.environ.get("POSTAL_DESK_SIGN_PASSWORD_FILE"):
        options += ["-readpass", password]
    if service := os.environ.get("POSTAL_DESK_SIGN_TIME"):
        options += ["-ts", service]
    for name in files:
        file, signed = Path(name), Path(f"{name}.signed")
        if _is_signed(tool, file):
            continue
        subprocess.run(
            [tool, "sign", *options, "-in", str(file), "-out", str(signed)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        signed.replace(file)


def _is_signed(tool: str, file: Path) -> bool:
    """Whether the file carries a signature, of whoever."""
    done = subprocess.run(
        [tool, "extract-signature", "-in", str(file), "-out", f"{file}.p7"], capture_output=True
    )
    Path(f"{file}.p7").unlink(missing_ok=True)
    return done.returncode == 0


if __name__ == "__main__":
    main(sys.argv[1:])
