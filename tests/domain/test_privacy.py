"""Words that seem to name somebody are kept from the public view; ordinary reports are not."""

import time

import pytest

from chalicelib.domain.privacy import may_identify


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi saya di 0812-3456-7890",
        "WA 081234567890 ya",
        "telepon +62 812 3456 7890",
        "kantor (021) 3456789",
        "tulis ke siti.aminah@contoh.id",
        "siti(at)contoh.id",
        "NIK 3171010101900001",
        "mobil B 1234 XYZ parkir",
        "B1234XYZ",
        "plat b 1234 xyz",
        "motor AD 5678 K",
        "WA 0812_3456_7890",
        "WA 0812–3456–7890",
        "hubungi saya.0812,3456,7890",
        "nomor saya 812 3456 7890",
        "０８１２３４５６７８９０",
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "08\u200b1234\u200b567890",
        "mobil Ｂ１２３４ＸＹＺ",
        "siti (at) contoh (dot) id",
        "siti＠contoh．id",
    ],
)
def test_telephones_addresses_identity_numbers_and_plates_are_noticed(text):
    assert may_identify(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lubang besar di depan Monas",
        "Jl. Sabang No. 12 RT 03 RW 05",
        "Lampu mati sejak pukul 19.30, tiang nomor 45",
        "Air setinggi 120 cm, sudah 3 hari",
        "Lebar lubang 1,5 m, dalam 20 cm",
        "Kejadian 02-03-2026 di Kelurahan Gambir",
    ],
)
def test_ordinary_reports_are_left_alone(text):
    assert not may_identify(text)


@pytest.mark.parametrize("sign", ["a", "0", ".", "8 ", "B", "ﷺ", "@", "(at)"])
def test_a_long_text_takes_as_long_as_the_short_ones_that_it_is_made_of(sign):
    short = min(looked_through(sign * (250 // len(sign)), times=16) for _ in range(5))

    long = min(looked_through(sign * (4000 // len(sign)), times=1) for _ in range(5))

    assert long < 5 * short, "were it quadratic, sixteen times"


def looked_through(text, times):
    """Processor time, of this machine now."""
    begun = time.process_time()
    for _ in range(times):
        may_identify(text)
    return time.process_time() - begun
