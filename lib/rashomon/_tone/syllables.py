"""Count syllables of English words by rule, near enough for readability formulas."""

from __future__ import annotations

import functools
import re

_EXCEPTIONS = {
    "area": 3, "areas": 3, "anyone": 3, "beyond": 2, "business": 2, "businesses": 3, "businessman": 3,
    "catholic": 2, "centre": 2, "colleague": 2, "colleagues": 2, "colonel": 2, "dialogue": 3, "elsewhere": 2,
    "evening": 2, "everybody": 4, "everyone": 3, "everything": 3, "fashion": 2, "george": 1, "household": 2,
    "households": 2, "hundred": 2, "hundreds": 2, "idea": 3, "ideas": 3, "influence": 3, "league": 1,
    "maybe": 2, "naive": 2, "nuclear": 3, "people": 2, "peoples": 2, "real": 1, "safety": 2, "seoul": 1,
    "simile": 3, "somebody": 3, "someone": 2, "something": 2, "sometimes": 2, "somewhat": 2,
    "spokesman": 2, "spokeswoman": 3, "suicide": 3, "takeover": 3, "technique": 2, "techniques": 2,
    "theater": 3, "theatre": 3, "therefore": 2, "tokyo": 3, "unique": 2, "wednesday": 2, "widespread": 2,
}  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]+")
# Written vowels that nobody speaks: late, walked, tables, movement …
_SILENT = re.compile(
    r"(?<=[^aeiouy])e$|(?<=[^aeiouytd])ed$|(?<=[aeiouy][bdfklmnprtvw])es$|(?<=[^aeiouyscxgzh])es$|(?<=th)es$"
    r"|(?<=[aeiouyr][^aeiouy])(?<!el)e(?=(?:ly|ful|fully|less|lessly|ness|ments?|some|times?|work|man|men|land"
    r"|town|side|line|where|thing|one|ball|cast|store|house)$)"
)
_SPOKEN_LE = re.compile(r"[^aeiouyl]l(?:e|es|ed)$")
# … and written together, but spoken apart: media, being, usual, create, prism, didn't.
_APART = re.compile(
    r"(?<![tscgl])i(?=a(?!ge|m|$)|o(?!n?us$|rs?$|ns?$))|(?<=[bvpdmr])i(?=ons?$|ors?$)|(?<=[dmvblr])i(?=a$)"
    r"|(?<=[tscg])i(?=a(?:t|b|nce)|u)|(?<=[rlhptv])i(?=e(?:r|rs|st)$)|i(?=e(?:t|nc))|(?<=[cdl]l)i(?=ent)"
    r"|(?<=[dnrlvbpmf])i(?=ous)|(?<=[aeouy])i(?=ng)|(?<![qg])u(?=a(?:l|t|r[yi])|ity|o[ua]s)"
    r"|(?<=[^aeioup])e(?=o(?!u))|o(?=e[tm])|(?<=co)o(?=p|r)|(?<=cr)e(?=at)|(?<=^r)e(?=a(?:ct|l[iz]))"
    r"|(?<=[dnr])i(?=ums?$)|i(?=an(?:ts?|ces?)$)|(?<=[a-z]{2})sms?$|(?<=[dst])n't$|thm"
    r"|(?<=[ao])y(?=[aeo](?!d$))|eu(?=m)"
)


@functools.lru_cache(maxsize=65536)
def count_syllables(word: str) -> int:
    """Count the syllables of an English word.

    Parameters
    ----------
    word : str
        A word; those joined by hyphens are counted one by one and added up, and so are the letters of an
        abbreviation without a vowel.

    Returns
    -------
    int
        At least 1.

    Examples
    --------
    >>> [count_syllables(word) for word in ("jumped", "little", "well-known", "situation", "NBC")]
    [1, 2, 2, 4, 3]
    """
    parts = [part for part in re.split(r"[-‐–/]", word) if part]
    if len(parts) > 1:
        return sum(count_syllables(part) for part in parts)
    key = word.lower().replace("’", "'").strip("'.").removesuffix("'s")
    if key in _EXCEPTIONS:
        return _EXCEPTIONS[key]
    if word.isupper() and not _VOWELS.search(key):
        return max(1, len(key))
    silent = len(_SILENT.findall(key)) - (_SPOKEN_LE.search(key) is not None)
    return max(1, len(_VOWELS.findall(key)) - max(0, silent) + len(_APART.findall(key)))
