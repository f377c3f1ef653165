"""A text by itself as a corpus, all of it to be scored."""

from __future__ import annotations

from dataclasses import replace

from rashomon.corpus import Corpus, corpus_of

_FEW_WORDS = 20  # below which the language of a text is a guess, better left to its small words


def corpus_of_text(text: str) -> Corpus:
    """Read one text; where none of it looks like a claim, as in a lone teaser, all of it is taken for one."""
    corpus = corpus_of({"text": text})
    if len(text.split()) < _FEW_WORDS:
        corpus = replace(corpus, articles=corpus.articles.assign(language=""))
    if corpus.sentences["carries_claims"].any():
        return corpus
    return replace(corpus, sentences=corpus.sentences.assign(carries_claims=True))
