from __future__ import annotations

from xml.etree import ElementTree

import pytest

from training.reliability import Tenth, expected_error, svg, tenths


def test_tenths_hold_what_was_said_and_what_was_right() -> None:
    found = tenths([0.05, 0.07, 0.95, 1.0], [False, True, True, True])
    assert [(round(t.said, 3), t.right, t.number) for t in found] == [(0.06, 0.5, 2), (0.975, 1.0, 2)]
    assert expected_error(found) == pytest.approx((2 * 0.44 + 2 * 0.025) / 4)


@pytest.mark.parametrize(("right", "number"), [(0.0, 3), (0.5, 10), (1.0, 200)])
def test_an_interval_holds_the_share_and_narrows_with_number(right: float, number: int) -> None:
    low, high = Tenth(0.5, right, number).interval
    assert 0 <= low <= right <= high <= 1
    wider = Tenth(0.5, right, max(1, number // 3)).interval
    assert wider[1] - wider[0] > high - low


def test_the_picture_has_a_panel_for_each_curve_and_a_point_for_each_tenth() -> None:
    drawn = ElementTree.fromstring(
        svg({"event": tenths([0.1, 0.9], [False, True]), "actor & co": tenths([0.4], [True])})
    )
    name = "{http://www.w3.org/2000/svg}"
    assert len(drawn.findall(f"{name}circle")) == 3
    assert [t.text for t in drawn.iter(f"{name}text") if t.get("font-weight")] == ["event", "actor & co"]
