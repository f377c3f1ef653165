"""Find interviews by their speaker labels: who speaks, and which of the speakers asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_LABEL = re.compile(
    r"[*_]{0,2}(?P<name>[A-Z][\w.’'&-]*(?: [A-Z(][\w.’'&)-]*){0,5})"
    r"(?:, [^:.!?“\"]{2,60}| \([^):]{2,60}\))?"  # a role: "Ann Lee, Editor at Large:"
    r"[*_]{0,2}\s?:[*_]{0,2}\s+(?=\S)"
    r"|(?P<letter>[QA])\.\s+(?=\S)"
)
# The label alone on its line, as transcripts made by machine have it: Ann Lee  02:10
_ALONE = re.compile(
    r"(?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,4})(?: \([^():]{2,60}\))?"
    r"(?:\s*:|:?\s+[(\[]?(?:\d{1,2}:)?\d{1,2}:\d\d[)\]]?)"
)
_WITH_OFFICE = re.compile(
    r"(?P<name>[A-Z][\w.,’'-]+(?: [\w.,’'-]+){0,9}) \((?P<inside>[A-Z][^():]{2,50})\)(?: \([^():]{2,30}\))?"
)
_MAX_TURN = 4  # lines under a label alone in which a question can end
_TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "professor",
        "sir",
        "lord",
        "lady",
        "rep",
        "sen",
        "gov",
        "gen",
        "col",
    }
)
_ASKERS = frozenset({"q", "question", "interviewer", "host", "moderator", "reporter", "journalist"})
_ANSWERERS = frozenset({"a", "answer", "guest", "interviewee"})
_MAX_LINES_BETWEEN = 10  # an answer can have several paragraphs; labels farther apart are no talk


def find_turns(texts: Sequence[str]) -> list[str]:
    """Say of each line which interview turn it opens.

    Parameters
    ----------
    texts : sequence of str
        The lines; an empty text is a line that cannot be a turn.

    Returns
    -------
    list of str
        `interview_question`, `interview_answer` or empty. Lines are an interview when at least two speakers
        are each named at the head of two lines or more, not far apart; who asks is whose turns end in a
        question mark more often than not, else the one with the largest share of questions.

    Examples
    --------
    >>> find_turns(["Ann Lee: Why?", "Dr. Bo Ek: Because.", "Lee: Really?", "Ek: Yes."])
    ['interview_question', 'interview_answer', 'interview_question', 'interview_answer']
    """
    names = [_name_of(text) if ":" in text or text[1:2] == "." else "" for text in texts]
    _name_in_brackets(texts, names)
    turns = [""] * len(texts)
    named = [i for i, name in enumerate(names) if name]
    start = 0
    for n in range(1, len(named) + 1):
        if n == len(named) or named[n] - named[n - 1] > _MAX_LINES_BETWEEN:
            _label_talk(turns, texts, names, named[start:n])
            start = n
    return turns


def _name_in_brackets(texts: Sequence[str], names: list[str]) -> None:
    """Find speakers alone on their lines with party, place or office, as records have them, and again."""
    said = {}
    for i, text in enumerate(texts):
        match = _WITH_OFFICE.fullmatch(text) if text[-1:] == ")" and len(text) < 120 else None
        if match:  # The Minister for Trade (Ann Lee); Bo Ek (Bay Town)
            said[i] = match["inside"] if match["name"].startswith("The ") else match["name"]
    known = set(said.values())
    for i, text in enumerate(texts) if len(known) > 1 else ():
        if i in said or text in known:
            names[i] = said.get(i, text)


def _name_of(text: str) -> str:
    match = _LABEL.match(text, 0, 140)
    if match is None and ":" in text:
        match = _ALONE.fullmatch(text, 0, 80)
        return match["name"] if match else ""
    return (match["name"] or match["letter"]) if match else ""


def _label_talk(turns: list[str], texts: Sequence[str], names: Sequence[str], at: Sequence[int]) -> None:
    """Label the lines `at` as turns of one talk, when they are one."""
    speakers = _merge_speakers([names[i] for i in at])
    count = Counter(speakers[names[i]] for i in at)
    often = {speaker for speaker, n in count.items() if n >= 2}
    if len(often) < 2:  # a label that comes back alone is as likely "Update: …"
        return
    lines = {i: speakers[names[i]] for i in at if speakers[names[i]] in often}
    asks = Counter(speaker for i, speaker in lines.items() if _asks(texts, names, i))
    order = list(dict.fromkeys(lines.values()))
    share = {speaker: asks[speaker] / count[speaker] for speaker in order}
    askers = {speaker for speaker in order if _is_asker(speaker, share[speaker])}
    if not askers or len(askers) == len(order):
        askers = {max(order, key=lambda speaker: share[speaker])}
    for i, speaker in lines.items():
        turns[i] = "interview_question" if speaker in askers else "interview_answer"


def _asks(texts: Sequence[str], names: Sequence[str], i: int) -> bool:
    """Say whether a turn ends in a question; of a label alone on its line, the lines under it."""
    ends = [i]
    if not _LABEL.match(texts[i], 0, 140):
        ends = []
        for j in range(i + 1, min(i + 1 + _MAX_TURN, len(texts))):
            if names[j]:
                break
            ends.append(j)
    return any(texts[j].rstrip("\"'”’*_ ").endswith("?") for j in ends)


def _is_asker(name: str, share_of_questions: float) -> bool:
    key = name.lower()
    return key in _ASKERS or (key not in _ANSWERERS and share_of_questions > 0.5)


def _merge_speakers(names: Sequence[str]) -> dict[str, str]:
    """Bring "Dr. Ann Lee", "Dr. Lee" and "Lee" under the fullest name: each word of one is in the other."""
    words = {name: frozenset(word.strip(".,()").lower() for word in name.split()) - _TITLES for name in names}
    speakers: dict[str, str] = {}
    holders: dict[str, list[str]] = {}  # each word, and the full names that hold it
    for name in sorted(
        words, key=lambda name: -len(words[name])
    ):  # of equals the one named first comes first
        mine = words[name]
        candidates = holders.get(min(mine), []) if mine else []
        speakers[name] = next((other for other in candidates if mine <= words[other]), name)
        if speakers[name] == name:
            for word in mine:
                holders.setdefault(word, []).append(name)
    return speakers
