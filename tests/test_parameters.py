import pytest

from rashomon.parameters import PARAMETERS, ParameterError, cast_parameter, check_parameters, parse_parameters


def test_there_are_nine_and_their_defaults_are_allowed():
    assert list(PARAMETERS) == [
        "corpus", "outlets", "since", "until", "limit", "word_list", "unit", "counted", "seed",
    ]  # fmt: skip
    defaults = {name: each.default for name, each in PARAMETERS.items()}
    assert check_parameters(**defaults) == defaults
    assert all(type(each.default) is each.kind for each in PARAMETERS.values())
    assert not any("#" in each.meaning or "=" in each.meaning for each in PARAMETERS.values())


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"corpus": "no/such/folder"}, "corpus: cannot read 'no/such/folder'"),
        ({"corpus": ""}, "corpus: cannot read ''"),
        ({"since": "24.10.2024"}, "since: '24.10.2024' is no day; write it as YYYY-MM-DD"),
        ({"since": "20241024"}, "YYYY-MM-DD"),
        ({"until": "2024-W43-4"}, "YYYY-MM-DD"),
        ({"until": "2024-13-01"}, "YYYY-MM-DD"),
        ({"since": "2024-10-25", "until": "2024-10-24"}, "lies after until"),
        ({"limit": -1}, "limit: -1 is below 0"),
        ({"limit": "3"}, "limit: '3' is no whole number"),
        ({"limit": True}, "limit: True is no whole number"),
        ({"counted": 7}, "counted: 7 is no text"),
        ({"seed": -1}, "seed: -1 is not between"),
        ({"seed": 2**32}, "is not between 0 and 4294967295"),
        ({"word_list": "no_such_list.csv"}, "word_list: .*no_such_list.csv"),
        ({"unit": "paragraph"}, "unit: 'paragraph' is no unit; there are sentence, part, article"),
        ({"bogus": 1}, "no parameter 'bogus'; there are corpus, outlets"),
    ],
)
def test_a_bad_value_is_one_helpful_line(values, message):
    with pytest.raises(ParameterError, match=message) as caught:
        check_parameters(**values)
    assert "\n" not in str(caught.value)


def test_a_word_list_is_read_before_anything_runs(tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("word,weight\nfine,1\nawful,-1\n", encoding="utf-8")
    bad.write_text("word,weight\nfine,much\n", encoding="utf-8")
    assert check_parameters(word_list=str(good)) == {"word_list": str(good)}
    assert check_parameters(word_list="vader") == {"word_list": "vader"}
    with pytest.raises(ParameterError, match=r"bad\.csv, line 2"):
        check_parameters(word_list=str(bad))


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("limit", "0", 0), ("limit", "12", 12), ("limit", "-1", -1),
        ("counted", "007", "007"), ("outlets", "True", "True"), ("corpus", "a=b", "a=b"), ("since", "", ""),
    ],
)  # fmt: skip
def test_texts_stay_texts_and_numbers_become_numbers(name, typed, value):
    cast = cast_parameter(name, typed)
    assert (type(cast), cast) == (type(value), value)


@pytest.mark.parametrize("typed", ["", "1.0", "1e3", "1_000", "007", " 1", "１", "None", "0x10"])
def test_what_does_not_look_like_a_number_is_refused(typed):
    with pytest.raises(ParameterError, match=r"limit: .* is no whole number"):
        cast_parameter("limit", typed)


def test_an_unknown_name_lists_the_names():
    with pytest.raises(ParameterError, match=r"no parameter 'lmit'; there are corpus, .*, seed"):
        cast_parameter("lmit", "1")


def test_yaml_days_become_texts_and_all_is_checked():
    assert parse_parameters("since: 2024-10-22\nlimit: 2\ncounted: soldiers\n") == {
        "since": "2024-10-22", "limit": 2, "counted": "soldiers",
    }  # fmt: skip
    assert parse_parameters("# nothing\n") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("limit: -2", "below 0"),
        ("limit: '2'", "no whole number"),
        ("limit: 1.5", "no whole number"),
        ("counted: no", "counted: False is no text; put it in quotation marks"),
        ("counted: 007", "put it in quotation marks"),
        ("outlets: [a, b]", "put it in quotation marks"),
        ("since: 2024-10-22 10:00:00", "put it in quotation marks"),
        ("since: 2024-13-22", "not YAML"),
        ("- a", "not a mapping"),
        ("a: [", "not YAML"),
        ("!!python/object/apply:os.system ['true']", "not YAML"),
        ("3: 4", "no parameter '3'"),
    ],
)
def test_yaml_that_is_refused(text, message):
    with pytest.raises(ParameterError, match=message) as caught:
        parse_parameters(text)
    assert "\n" not in str(caught.value)
