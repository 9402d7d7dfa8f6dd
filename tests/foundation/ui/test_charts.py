"""The geometry of the day's bars."""

from entremise.foundation.ui import charts


def test_bars_are_drawn_in_proportion_and_the_current_one_is_marked():
    bars = charts.bars_of([("9 h", 2), ("10 h", 4), ("11 h", 0)], current="10 h")

    assert [(bar.height, bar.y) for bar in bars] == [
        ("26.0", "40.0"),
        ("52.0", "14.0"),
        ("1.0", "65.0"),
    ]
    assert [bar.is_current for bar in bars] == [False, True, False]


def test_bars_of_an_empty_day_are_hairlines():
    bars = charts.bars_of([("9 h", 0), ("10 h", 0)])

    assert [bar.height for bar in bars] == ["1.0", "1.0"]
    assert charts.bars_of([]) == []
