"""Words that set groups of articles apart: what is planted is found, what is chance is not."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from rashomon import compare_words, corpus_of, words_between

N_WORDS = 300
SPELLED = np.array([f"{a}{b}{c}" for a in "bdfgklm" for b in "aeiou" for c in "nprstvwxz"])[:N_WORDS]
SHARES = 1 / np.arange(1, N_WORDS + 1)
SHARES /= SHARES.sum()


def write_articles(draw: np.random.Generator, n: int, shares: npt.NDArray[np.float64]) -> list[str]:
    """Write articles that use a word again once they have used it: rates vary from article to article."""
    articles = []
    for length in draw.integers(150, 400, n):
        counts = draw.poisson(length * shares * draw.gamma(2, 0.5, len(shares)))
        articles.append(" ".join(np.repeat(SPELLED, counts)))
    return articles


def bend(draw: np.random.Generator) -> npt.NDArray[np.float64]:
    shares = SHARES * np.exp(draw.normal(0, 0.5, N_WORDS))
    return shares / shares.sum()


def test_intervals_cover_the_true_log_odds() -> None:
    draw = np.random.default_rng(3)
    true = pd.Series(np.log(SHARES / (1 - SHARES)), index=SPELLED)
    covered: list[bool] = []
    for seed in range(6):
        shares = bend(draw)
        bent = pd.Series(np.log(shares / (1 - shares)), index=SPELLED)
        found = words_between(
            write_articles(draw, 8, shares), write_articles(draw, 12, SHARES), draws=2, seed=seed
        )
        found = found[found["group"] == "a"]
        expected = bent[found["word"]].to_numpy() - true[found["word"]].to_numpy()
        covered += ((found["low"] <= expected) & (expected <= found["high"])).tolist()
    assert len(covered) > 500
    assert 0.92 <= np.mean(covered) <= 0.985


def test_shuffled_labels_raise_few_alarms() -> None:
    draw = np.random.default_rng(4)
    alarms = []
    for seed in range(20):
        found = words_between(
            write_articles(draw, 6, SHARES), write_articles(draw, 10, SHARES), draws=60, seed=seed
        )
        alarms.append(found["is_distinctive"].mean())
    assert np.mean(alarms) <= 0.001


def test_planted_words_are_found() -> None:
    draw = np.random.default_rng(5)
    shares = SHARES.copy()
    shares[[20, 40, 60]] *= 8
    found = words_between(
        write_articles(draw, 15, shares / shares.sum()), write_articles(draw, 15, SHARES), seed=1
    )
    clear = found[found["is_distinctive"] & (found["group"] == "a")]
    assert set(SPELLED[[20, 40, 60]]) <= set(clear["word"])
    assert len(clear) <= 6


def test_a_word_of_one_article_marks_no_outlet() -> None:
    plain = "The harbor opens in the morning and the ferries leave. " * 8
    found = words_between([plain + "quay quay quay " * 40, *[plain] * 7], [plain] * 8)
    assert "quay" not in found["word"].tolist()
    two = words_between([plain + "quay " * 90, plain + "quay", *[plain] * 6], [plain] * 8)
    assert not two.loc[two["word"] == "quay", "is_distinctive"].any()


def test_few_articles_make_no_word_distinctive() -> None:
    found = words_between(["bold " * 30 + "plan " * 30] * 2, ["plan " * 60] * 2)
    assert len(found)
    assert found["q_value"].min() > 0.05


@pytest.mark.parametrize(
    "texts", [{}, {"a": "One text."}, {"a": "One " * 20, "b": "Two " * 20}, {"a": "1 2 3"}]
)
def test_too_little_to_compare_gives_an_empty_table(texts: dict[str, str]) -> None:
    assert compare_words(corpus_of(texts), by="label").empty


def test_unknown_column_is_named() -> None:
    with pytest.raises(ValueError, match="no column 'newspaper'"):
        compare_words(corpus_of({"a": "One."}), by="newspaper")


def test_articles_without_a_group_belong_to_the_others() -> None:
    texts = {f"a{n}": "The U.S. plan is bold and the ferry is late. " * 6 for n in range(6)}
    corpus = corpus_of(texts)
    corpus.articles.loc[:2, "outlet"] = "Morning Bell"
    found = compare_words(corpus)
    assert set(found["group"]) == {"Morning Bell"}
    assert "u.s." in found["word"].tolist()


def test_places_give_back_their_words_whatever_the_order() -> None:
    texts = {f"t{n}": f"Café owners on street {n} said: “It’s late.” " * 5 for n in range(6)}
    corpus = corpus_of(texts)
    found = compare_words(corpus, by="label")
    for row in found[found["article_id"] != ""].itertuples():
        surface = corpus.raw(row.article_id)[row.start : row.end]
        assert surface.casefold().replace("’", "'") == row.word
    backwards = corpus_of(dict(reversed(texts.items())))
    pd.testing.assert_frame_equal(compare_words(backwards, by="label"), found)
