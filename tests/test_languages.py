"""The language of a text, and what formats call it."""

from __future__ import annotations

import pytest

from rashomon._reading.languages import guess_language, language_code
from rashomon.resources import read_word_list


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The harbor was closed because the wind had turned, and no ferry left on Monday.", "en"),
        ("Der Hafen wurde geschlossen, weil der Wind sich gedreht hatte und keine Fähre fuhr.", "de"),
        ("Le port a été fermé parce que le vent avait tourné et que les bateaux sont restés.", "fr"),
        ("El puerto se cerró porque el viento había cambiado y los barcos no salieron de la bahía.", "es"),
        ("O porto foi fechado porque o vento mudou e os barcos não saíram da baía.", "pt"),
        ("Il porto è stato chiuso perché il vento era cambiato e le navi non sono partite.", "it"),
        ("De haven werd gesloten omdat de wind draaide en er geen boot meer uit kon varen.", "nl"),
        ("Port został zamknięty, bo wiatr się zmienił i żaden prom nie wypłynął z zatoki.", "pl"),
        ("Порт закрыли, потому что ветер переменился и ни один паром не вышел из бухты.", "ru"),
        ("Порт закрили, бо вітер змінився і жоден пором не вийшов з бухти, як це було й раніше.", "uk"),
        ("Satama suljettiin, koska tuuli oli kääntynyt eikä yksikään lautta ollut merellä.", "fi"),
        ("Rüzgâr döndüğü için liman kapatıldı ve bu nedenle bir feribot bile denize açılmadı.", "tr"),
        ("風が変わったため、港は閉鎖された。", "ja"),
        ("바람이 바뀌어 항구가 폐쇄되었다.", "ko"),
        ("港口因风向改变而关闭。", "zh"),
        ("أُغلق الميناء لأن الريح تغيرت.", "ar"),
        ("Το λιμάνι έκλεισε επειδή άλλαξε ο άνεμος.", "el"),
        ("Ferry 7 – Pier 12", ""),
        ("", ""),
        ("12 34 56 :-) !!", ""),
    ],
)
def test_language_of_a_text(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("EN", "en"),
        ("pt_BR", "pt"),
        ("German; Deutsch", ""),
        ("Deutsch", "de"),
        ("Französisch", "fr"),
        ("", ""),
    ],
)
def test_what_a_format_calls_it(stated: str, code: str) -> None:
    assert language_code(stated) == code


def test_word_list_is_sound() -> None:
    rows = read_word_list("language_words")
    assert [row["language"] for row in rows] == sorted({row["language"] for row in rows})
    for row in rows:
        words = row["words"].split()
        assert words == list(dict.fromkeys(words))
        assert len(words) >= 20
        assert row["words"] == row["words"].lower()
