"""What the word table does not know is counted in words, never in what somebody wrote."""

import pytest

from tools.tables import unknown_words
from tools.tables.unknown_words import unknown


def test_a_word_that_many_reports_use_and_the_table_lacks_is_counted_by_report() -> None:
    assert unknown(["blorong di jalan blorong"] * 6) == [("blorong", 6)]


def test_what_is_known_says_nothing_or_stands_in_few_reports_is_left_out() -> None:
    assert unknown(["got mampet", "tolong pak sudah lama", "jln rusak"] * 9 + ["blorong"] * 4) == []


@pytest.mark.parametrize("word", ["08123456789", "b1234xyz", "x" * 41])
def test_what_may_name_somebody_is_left_out(word: str) -> None:
    assert unknown([word] * 9) == []


def test_the_command_prints_words_and_how_many_reports_use_them(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "reports.txt"
    path.write_text("ada blorong besar di depan rumah Bu Siti\n" * 7)

    assert unknown_words.main([str(path)]) == 0
    assert "7\tblorong\n" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        unknown_words.main([])
