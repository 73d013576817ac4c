"""At home: the country of a news site."""

from __future__ import annotations

import pytest

from whence.knowledge import home_country, load


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.bangkokpost.com/x/1", "THA"),
        ("https://en.mercopress.com/2020/1", "URY"),
        ("https://www.economist.com.na/9", "NAM"),
        ("https://www.economist.com/9", "GBR"),
        ("https://news.bbc.co.uk/2/hi", "GBR"),
        ("https://mexicodaily.example.com/", None),
        ("https://www.mexicodailysun.com/", "MEX"),
        ("https://romanesque.com/", None),
        ("https://news.example.tv/", None),
        ("https://localhost/", None),
        ("https://[::1", None),
        (None, None),
    ],
)
def test_the_country_of_a_site(url: str | None, country: str | None) -> None:
    assert home_country(load(), url) == country
