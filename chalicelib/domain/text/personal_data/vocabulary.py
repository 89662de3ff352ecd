"""The words that the privacy check knows, in small letters. The pages read the same
(web/static/js/personal_data/tables.js)."""


def words(*lines: str) -> frozenset[str]:
    """The words of some lines."""
    return frozenset(" ".join(lines).split())


# ------------------------------------------------------------------------------------------------------- numbers

NUMBER_WORDS = {
    **{"nol": "0", "kosong": "0", "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6"},
    **{"tujuh": "7", "delapan": "8", "lapan": "8", "sembilan": "9", "zero": "0", "oh": "0", "one": "1", "two": "2"},
    **{"three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"},
}
# Said for a sign between two groups of a number.
CONNECTING = words(
    "strip setrip dash spasi titik dot koma min minus garis miring slash",
    "lalu terus trus lanjut kemudian sambung lagi dan",
)
MONEY = words("rp idr usd rupiah")  # before an amount
AMOUNTS = words("rupiah ribu rb juta jt miliar milyar liter ton orang kwh")  # after one
AREAS = words("rt rw")
# The first two digits of a NIK (Kemendagri's codes of provinces).
PROVINCES = frozenset(
    str(code)
    for code in (
        *range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98)
    )
)  # fmt: skip

# -------------------------------------------------------------------------------------------------------- plates

# First letters by region (Korlantas Polri, list of TNKB codes).
REGIONS = words(
    "a b d e f g h k l m n p r s t w z aa ab ad ae ag ba bb bd be bg bh bk bl bm bn bp da db dc dd de dg dh dk dl dm",
    "dn dp dr ds dt dw ea eb ed kb kh kt ku pa pb pg ps pt py cd cc ri",
)
PLATE_WORDS = words("plat pelat platnya pelatnya nopol nopolnya polisi polisinya tnkb plate registration")
VEHICLES = words(
    "mobil motor kendaraan truk truck bus bis angkot bajaj taksi taxi ojol ojek sepeda pikap pickup pengemudi sopir",
    "pengendara pemotor car bike motorcycle vehicle van lorry driver rider honda yamaha suzuki toyota daihatsu",
    "mitsubishi nissan hyundai wuling kawasaki vespa avanza innova xenia fortuner pajero rush ertiga brio jazz civic",
    "calya sigra agya ayla alphard xpander terios vario beat nmax scoopy mio supra aerox",
)
VEHICLE_NUMBERS = words("nomor no bernomor")
# Letters behind them name a block, a gate, a line, a kind of thing.
BLOCK_WORDS = words(
    "gang gg blok block jalan jl jln gedung tower menara lantai lt ruang kamar unit pintu gerbang gate halte peron",
    "jalur koridor rute trayek zona area sektor tipe type seri kelas golongan grup tim vitamin hepatitis pasal ayat",
    "huruf poin butir bagian limbah lampu tarif daya ukuran kertas skor surat cluster",
    "klaster gudang kav kavling ruko kios los loket rusun apartemen",
)
# Words that go on a sentence, and units: more often that than a plate's last letters.
SHORT_WORDS = words(
    "di ke ya yg dg dr dgn jg sy tp tdk aja dan ada ini itu pun per dua lah kah nya sdh udh blm bis jam org kk dll dst",
    "dsb spd utk krn sd ku mu si pak bu bpk ibu mas mba kak om tgl thn bln hr jt rb km m cm mm kg g l ml cc v w va kva",
    "kw kwh hz db bar pcs ha x kel kec jkt dki pt cv and for are is at in on of to by or the was men per ton kl dus",
    "hal lbr bh px kb mb gb iu mg ppm ms rp no rt rw lt jl jln gg lg jgn smp sma sd smk tk",
)
NUMBERED = words("rt rw no lt km jl jln gg kav")  # a number follows them
MARKS = words("led lcd smp sma smk sdn sd tk pt cv pu dki pju pln pam va kva kwh pk wib set cc pcs std")

# ----------------------------------------------------------------------------------------------------- addresses

PROVIDERS = words("gmail googlemail yahoo ymail rocketmail hotmail outlook icloud protonmail live msn")
SHORT_PROVIDERS = words("live msn")  # too much like other words to stand for an address alone
PROVIDER_ENDINGS = words("com co")
ENDINGS = words("com net org id co go ac sch or web info biz me io edu gov my sg asia")
LOOSE_ENDINGS = words("com net org")  # behind a full stop and a blank, where a sentence may begin
AT_WORDS = words("at et")
BRACKETED_AT = words("a")  # stands for an at in brackets only
DOT_WORDS = words("dot titik")
NOT_NAMES = words("ke di lewat via akun pakai dari to on from my the with")  # beside gmail.com, no name
