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
    turns = [""] * len(texts)
    named = [i for i, name in enumerate(names) if name]
    start = 0
    for n in range(1, len(named) + 1):
        if n == len(named) or named[n] - named[n - 1] > _MAX_LINES_BETWEEN:
            _label_talk(turns, texts, names, named[start:n])
            start = n
    return turns


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
    says = {i: texts[i + 1] if _ALONE.fullmatch(texts[i]) else texts[i] for i in lines if i + 1 < len(texts)}
    asks = Counter(lines[i] for i, text in says.items() if text.rstrip("\"'”’*_ ").endswith("?"))
    order = list(dict.fromkeys(lines.values()))
    share = {speaker: asks[speaker] / count[speaker] for speaker in order}
    askers = {speaker for speaker in order if _is_asker(speaker, share[speaker])}
    if not askers or len(askers) == len(order):
        askers = {max(order, key=lambda speaker: share[speaker])}
    for i, speaker in lines.items():
        turns[i] = "interview_question" if speaker in askers else "interview_answer"


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
