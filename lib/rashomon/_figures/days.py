"""Dates of the texts on one axis: when something happened, was said, was published or is to come."""

from __future__ import annotations

import datetime

import pandas as pd
from matplotlib import dates
from matplotlib.axes import Axes

from rashomon._figures.picture import COLORS, SHAPES, Picture, add_key, draw_picture, name_rows
from rashomon.tables import VOCABULARIES

_EPOCH = datetime.date(1970, 1, 1).toordinal()  # where matplotlib counts days from
_LOOKS = dict(zip(VOCABULARIES["dated"], zip(SHAPES, COLORS, strict=False), strict=False))


def draw_days(frame: pd.DataFrame, title: str, *, reach: int = 90) -> Picture:
    """Draw every dated thing of each article as a point, or as a bar where only a span is known.

    Parameters
    ----------
    frame : DataFrame
        Table `timeline` with a column `article` (`name_articles` makes it).
    title : str
        States what is shown, with n.
    reach : int
        Days before the first and after the last publication that are drawn, or around the dates there are
        when no article has a day of its own. What lies beyond is counted under the axis.

    Returns
    -------
    Picture
        One row an article, in the order of their names.

    Examples
    --------
    >>> day = {"article": "a", "what": "happened", "surface": "Monday", "first_day": "2024-10-21",
    ...        "last_day": "2024-10-21", "date": "2024-10-21"}
    >>> draw_days(pd.DataFrame([day]), "Dates, n = 1").alt
    'Dates, n = 1. Dates: a happened 2024-10-21.'
    """
    known = frame[frame["first_day"] != ""]
    shown = known[_is_near(known, reach)] if len(known) else known
    articles = sorted(shown["article"].unique())
    kinds = [kind for kind in _LOOKS if kind in set(shown["what"])]
    n_beyond, n_unknown = len(known) - len(shown), len(frame) - len(known)

    def paint(axes: Axes) -> None:
        for kind in kinds:
            shape, color = _LOOKS[kind]
            told = shown[shown["what"] == kind]
            # Kinds of one day stand side by side, not on top of one another.
            shift = 0.16 * (list(_LOOKS).index(kind) - 1.5)
            for row in told.itertuples():
                place = articles.index(row.article) + shift
                first, last = (_day_number(day) for day in (row.first_day, row.last_day))
                if last > first:
                    axes.plot([first, last], [place, place], color=color, linewidth=3, alpha=0.6)
                else:
                    axes.plot([first], [place], shape, color=color, markersize=7)
            axes.plot([], [], shape, color=color, label=kind)
        axes.xaxis.set_major_locator(dates.AutoDateLocator(minticks=2, maxticks=6))  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_formatter(dates.DateFormatter("%Y-%m-%d"))  # type: ignore[no-untyped-call]
        axes.grid(axis="x", color="#dddddd", linewidth=0.7)
        axes.set_axisbelow(True)
        name_rows(axes, articles)
        add_key(axes)
        axes.set_xlabel(_what_is_left_out(n_beyond, n_unknown))

    seen = "; ".join(f"{row.article} {row.what} {row.date}" for row in shown.head(12).itertuples())
    alt = f"Dates: {seen}." if seen else ""
    return draw_picture(title, alt, paint, rows=articles, keys=kinds, below=0.75, row_height=0.5)


def _is_near(known: pd.DataFrame, reach: int) -> pd.Series:
    published = known.loc[known["what"] == "published", "first_day"]
    days = sorted(published if len(published) else known["first_day"])
    first, last = (datetime.date.fromisoformat(day).toordinal() for day in (days[0], days[-1]))
    begins = known["first_day"].map(lambda day: datetime.date.fromisoformat(day).toordinal())
    ends = known["last_day"].map(lambda day: datetime.date.fromisoformat(day).toordinal())
    return (ends >= first - reach) & (begins <= last + reach) & (ends - begins <= 2 * reach)


def _day_number(day: str) -> float:
    return float(datetime.date.fromisoformat(day).toordinal() - _EPOCH)


def _what_is_left_out(n_beyond: int, n_unknown: int) -> str:
    left = [f"{n_beyond} farther off or a span too long"] if n_beyond else []
    left += [f"{n_unknown} without a known day"] if n_unknown else []
    return f"not drawn: {' · '.join(left)}" if left else ""
