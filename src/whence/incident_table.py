"""Incidents as a person reads them: a line each in a list, and one with its tellings, origins and discrepancies.

    i7ac4…  happened  ASSAULT (aerial)  Russian Air Force [RUS MIL] → ISIS  @ Aleppo (Syria)  on 2016-08-16
            2 articles, 1 origin: the ministry (party to it); 1 discrepancy: with what

Text of articles is data: control characters are taken out, and nothing in it is read as markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from whence.cells import listed, record
from whence.records import Discrepancy, Incident, Origin, Party, Telling, Toll
from whence.table import STATUS_WIDTH, STYLES, TYPE_WIDTH, days, plain

COLUMNS = (
    "id", "type", "mode", "status", "start", "end", "actors", "actors_country", "recipients", "recipients_country",
    "place", "grain", "country", "lat", "lon", "tellings", "articles", "outlets", "origins", "party_only",
    "contradictions", "discrepancies",
)  # fmt: skip
"""The columns of the CSV, in order."""
_LABEL = 14
_GRADES = {"contradiction": "red", "development": "cyan", "detail": "yellow", "wording": "dim"}


def lines(incident: Incident, countries: Mapping[str, str]) -> list[Text]:
    """The incident on a line, and on another how many tell of it and who vouches for it."""
    return [_line(incident, countries), _fact("", _counted(incident))]


def _line(incident: Incident, countries: Mapping[str, str]) -> Text:
    kind = f"{incident.type} ({incident.mode})" if incident.mode else incident.type
    line = Text("")
    line.append(f"{incident.status:<{STATUS_WIDTH}}", style=STYLES.get(incident.status, ""))
    line.append(f"  {plain(kind):<{TYPE_WIDTH}}", style="bold")
    line.append("  " + _sides(incident))
    if incident.place is not None:
        place = incident.place
        country = countries.get(place.country or "", place.country)
        is_named = country is None or country.casefold() == place.name.casefold()
        line.append(f"  @ {plain(place.name)}" + ("" if is_named else f" ({country})"))
    if incident.time is not None and (incident.time.start or incident.time.end):
        line.append("  " + days(incident.time.start, incident.time.end))
    line.append(f"  {incident.id}", style="dim")
    return line


def _sides(incident: Incident) -> str:
    if not incident.recipients:
        return " & ".join(map(_party, incident.actors)) or f"? “{plain(incident.tellings[0].text)}”"
    return f"{', '.join(map(_party, incident.actors)) or '?'} → {', '.join(map(_party, incident.recipients))}"


def _party(party: Party) -> str:
    code = " ".join(part for part in (party.country, party.sector) if part)
    return f"{plain(party.name)} [{code}]" if code else plain(party.name)


def _counted(incident: Incident) -> str:
    told = f"{_number(len(incident.tellings), 'telling')} in {_number(incident.articles, 'article')}"
    if len(incident.outlets) > 1:
        told += f" of {len(incident.outlets)} outlets"
    told += f"; {_number(len(incident.origins), 'origin')}: {', '.join(map(_origin, incident.origins))}"
    slots = Counter(f"{d.slot} ({d.grade})" for d in incident.discrepancies)
    if slots:
        told += f"; differ in {', '.join(slots)}"
    return told


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _origin(origin: Origin) -> str:
    return plain(origin.name) + (", a party to it" if origin.is_party else "")


def shown_lines(incident: Incident, countries: Mapping[str, str]) -> list[Text]:
    """The incident for a person, a fact a line: counts, places, origins, tellings, discrepancies."""
    facts = [
        *(("people", _toll(toll)) for toll in incident.counts),
        *(("place", f"{plain(p.name)}, {p.grain}, {_number(p.tellings, 'telling')}") for p in incident.places),
        *(("origin", _vouching(origin)) for origin in incident.origins),
        ("vouched for", "by a party to it alone" if incident.party_only else "not by parties to it alone"),
        *(("outlet", site) for site in incident.outlets),
    ]
    return [
        _line(incident, countries),
        *(_fact(label, value) for label, value in facts),
        *(_telling(telling) for telling in incident.tellings),
        *(line for discrepancy in incident.discrepancies for line in _discrepancy(discrepancy)),
    ]


def _toll(toll: Toll) -> str:
    if toll.low == toll.high:
        return f"{toll.low:,} {toll.what}" if toll.low is not None else f"some {toll.what}"
    low = f"{toll.low:,}" if toll.low is not None else "?"
    return f"{low} to {toll.high:,} {toll.what}" if toll.high is not None else f"{low} or more {toll.what}"


def _vouching(origin: Origin) -> str:
    code = " ".join(part for part in (origin.country, origin.sector) if part)
    told = f"{_origin(origin)}" + (f" [{code}]" if code else "") + f", {_number(origin.tellings, 'telling')}"
    return told + (f", via {', '.join(map(plain, origin.via))}" if origin.via else "")


def _telling(telling: Telling) -> Text:
    line = Text("  ")
    line.append(f"{'telling':<{_LABEL}}", style="dim")
    line.append(f"{telling.status} “{plain(telling.text)}”")
    line.append(f"  — {' via '.join(map(plain, reversed(telling.chain))) or 'the article itself'}", style="italic")
    where = ", ".join(plain(part) for part in (telling.site, telling.published) if part)
    line.append(f"  {where}  {telling.event}" + (f"  ({plain(telling.why)})" if telling.why else ""), style="dim")
    return line


def _discrepancy(found: Discrepancy) -> Iterator[Text]:
    line = Text("  ")
    line.append(f"{found.slot:<{_LABEL}}", style="dim")
    line.append(f"{found.grade}: ", style=_GRADES[found.grade])
    sides = (
        f"“{plain(side.text)}” ({' via '.join(map(plain, reversed(side.chain))) or 'the article itself'})"
        for side in (found.a, found.b)
    )
    line.append(" / ".join(sides))
    yield line


def _fact(label: str, value: str) -> Text:
    line = Text("  ")
    line.append(f"{label:<{_LABEL}}", style="dim")
    line.append(plain(value))
    return line


def csv_records(incidents: Iterable[Incident]) -> Iterator[str]:
    """The records of the CSV with their line ends, the header first, then one an incident."""
    yield record(COLUMNS)
    for incident in incidents:
        yield record(_cells(incident))


def _cells(incident: Incident) -> Iterator[object]:
    yield from (incident.id, incident.type, incident.mode, incident.status)
    yield from (incident.time.start, incident.time.end) if incident.time else (None, None)
    for side in (incident.actors, incident.recipients):
        yield listed(party.name for party in side)
        yield listed(party.country for party in side)
    place = incident.place
    yield from (place.name, place.grain, place.country, place.lat, place.lon) if place else (None,) * 5
    yield from (len(incident.tellings), incident.articles, listed(incident.outlets))
    yield from (listed(origin.name for origin in incident.origins), int(incident.party_only))
    yield sum(d.grade == "contradiction" for d in incident.discrepancies)
    yield listed(sorted({f"{d.slot}: {d.grade}" for d in incident.discrepancies}))
