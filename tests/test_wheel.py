"""The wheel holds all that it takes: installed from the file alone, it codes a text with the network off."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = "The army of Chad shelled the town of Abéché on Tuesday, Defence Minister Mariam Okala said."


def run(command: list[str | Path], **more: str) -> str:
    """What a command prints; it runs elsewhere than in the checkout, and must end well."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    done = subprocess.run(command, capture_output=True, text=True, env={**environment, **more}, cwd=Path(sys.prefix))
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network and without its sources being touched."""
    folder = tmp_path_factory.mktemp("wheel")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--no-deps"]
    run([*pip, "--no-build-isolation", "--no-index", "--wheel-dir", folder, ROOT])
    (built,) = folder.glob("whence-*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the wheel, and of this environment the packages that whence needs, but not whence itself."""
    folder = tmp_path_factory.mktemp("installed")
    run([sys.executable, "-m", "venv", "--without-pip", folder])
    made = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", made, "install"]
    run([*pip, "--no-index", "--no-deps", wheel])
    packages = run([made, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip()
    (Path(packages) / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf8")
    return made


def test_the_wheel_codes_a_text_with_the_network_off(python: Path, tmp_path: Path) -> None:
    where = run([python, "-c", "import whence; print(whence.__file__)"])
    assert Path(where.strip()).is_relative_to(python.parents[1])
    article = tmp_path / "article.txt"
    article.write_text(TEXT, encoding="utf8")
    command: list[str | Path] = [python, "-c", "from whence.cli import main; main()", "read", article, "--json"]
    if shutil.which("unshare") and os.name == "posix" and os.geteuid() == 0:
        command = ["unshare", "--net", *command]
    (found,) = json.loads(run(command))
    (event,) = found["events"]
    assert (event["type"], event["actors"][0]["country"], event["actors"][0]["sector"]) == ("ASSAULT", "TCD", "MIL")
    assert "model" in run([python, "-c", "from whence.cli import main; main()", "doctor"])


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        names = file.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"whence"}
    own = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src" / "whence").rglob("*") if path.is_file()}
    own = {name for name in own if "__pycache__" not in name}
    assert own == {name for name in names if name.startswith("whence/")}
