"""What an archive keeps of the lines of sites, from run to run: on how many pages of a site each of them stood."""

from __future__ import annotations

from whence.archive import Archive
from whence.article.profiles import Profiles
from whence.errors import ArchiveError


def kept(archive: Archive) -> Profiles:
    """The profiles that the archive has. Raises `ArchiveError` if they are damaged."""
    held = archive.profiles()
    try:
        return Profiles.from_bytes(held[0]) if held is not None else Profiles({})
    except ValueError as error:
        raise ArchiveError(f"{archive.path}: damaged ({error}); restore a copy, or ingest anew") from error


def take(archive: Archive, other: Archive) -> None:
    """Adds to an archive what another one knows of the lines of sites; later runs read by both.

    What was read before stays as it is until its pages are given again.
    """
    if other.profiles() is not None:
        both = joined(kept(archive), kept(other))
        archive.set_profiles(both.to_bytes(), both.version)


def joined(known: Profiles, found: Profiles) -> Profiles:
    """What either knows of a line, and of what both know the greater number of pages.

    So a run over one day's pages has the use of what earlier ones found, and a run that is begun again finds the same.
    """
    both = {host: dict(lines) for host, lines in known.lines.items()}
    for host, lines in found.lines.items():
        counts = both.setdefault(host, {})
        for line, pages in lines.items():
            counts[line] = max(pages, counts.get(line, 0))
    return Profiles(both)
