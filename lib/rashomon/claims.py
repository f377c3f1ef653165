"""Claims side by side: who asserts, attributes, hedges or denies what, and who leaves it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from rashomon._claims.alikeness import vectorize
from rashomon._claims.denials import find_answers, mark_counters
from rashomon._claims.grouping import find_nearest, group_claims, join_late, members_of
from rashomon._claims.pairs import claim_similarity, same_claim
from rashomon._claims.units import Telling, find_tellings
from rashomon.tables import make_table

if TYPE_CHECKING:
    from rashomon.corpus import Corpus

__all__ = [
    "claim_similarity",
    "claims_in",
    "compare_claims",
    "find_omissions",
    "lay_out_claims",
    "same_claim",
]

# A claim that few of many articles tell is not missing in the others.
_LEAST_SHARE = 0.1
# Below this an article has nothing that could be the claim in other words, so that it is left out for sure.
_SURELY_ABSENT = 0.18
# Tellings less alike than this on average may be more than one claim, so that nobody is said to leave it out.
_SURELY_ONE = 0.3
# What begins so is a part of a sentence, or speaks of something that was named before.
_LEANS_BACK = re.compile(
    r"\W*(?:he|she|it|they|we|i|you|his|her|its|their|our|this|that|these|those|such|and|but|or|so|yet"
    r"|which|who|while|although|though|as|with|because|after|if)\b",
    re.IGNORECASE,
)
_HEADINGS = ("headline", "subheadline", "section_heading", "caption")
_STRENGTH = ("denies", "asserts", "attributes", "hedges", "absent")


def compare_claims(
    corpus: Corpus,
    statements: pd.DataFrame,
    figures: pd.DataFrame,
    names: pd.DataFrame,
    *,
    events: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Bring what the articles tell into one matrix: claim by article, and what each does with the claim.

    Parameters
    ----------
    corpus : Corpus
        Its sentences that carry claims are read, but for questions.
    statements, figures, names : DataFrame
        Tables of the same corpus.
    events : DataFrame, optional, keyword-only
        `article_id` and `event_id`; articles of different events are not compared. Without it the folder is
        taken for one event.

    Returns
    -------
    DataFrame
        Table `claims`: a row for each telling of a claim, and one with the stance "absent" for each article
        of the event that leaves out a claim which two others tell. `claim` is the wording of the telling
        that is most like all others, verbatim. `score` is how alike a telling is to the others, on average,
        0 to 1, up is more alike (1 for the only telling); in an absent row, how alike the nearest is.

    Notes
    -----
    Known limits. Claims are matched by words, spelling, names and figures: what is told in quite other words
    stays apart. Denials are found by their words, by the stance of `statements`, and where a speaker says
    that what others tell is not so. A piece of a sentence has one stance, that of its strongest sign.

    Examples
    --------
    >>> claims = claims_in({"a": "The mayor closed the road on Monday.", "b": "The mayor closed the road."})
    >>> claims[["article_id", "stance"]].values.tolist()
    [['a', 'asserts'], ['b', 'asserts']]
    >>> claims["claim"].nunique()
    1
    """
    event_of = {} if events is None else dict(zip(events["article_id"], events["event_id"], strict=True))
    told = find_tellings(corpus.sentences, statements, figures, names)
    told.sort(key=lambda each: (each.article_id, each.start))
    by_event: dict[str, list[Telling]] = {}
    for each in told:
        by_event.setdefault(str(event_of.get(each.article_id, "")), []).append(each)
    rows = [row for _, tellings in sorted(by_event.items()) for row in _compare_event(tellings)]
    return make_table("claims", rows)


def claims_in(texts: Mapping[str, str]) -> pd.DataFrame:
    """Bring what some texts tell into one matrix; see `compare_claims`.

    Parameters
    ----------
    texts : mapping of str to str
        Name to text; the names become `article_id`.

    Returns
    -------
    DataFrame
        Table `claims`.

    Examples
    --------
    >>> claims_in({"a": "Is it so?"}).empty
    True
    """
    from rashomon.compare import compare_figures
    from rashomon.corpus import corpus_of
    from rashomon.names import find_names
    from rashomon.quantities import extract_quantities
    from rashomon.speech import find_statements

    corpus = corpus_of(texts)
    statements = find_statements(corpus)
    figures = compare_figures(extract_quantities(corpus, statements), corpus.sentences)
    return compare_claims(corpus, statements, figures, find_names(corpus))


def lay_out_claims(claims: pd.DataFrame, *, least_articles: int = 2) -> pd.DataFrame:
    """Lay out the claims as a matrix: a row a claim, a column an article, its stance in the cell.

    Parameters
    ----------
    claims : DataFrame
        Table `claims`.
    least_articles : int, keyword-only
        Leave out claims that fewer articles tell.

    Returns
    -------
    DataFrame
        Index `claim_id`; `claim`, `n_articles`, and one column an article: "denies" where it denies the claim
        or tells of a denial, else its plainest stance; "absent" where it leaves the claim out. Told by most
        articles first, then by the order of the table.

    Examples
    --------
    >>> claims = claims_in({"a": "The mayor closed the road.", "b": "The mayor may have closed the road."})
    >>> lay_out_claims(claims)[["a", "b"]].values.tolist()
    [['asserts', 'hedges']]
    """
    articles = sorted(set(claims["article_id"]))
    rows: dict[str, dict[str, Any]] = {}
    for claim, wording, article, stance in zip(
        *(claims[name] for name in ("claim_id", "claim", "article_id", "stance")), strict=True
    ):
        row = rows.setdefault(claim, {"claim": wording} | dict.fromkeys(articles, "absent"))
        row[article] = min(row[article], stance, key=_STRENGTH.index)
    table = pd.DataFrame(
        [
            {"claim_id": claim, "n_articles": sum(row[a] != "absent" for a in articles), **row}
            for claim, row in rows.items()
        ],
        columns=["claim_id", "claim", "n_articles", *articles],
    ).set_index("claim_id")
    table = table[table["n_articles"] >= least_articles]
    return table.sort_values("n_articles", ascending=False, kind="stable")


def find_omissions(claims: pd.DataFrame) -> pd.DataFrame:
    """Find what all articles but one tell, and who tells a claim without its denial.

    Parameters
    ----------
    claims : DataFrame
        Table `claims`.

    Returns
    -------
    DataFrame
        Table `omissions`. Of kind `claim`: all other articles of the event, at least two, tell it, and the
        article has no sentence that could mean it in other words. Of kind `denial`: another article tells
        that somebody denies the claim, and this one tells the claim and no denial of it. A denial that may
        answer several claims counts for the first of its `answers` alone.

    Notes
    -----
    Known limits. What is told in quite other words looks left out, so each row says how near the nearest
    sentence is (`nearest_score`). An article that is older than a denial cannot tell it.

    Examples
    --------
    >>> told = "The mayor closed the old bridge on Monday."
    >>> texts = {"a": told, "b": told, "c": "Prices fell again in the capital."}
    >>> find_omissions(claims_in(texts))[["article_id", "kind"]].values.tolist()
    [['c', 'claim']]
    """
    rows = claims.to_dict("records")
    by_claim: dict[str, list[Mapping[Any, Any]]] = {}
    for row in rows:
        by_claim.setdefault(row["claim_id"], []).append(row)
    found = [row for told in by_claim.values() for row in _left_out(told)]
    return make_table("omissions", [*found, *_missing_denials(rows, by_claim)])


def _left_out(told: Sequence[Mapping[Any, Any]]) -> Iterator[dict[str, Any]]:
    absent = [row for row in told if row["stance"] == "absent"]
    telling = {row["article_id"] for row in told} - {row["article_id"] for row in absent}
    if len(absent) != 1 or len(telling) < 2 or absent[0]["score"] >= _SURELY_ABSENT:
        return
    scores = [row["score"] for row in told if row["stance"] != "absent"]
    if sum(scores) / len(scores) >= _SURELY_ONE:
        yield _omission(told[0], absent[0]["article_id"], "claim", absent[0]["score"], len(telling))


def _missing_denials(
    rows: Iterable[Mapping[Any, Any]], by_claim: Mapping[str, list[Mapping[Any, Any]]]
) -> Iterator[dict[str, Any]]:
    """Follow each denial to the claims it answers, and to the articles that tell these without a denial."""
    denying: dict[str, list[Mapping[Any, Any]]] = {}
    denials_told = [row for row in rows if row["stance"] == "denies"]
    for row in denials_told:
        # Only the first of the claims it may answer: better to miss an omission than to invent one.
        claim = row["answers"].split(";")[0] or row["claim_id"]
        denying.setdefault(claim, []).append(row)
    widest: dict[tuple[str, str, int], tuple[int, str]] = {}
    for claim, denials in sorted(denying.items()):
        telling = {row["article_id"] for row in by_claim[claim] if row["stance"] not in ("denies", "absent")}
        denied_there = {row["article_id"] for row in denials} | _denying_alike(denials, denials_told)
        # One row an article and denial: for the claim that most articles tell.
        for article in telling - denied_there:
            key = (article, denials[0]["article_id"], denials[0]["start"])
            widest[key] = min(widest.get(key, (0, claim)), (-len(telling), claim))
    for (article, *_), (_, claim) in sorted(widest.items()):
        denials = denying[claim]
        deniers = {row["article_id"] for row in denials}
        yield _omission(by_claim[claim][0], article, "denial", None, len(deniers), denials[0])


def _denying_alike(
    denials: Sequence[Mapping[Any, Any]], all_denials: Iterable[Mapping[Any, Any]]
) -> set[str]:
    """Name the articles in which the same speaker denies something, or something is denied near it."""
    speakers = {row["speaker"] for row in denials if row["speaker"]}
    answered = {claim for row in denials for claim in row["answers"].split(";") if claim}
    return {
        row["article_id"]
        for row in all_denials
        if row["speaker"] in speakers or answered.intersection(row["answers"].split(";"))
    }


def _omission(
    claim: Mapping[Any, Any],
    article: str,
    kind: str,
    nearest: float | None,
    n_telling: int,
    denial: Mapping[Any, Any] | None = None,
) -> dict[str, Any]:
    row = {name: claim[name] for name in ("claim_id", "claim", "claim_article", "claim_start", "claim_end")}
    row |= {"article_id": article, "kind": kind, "n_articles": n_telling, "nearest_score": nearest}
    if denial is not None:
        row |= {"denial_article": denial["article_id"], "denial_start": denial["start"]}
        row |= {"denial_end": denial["end"], "denial": denial["surface"], "denied_by": denial["speaker"]}
    return row


def _compare_event(tellings: Sequence[Telling]) -> Iterator[dict[str, Any]]:
    vectors = vectorize(tellings)
    groups = group_claims(vectors, [frozenset(each.figures) for each in tellings])
    articles = [each.article_id for each in tellings]
    n_articles = len(set(articles))
    told_first = members_of(groups)
    # A claim keeps the wording of a telling of its own: one that joins late may be the wording of another.
    centers = {group: _find_center(tellings, vectors, rows) for group, rows in told_first.items()}
    joined = join_late(vectors, groups, articles)
    members = {
        group: sorted([*rows, *(row for row in joined.get(group, ()) if _may_join(tellings, rows, row))])
        for group, rows in told_first.items()
    }
    ids = {group: _id_of(tellings[center]) for group, center in centers.items()}
    tellings = mark_counters(tellings, members, centers)
    answers = find_answers(tellings, vectors, members, centers)
    for group, rows in members.items():
        center = tellings[centers[group]]
        claim = {
            "claim_id": ids[group],
            "claim": center.text,
            "claim_article": center.article_id,
            "claim_start": center.start,
            "claim_end": center.end,
        }
        scores = _scores_within(vectors[rows])
        for at, row in enumerate(rows):
            yield (
                claim
                | _telling_row(tellings, rows, scores, at)
                | {"answers": ";".join(ids[answered] for answered in answers.get(row, ()))}
            )
        telling = {articles[row] for row in rows}
        if n_articles > len(telling) >= max(2, _LEAST_SHARE * n_articles):
            nearest = find_nearest(vectors, told_first[group], articles)
            for article in sorted(nearest.keys() - telling):
                yield claim | {"article_id": article, "stance": "absent", "score": nearest[article]}


def _may_join(tellings: Sequence[Telling], rows: Sequence[int], row: int) -> bool:
    """Whether a telling may join late: other figures make it another claim."""
    theirs = {figure for each in rows for figure in tellings[each].figures}
    ours = set(tellings[row].figures)
    return not ours or not theirs or bool(ours & theirs)


def _scores_within(vectors: Any) -> Any:
    if vectors.shape[0] == 1:
        return [[1.0]]
    return (vectors @ vectors.T).toarray().round(9).clip(0, 1)


def _find_center(tellings: Sequence[Telling], vectors: Any, rows: Sequence[int]) -> int:
    """Give the telling that is most like all others; one that cannot stand alone if there is no other."""
    if len(rows) == 1:
        return rows[0]
    likeness = _scores_within(vectors[rows]).sum(axis=1).round(6)
    of = dict(zip(rows, likeness, strict=True))
    return max(
        rows, key=lambda row: (_is_whole(tellings[row]), _stands_alone(tellings[row].text), of[row], -row)
    )


def _is_whole(telling: Telling) -> bool:
    return telling.zone not in _HEADINGS and not telling.is_truncated


def _stands_alone(text: str) -> bool:
    """Whether the words begin like a sentence of their own, and not with what another sentence explains."""
    return not text[:1].islower() and not _LEANS_BACK.match(text)


def _id_of(telling: Telling) -> str:
    return f"{telling.article_id}-{telling.start}"


def _telling_row(tellings: Sequence[Telling], rows: Sequence[int], scores: Any, at: int) -> dict[str, Any]:
    telling = tellings[rows[at]]
    row = {
        "article_id": telling.article_id,
        "sentence_id": telling.sentence_id,
        "part_id": telling.part_id,
        "start": telling.start,
        "end": telling.end,
        "surface": telling.text,
        "stance": telling.stance,
        "speaker": telling.speaker,
        "score": 1.0,
    }
    others = [other for other in range(len(rows)) if other != at]
    if others:
        # The pair that shows best why it joined: the most alike telling, of another article if there is one.
        match = max(
            others, key=lambda o: (tellings[rows[o]].article_id != telling.article_id, scores[at][o], -o)
        )
        matched = tellings[rows[match]]
        row |= {"score": float(scores[at][others].mean()), "matched_article": matched.article_id}
        row |= {"matched_start": matched.start, "matched_end": matched.end}
        row |= {"match_score": float(scores[at][match])}
    return row
