"""Spellings of one word meet, and different words stay apart."""

import pytest

from chalicelib import data
from chalicelib.domain.text.language import slips, words_of

LANGUAGE = data.words().language

SAME = [
    ("lubang", "lobang"),
    ("lubang", "LUBANG"),
    ("lubang", "luubangg"),
    ("macet", "macettt"),
    ("sampah", "sampa"),
    ("hilang", "ilang"),
    ("roboh", "rubuh"),
    ("telur", "telor"),
    ("ramai", "rame"),
    ("pulau", "pulo"),
    ("cahaya", "cahaia"),
    ("zebra", "sebra"),
    ("aktif", "aktip"),
    ("november", "nopember"),
    ("masyarakat", "masarakat"),
    ("khusus", "kusus"),
    ("boedi", "budi"),
    ("djalan", "jalan"),
    ("lubang2", "lubang"),
    ("s4mp4h", "sampah"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_a_word_are_one(one: str, other: str) -> None:
    assert LANGUAGE.fold(one.lower()) == LANGUAGE.fold(other.lower())


@pytest.mark.parametrize(("one", "other"), [("makam", "makan"), ("pasar", "pasir"), ("got", "git"), ("b3", "b")])
def test_two_words_stay_two(one: str, other: str) -> None:
    assert LANGUAGE.fold(one) != LANGUAGE.fold(other)


DERIVED = [
    ("bakar", "pembakaran"),
    ("bakar", "dibakar"),
    ("bakar", "membakar"),
    ("sapu", "penyapu"),
    ("tebang", "penebangan"),
    ("potong", "memotong"),
    ("keruk", "pengerukan"),
    ("sampah", "nyampah"),
    ("sampah", "sampahnya"),
    ("rusuh", "kerusuhan"),
    ("izin", "perizinan"),
    ("parkir", "markir"),
    ("school", "schools"),
]


@pytest.mark.parametrize(("root", "derived"), DERIVED)
def test_a_derived_word_leads_to_its_root(root: str, derived: str) -> None:
    assert LANGUAGE.fold(root) in LANGUAGE.stems(LANGUAGE.fold(derived), 4)


@pytest.mark.parametrize(
    ("typed", "known", "halves"),
    [
        ("mampat", "mampet", 1),
        ("lmpu", "lampu", 1),
        ("kabal", "kabel", 1),
        ("kadel", "kabel", 2),
        ("kaebl", "kabel", 2),
        ("kabel", "kabel", 0),
        ("kucing", "kabel", 3),
    ],
)
def test_a_wrong_vowel_is_half_a_slip(typed: str, known: str, halves: int) -> None:
    assert slips(typed, known, 2) == halves


def test_accents_dots_and_signs_that_nobody_sees_are_left_out() -> None:
    assert words_of("Jum’at: sam\u200bpah, é-KTP ﬁre!") == ["jumat", "sampah", "e", "ktp", "fire"]


def test_only_so_many_words_of_a_text_are_read() -> None:
    assert len(words_of("got " * 4000)) == 150


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sudah tiga kali lapor", ["lapor"]),
        ("RT 05 RW 02 got mampet", ["got", "mampet"]),
        ("kali bau", ["kali", "bau"]),
        ("ketua rt", ["ketua", "rt"]),
    ],
)
def test_what_is_only_counted_is_left_out(text: str, words: list[str]) -> None:
    assert [token.word for token in LANGUAGE.tokens(words_of(text))] == words
