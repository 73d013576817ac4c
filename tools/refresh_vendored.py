"""Fetches what others wrote and the pages use, by npm, and lists it in the VENDORED.md of its folder.

    python -m tools.refresh_vendored

Libraries come as browsers' scripts of old; each is wrapped into a module, its own text unchanged, because a page of the
explorer runs modules of its own server alone. To take a new version, change it in `PACKAGES`, run this, and read what
changed. Wants npm and the network; the archive that npm unpacks is checked against the registry's digest.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).parents[1] / "src" / "whence"
MODULES = _PACKAGE / "web" / "static" / "vendor"
"""What the explorer alone uses."""
OUTLINES = _PACKAGE / "outlines"
"""Data that the explorer and `whence read --map` share."""
MOST_BYTES = 8_000_000
"""Size of a file of a package at most."""


@dataclass(frozen=True, slots=True)
class Package:
    """What is taken from a package of npm."""

    name: str
    version: str
    licence: str
    what: str
    files: tuple[str, ...]
    """Its files that are taken; a script becomes a module."""
    exports: tuple[str, ...] = ()
    """Names that the module of a script gives."""
    needs: str | None = None
    """The package whose module the script asks for."""
    folder: Path = MODULES
    """Where its files go."""


PACKAGES = (
    Package(
        "d3-array",
        "3.2.4",
        "ISC",
        "sums and ranges that d3-geo wants",
        ("dist/d3-array.min.js",),
        ("Adder", "merge", "range"),
    ),
    Package(
        "d3-geo",
        "3.1.1",
        "ISC and MIT",
        "projections of the map",
        ("dist/d3-geo.min.js",),
        ("geoBounds", "geoCentroid", "geoEqualEarth", "geoGraticule10", "geoPath"),
        "d3-array",
    ),
    Package(
        "topojson-client",
        "3.1.0",
        "ISC",
        "reads the outlines",
        ("dist/topojson-client.min.js",),
        ("feature", "mesh"),
    ),
    Package(
        "world-atlas",
        "2.0.2",
        "ISC; its data are Natural Earth's, in the public domain",
        "outlines of countries, 1:110 million and 1:50 million",
        ("countries-110m.json", "countries-50m.json"),
        folder=OUTLINES,
    ),
)


def wrapped(package: Package, script: str) -> str:
    """A script in the form of the Universal Module Definition as a module that gives the package's `exports`."""
    needed = f'import * as needed from "/static/vendor/{package.needs}.js";\n' if package.needs else ""
    require = "const require = () => needed;\n" if package.needs else ""
    return (
        f"// {package.name} {package.version}, {package.licence}: see LICENSE-{package.name}.txt. "
        "Made a module by tools/refresh_vendored.py.\n"
        f"{needed}const exports = {{}};\nconst module = {{ exports }};\n{require}"
        f"{script.strip()}\nexport const {{ {', '.join(package.exports)} }} = exports;\n"
    )


def fetch(package: Package, folder: Path) -> dict[str, bytes]:
    """The wanted files of a package and its licence, by their names here. Raises `ValueError` for a wrong digest."""
    done = subprocess.run(
        ["npm", "pack", "--json", f"{package.name}@{package.version}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    (told,) = json.loads(done.stdout)
    packed = folder / Path(told["filename"]).name
    kind, _, digest = told["integrity"].partition("-")
    if base64.b64encode(hashlib.new(kind, packed.read_bytes()).digest()).decode() != digest:
        raise ValueError(f"{package.name} {package.version}: the archive is not what the registry says")
    found = {f"LICENSE-{package.name}.txt": _read(packed, "LICENSE")}
    for name in package.files:
        data = _read(packed, name)
        if name.endswith(".js"):
            found[f"{package.name}.js"] = wrapped(package, data.decode("utf8")).encode()
        else:
            found[Path(name).name] = data
    return found


def _read(packed: Path, name: str) -> bytes:
    with tarfile.open(packed) as archive:
        file = archive.extractfile(f"package/{name}")
        if file is None:
            raise ValueError(f"{packed.name} has no {name}")
        return file.read(MOST_BYTES)


def listing(files: dict[Package, dict[str, bytes]]) -> str:
    """VENDORED.md of a folder: of each file its package, version, licence and SHA-256."""
    lines = [
        "# Written by others",
        "",
        "Made by `python -m tools.refresh_vendored` from the npm registry. Libraries are wrapped into modules, and",
        "nothing else of them is changed. Outlines settle no claim to a territory.",
        "",
        "| file | package | version | licence | for | SHA-256 |",
        "|---|---|---|---|---|---|",
    ]
    for package, found in files.items():
        for name, data in found.items():
            told = (f"`{name}`", package.name, package.version, package.licence, package.what)
            lines.append(f"| {' | '.join(told)} | `{hashlib.sha256(data).hexdigest()}` |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes the files and their list."""
    with tempfile.TemporaryDirectory() as folder:
        files = {package: fetch(package, Path(folder)) for package in PACKAGES}
    for target in (MODULES, OUTLINES):
        own = {package: found for package, found in files.items() if package.folder == target}
        target.mkdir(exist_ok=True)
        for found in own.values():
            for name, data in found.items():
                (target / name).write_bytes(data)
        (target / "VENDORED.md").write_text(listing(own), encoding="utf8")
        print(f"{sum(map(len, own.values()))} files in {target}", file=sys.stderr)


if __name__ == "__main__":
    main()
