from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from whence import zones
from whence.errors import WhenceError
from whence.pipeline import Coder
from whence.zones import zone

NEWS = "Ghana's army bombed a rebel camp in Bawku yesterday, the defence ministry said."


def test_a_zone_has_its_offset() -> None:
    assert zone("Asia/Kathmandu").utcoffset(datetime(2020, 1, 1)) == timedelta(hours=5, minutes=45)


@pytest.mark.parametrize("name", ["moon", "", "../etc/passwd", "/etc/passwd", "America", "Asia/\0", "é" * 300])
def test_a_name_of_no_zone_is_told_with_the_way_out(name: str) -> None:
    with pytest.raises(WhenceError, match="there is no time zone"):
        zone(name)
    with pytest.raises(WhenceError):
        Coder(timezone=name)


def test_a_system_without_zones_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "available_timezones", set)
    with pytest.raises(WhenceError, match="install the Python package tzdata"):
        zone("Asia/Teheran")


def test_a_coder_s_days_are_those_of_its_zone() -> None:
    coding = Coder(timezone="Asia/Tehran").read_text(NEWS, published="2016-08-16T23:30:00Z")
    assert coding.article.published == "2016-08-17"
    assert [time.start for time in coding.times] == ["2016-08-16"]
