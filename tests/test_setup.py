"""The set-up that a newcomer meets first: locks, scripts, README and the wheel."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import postal_desk

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
SHELL = sorted([*ROOT.glob("packaging/**/*.sh"), ROOT / ".ci/run"])
TOP_LEVEL = {
    "pyproject.toml", "README.md", "seeds", "postal_desk", "resources", "packaging", "tests",
    "LICENSE", "CHANGELOG.md", *LOCKS,
}  # fmt: skip


def tracked() -> list[str]:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    return [name for name in done.stdout.decode().split("\0") if name]


def pins(lock: str) -> dict[str, list[str]]:
    """Requirement (``name==version``) → its hashes."""
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
    return {entry.split()[0]: re.findall(r"--hash=(sha256:[0-9a-f]{64})", entry) for entry in entries}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_everything_by_hash_and_names_no_place(lock: str) -> None:
    for requirement, hashes in pins(lock).items():
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+", requirement)
        assert hashes, requirement
    assert "://" not in (ROOT / lock).read_text("utf-8")


def test_development_runs_what_users_run() -> None:
    assert set(pins(LOCKS[0])) <= set(pins(LOCKS[1]))


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    locked = {lock: {requirement.split("==")[0] for requirement in pins(lock)} for lock in LOCKS}

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[^\w-]", requirement)[0] for requirement in requirements}

    users = names(project["project"]["dependencies"] + project["dependency-groups"]["build"])
    assert users <= locked[LOCKS[0]]
    assert users | names(project["dependency-groups"]["dev"]) <= locked[LOCKS[1]]


def test_top_level_stays_tidy() -> None:
    top = {name.split("/")[0] for name in tracked()}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


def test_packaging_is_no_package() -> None:
    """With an ``__init__.py`` the folder would hide the library of the same name from all that runs here."""
    assert not (ROOT / "packaging/__init__.py").exists()


def test_nothing_built_or_private_is_committed() -> None:
    built = (".mo", ".pyc", ".exe", ".whl", ".key")
    assert not [name for name in tracked() if name.endswith(built)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has the .ps1 scripts")
@pytest.mark.parametrize("script", SHELL, ids=lambda path: path.name)
def test_shell_script_is_sound(script: Path) -> None:
    subprocess.run(["bash", "-n", script], check=True)
    if script.read_text("utf-8").startswith("#!"):  # the others are sourced, not run
        assert script.stat().st_mode & 0o111, "not executable"
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", "-x", script], cwd=ROOT, check=True)


@pytest.mark.parametrize("script", sorted(ROOT.glob("packaging/**/*.ps1")), ids=lambda path: path.name)
def test_powershell_script_is_plain_ascii(script: Path) -> None:
    """Windows PowerShell 5.1 reads any other file in the code page of the machine."""
    script.read_text("ascii")


def test_readme_names_what_exists() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    spans = re.findall(r"`([\w.]+/[\w./]*)`|\]\(([^):#]+)\)", readme)
    missing = [
        name for name in map("".join, spans) if not (ROOT / name).exists() and not name.startswith(".")
    ]
    concepts = ("domain", "services", "store", "ui")  # given below the package, where names are compared
    assert not [
        name
        for name in missing
        if not (ROOT / "postal_desk" / name).exists() or name.split("/")[0] not in concepts
    ]


@pytest.mark.parametrize("marker", ["run-command", "test-command"])
def test_readme_holds_the_commands_that_ci_reads(marker: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    block = re.search(rf"^<!-- {marker} -->\n```bash\n(.+?)\n```$", readme, re.M | re.S)
    assert block
    assert (ROOT / block[1].split()[0]).is_file()


def test_wheel_carries_data_and_commands(tmp_path: Path) -> None:
    """Without it, the program runs from a source tree only."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.startswith(f"postal_desk-{postal_desk.__version__}-py3")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        entry_points = archive.read(
            next(name for name in names if name.endswith("entry_points.txt"))
        ).decode()
    for folder in ("seeds", "resources"):
        here = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        packed = {name.removeprefix("postal_desk/_data/") for name in names if f"/_data/{folder}/" in name}
        assert here == packed
    assert "postal-desk = postal_desk.__main__:main" in entry_points
    assert "postal-desk-window = postal_desk.__main__:main_window" in entry_points
