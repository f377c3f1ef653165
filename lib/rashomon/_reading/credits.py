"""Tell credits and captions by the agency, the photographer or the position they name."""

from __future__ import annotations

import functools
import re

from rashomon._reading.shapes import Shape
from rashomon.read import read_word_list

_ALONE = re.compile(
    r"(?i:(?:photo|photograph|image|picture|illustration|foto|bild|grafik|imagen)s?"
    r"(?: (?:credit|source|courtesy))?(?: of)?\s*[:/]|image source, )"
    r"|(?i:photo(?:graph)?|image|picture|illustration)s? (?:by|courtesy of) [A-Z]"
    r"|(?i:source|credit)s?: (?=[A-Z©])"
    r"|(?i:twitter|instagram|facebook|tiktok|flickr|youtube) ?[:/] ?@?\w"
    r"|(?i:copyright) (?=[A-Z][\w.]* ?[A-Z/])"
)
_REPORTERS = re.compile(
    r"\(?(?i:additional )?(?i:reporting|writing|editing|compiled|edited)(?: and \w+)? by (?=[A-Z])"
)
_MAKERS = re.compile(  # Produced by Ann Lee. Mixed by Bo Ek.
    r"(?i:(?:produced|presented|hosted|edited|mixed|written|reported)(?: and \w+)? by) [A-Z][^.]{3,60}\. "
    r"\w+(?: \w+){0,3} by [A-Z]"
)
_CAPTION_LABEL = re.compile(
    r"(?i:file (?:photo|picture|image)|pictured|(?:image|photo) caption|caption)\s*[:,–—-]|FILE ?[-–—:]"
)
_POSITION = re.compile(
    r"\((?:(?:far |from |top |bottom |back |front |second from |third from )?"
    r"(?:[lrc]|[lrc]\.|left|right|cent(?:er|re)|middle|top|bottom|above|below|pictured))\)",
    re.IGNORECASE,
)
_PICTURED = re.compile(
    r"(?:pictured|seen|shown|photographed)(?: \w+){0,4},? (?:is|are|from|in|at|on|with|during)\b"
    r"|(?:from|at|far) (?:the )?(?:left|right)(?: to right)?[:,]|(?:left|right) to (?:left|right)[:,]"
    r"|clockwise from\b|(?:a|an|the|this) (?:file |undated |handout |combination )*(?:photo|image|picture|"
    r"photograph)s?(?: of \w+)? (?:shows?|taken|from|released|provided)\b|(?:in this|this combination of) "
    r"(?:\w+ )*(?:photo|image|picture)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    r"[\w.!?”\"’'] ?[(\[](?:(?i:photo|image|picture|pic|credit|source|file|illustration)s?\b[^()\[\]]{0,80}"
    r"|[^()\[\]]{0,40}/[A-Z][^()\[\]]{1,40})[)\]]$"
    r"|[.!?”\"’] ?[(\[][A-Z][^()\[\].!?]{1,40}[)\]]$"  # A finished sentence, then a name in brackets.
)
_ONLY_BRACKETS = re.compile(
    r"[(\[](?i:photo|image|picture|pic|credit|source|file|illustration)?[^()\[\].!?]*[)\]]$"
)
_LABEL_AT_END = re.compile(
    r"(?:[.!?”\"’)] (?i:photo|image|picture|credit|source|photograph|foto|bild|imagen)s?"
    r"|\w (?:Photograph|Photo|Image|Credit|Foto|Bild|Imagen))"
    r"(?: by|:| courtesy of) ?[A-Z©][^.]{1,60}$"
)
_PICTURE_AGENCY = re.compile(  # Ann Lee/Sea Press, at the end of what is no sentence
    r"(?:^| )[A-Z][\w.’'-]+ [A-Z][\w.’'-]+ ?/ ?(?:[Vv]ia |For the )?"
    r"[A-Z][\w&.’'-]*(?: [A-Z][\w.’'-]*){0,3}$"
)
_COPYRIGHT = re.compile(r"(?P<before>.*?)\s*(?:©|\(c\) |Copyright )[^.!?]{1,80}\.?$")
_COPYRIGHT_STARTS = ("©", "(c) ", "(C) ", "Copyright ©", "Copyright (c)", "Copyright 20")
_MAX_CREDIT = 10  # words of a credit with its label
_MAX_TAIL = 100  # characters at the end of a line in which a credit is looked for
_NO_CREDIT_END = frozenset(".?!…:;,")


@functools.cache
def _last_words() -> frozenset[str]:
    """Give the words with which a credit can end: most lines need no longer look."""
    names = {row["name"].split()[-1] for row in read_word_list("photo_credits")}
    return frozenset(names | {"Photo", "Images", "Pool", "File", "Graphics"})


@functools.cache
def _agency_at_end() -> re.Pattern[str]:
    names = sorted((row["name"] for row in read_word_list("photo_credits")), key=len, reverse=True)
    either = "|".join(re.escape(name) for name in names)
    return re.compile(
        rf"(?:/ ?|\bvia |[([])(?:{either})(?: (?:Photo|Images|Pool|File))?[)\]]?$"
        rf"|\b(?:{either}|REUTERS)/[A-Z][\w.’' -]*$"
        rf"|[\w.] (?:AP|AFP|EPA|PA|Reuters|Getty|Xinhua) (?:Photo|Images|Pool|File|Graphics)$"
    )


def label_credit(text: str, shape: Shape) -> tuple[str, str]:
    """Label a line that is a credit, or a caption with one.

    Parameters
    ----------
    text : str
        A line.
    shape : Shape
        Its shape.

    Returns
    -------
    zone, reason : str
        Both empty when the line is neither.

    Examples
    --------
    >>> from rashomon._reading.shapes import shape_of
    >>> label_credit("The harbor. (Photo: Bo Ek)", shape_of("The harbor. (Photo: Bo Ek)"))
    ('caption', 'credit_at_end')
    """
    may_end = ";" in text or not shape.stops or shape.n_words <= 12
    if may_end and " by " in text[:60] and _REPORTERS.match(text):
        return "byline", "agency_credit"
    if " by " in text[:30] and _MAKERS.match(text):
        return "byline", "contributors"
    if shape.n_words <= (6 if shape.stops else _MAX_CREDIT) and _ALONE.match(text):
        return "credit", "credit_alone"
    if text[0] in "FfPpIiCc" and _CAPTION_LABEL.match(text):
        return "caption", "caption_label"
    if text.startswith(_COPYRIGHT_STARTS):
        return "credit", "copyright_sign"
    if "©" in text or "(c) " in text or (not shape.stops and " Copyright " in text):
        match = _COPYRIGHT.match(text)
        if match:
            return ("caption" if match["before"] else "credit"), "copyright_sign"
    if shape.n_words <= 50 and text[-1] not in _NO_CREDIT_END:
        label = _label_by_tail(text, text[-_MAX_TAIL:], shape)
        if label[0]:
            return label
    if shape.n_words <= 40:
        if "(" in text and _POSITION.search(text):
            return "caption", "position_mark"
        if text[0] in "PpSsFfAaLlRrCcTtIi" and _PICTURED.match(text):
            return "caption", "picture_words"
    return "", ""


def _label_by_tail(text: str, tail: str, shape: Shape) -> tuple[str, str]:
    if text[0] in "([" and shape.n_words <= 20 and _is_credit_in_brackets(text):
        return "credit", "credit_in_brackets"
    if tail[-1] in ")]" and _IN_BRACKETS.search(tail):
        return "caption", "credit_at_end"
    if (" by " in tail or ":" in tail or " of " in tail) and _LABEL_AT_END.search(tail):
        return "caption", "credit_at_end"
    is_named = "/" in tail or tail.rstrip(")]").rsplit(None, 1)[-1].lstrip("([") in _last_words()
    if is_named and _agency_at_end().search(tail):
        return ("caption" if shape.n_words >= 6 else "credit"), "agency_at_end"
    if "/" in tail and _PICTURE_AGENCY.search(tail):
        return ("caption" if shape.n_words > 7 else "credit"), "agency_at_end"
    return "", ""


def _is_credit_in_brackets(text: str) -> bool:
    match = _ONLY_BRACKETS.match(text)
    words = text.strip("()[]").split()
    return (
        match is not None and len(words) >= 2 and sum(word[0].isupper() for word in words) >= len(words) / 2
    )
