"""The parameters of the notebooks: the same names everywhere, declared and checked once.

papermill writes a parameter's name into code as it stands and only logs an unknown one, so nothing
reaches it that was not declared here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rashomon.read import CorpusError, resolve_path

Value = str | int

UNITS = ("sentence", "part", "article")

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")


class ParameterError(ValueError):
    """A parameter cannot be used; the message is one line: which one, its value, what is allowed."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, type, default, meaning, and a check that returns a complaint or ``""``."""

    name: str
    kind: type[str] | type[int]
    default: Value
    meaning: str
    check: Callable[[Any], str]


def _accept(_: Any) -> str:
    return ""


def _check_corpus(value: str) -> str:
    try:
        resolve_path(value)
    except CorpusError as error:
        return str(error)
    return ""


def _check_day(value: str) -> str:
    if not value:
        return ""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    # fromisoformat also reads 20241024 and week dates, which would sort wrongly against ISO days.
    return "" if day and value == day.isoformat() else f"{value!r} is no day; write it as YYYY-MM-DD"


def _check_limit(value: int) -> str:
    return "" if value >= 0 else f"{value} is below 0; 0 reads every article"


def _check_seed(value: int) -> str:
    return "" if 0 <= value < 2**32 else f"{value} is not between 0 and {2**32 - 1}"


def _check_word_list(value: str) -> str:
    if not value:
        return ""
    from rashomon._tone.weights import load_weights

    try:
        load_weights(value)
    except CorpusError as error:
        return str(error)
    return ""


def _check_unit(value: str) -> str:
    return "" if value in UNITS else f"{value!r} is no unit; there are {', '.join(UNITS)}"


PARAMETERS: Mapping[str, Parameter] = {
    each.name: each
    for each in (
        Parameter("corpus", str, "seeds", "folder or file of articles", _check_corpus),
        Parameter("outlets", str, "", "only these outlets, separated by commas; empty takes all", _accept),
        Parameter("since", str, "", "only articles published on this day or later, YYYY-MM-DD", _check_day),
        Parameter("until", str, "", "only articles published on this day or earlier, YYYY-MM-DD", _check_day),
        Parameter("limit", int, 0, "read at most so many articles; 0 reads all", _check_limit),
        Parameter("word_list", str, "", "word list for tone, a CSV file; empty takes ours", _check_word_list),
        Parameter("unit", str, "part", "what tone is compared by: sentence, part or article", _check_unit),
        Parameter("counted", str, "", "only figures that count this, such as soldiers", _accept),
        Parameter("seed", int, 20241024, "seed of every random draw", _check_seed),
    )
}  # fmt: skip


def check_parameters(**values: Any) -> dict[str, Any]:
    """Raise `ParameterError` unless every parameter has a value that can be used.

    Parameters
    ----------
    **values
        Parameters by name, any of the keys of `PARAMETERS`; those left out are not checked.

    Returns
    -------
    dict
        The values, as they were given.

    Raises
    ------
    ParameterError
        On the first fault, in one line that says what is allowed.

    Examples
    --------
    >>> check_parameters(since="2024-10-22", limit=3)
    {'since': '2024-10-22', 'limit': 3}
    >>> check_parameters(limit=-1)
    Traceback (most recent call last):
    rashomon.parameters.ParameterError: limit: -1 is below 0; 0 reads every article
    """
    for name, value in values.items():
        parameter = _declared(name)
        if type(value) is not parameter.kind:  # a bool is an int to isinstance, and never meant here
            raise ParameterError(f"{name}: {value!r} is no {_noun(parameter)}")
        complaint = parameter.check(value)
        if complaint:
            raise ParameterError(f"{name}: {complaint}")
    since, until = values.get("since", ""), values.get("until", "")
    if since and until and since > until:
        raise ParameterError(f"since: {since} lies after until, {until}; no article can be in between")
    return values


def cast_parameter(name: str, text: str) -> Value:
    """Turn the text of ``-p name=value`` into the parameter's type.

    Parameters
    ----------
    name : str
        A key of `PARAMETERS`.
    text : str
        The value as typed. A text stays what it is; a whole number must look like one.

    Returns
    -------
    str or int
        The value, not yet checked for range.

    Raises
    ------
    ParameterError
        When there is no such parameter, or the text is no whole number where one is needed.

    Examples
    --------
    >>> cast_parameter("limit", "3"), cast_parameter("counted", "007")
    (3, '007')
    """
    parameter = _declared(name)
    if parameter.kind is str:
        return text
    if not _INTEGER.fullmatch(text):
        raise ParameterError(f"{name}: {text!r} is no {_noun(parameter)}")
    return int(text)


def parse_parameters(text: str) -> dict[str, Value]:
    r"""Parse the YAML of a parameter file.

    Parameters
    ----------
    text : str
        A mapping of parameter names to values. A bare YAML day becomes ISO text.

    Returns
    -------
    dict of str to (str or int)
        The values, checked.

    Raises
    ------
    ParameterError
        When it is not a mapping, or a name or value is not allowed.

    Examples
    --------
    >>> parse_parameters("since: 2024-10-22\nlimit: 3\n")
    {'since': '2024-10-22', 'limit': 3}
    """
    import yaml

    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a day such as 2024-13-01
        raise ParameterError(f"not YAML: {' '.join(str(error).split())}") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ParameterError("not a mapping; write one `name: value` a line")
    values: dict[str, Value] = {}
    for key, value in data.items():
        name = str(key)
        is_day = isinstance(value, date) and not isinstance(value, datetime)
        value = value.isoformat() if is_day else value
        if _declared(name).kind is str and not isinstance(value, str):
            raise ParameterError(f'{name}: {value!r} is no text; put it in quotation marks: {name}: "…"')
        values[name] = value
    check_parameters(**values)
    return values


def _declared(name: str) -> Parameter:
    if name not in PARAMETERS:
        raise ParameterError(f"no parameter {name!r}; there are {', '.join(PARAMETERS)}")
    return PARAMETERS[name]


def _noun(parameter: Parameter) -> str:
    return "text" if parameter.kind is str else "whole number"
