"""Signs that stand for others: digits of every script, letters that look like Latin ones, signs that nobody sees.

The pages read the same tables (web/static/js/personal_data/tables.js, generated). Only what NFKD leaves as it is needs
an entry: full width, bold, circled and raised signs are folded by Unicode itself. Sources: UnicodeData.txt 17 (decimal
and digit values), the Unicode security data on confusable letters, narrowed to those that resemble one Latin letter."""

# The zero of every script's decimal digits; nine more follow it.
ZEROS = (
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136,
    0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0,
    0x11C50, 0x11D50, 0x11DA0, 0x11DE0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1E140, 0x1E2F0, 0x1E4F0,
    0x1E5F1, 0x1E950,
)  # fmt: skip

# Digits that are no decimal ones, and letters that are written for them: (first sign, its value, how many there are).
OTHER_DIGITS = (
    (0x1369, 1, 9), (0x24F5, 1, 9), (0x24FF, 0, 1), (0x2776, 1, 9), (0x2780, 1, 9), (0x278A, 1, 9), (0x3007, 0, 1),
    (0x3021, 1, 9), (0x4E00, 1, 1), (0x4E03, 7, 1), (0x4E09, 3, 1), (0x4E5D, 9, 1), (0x4E8C, 2, 1), (0x4E94, 5, 1),
    (0x516B, 8, 1), (0x516D, 6, 1), (0x56DB, 4, 1), (0x96F6, 0, 1), (0x1F10B, 0, 1), (0x1F10C, 0, 1),
    (0x0417, 3, 1), (0x0437, 3, 1),
)  # fmt: skip

# Letters in the first string look like those below them in the second.
LOOKALIKES = (
    # Cyrillic
    ("БƁАВЕЅІЈКМНОРСТУХҮҺԌԚԜӀЬ", "BBABESIJKMHOPCTYXYHGQWIb"),
    ("авеѕіјкмнорстухүһԁԛԝӏьѵ", "abesijkmhopctyxyhdqwlbv"),
    # Greek
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    ("αβγεηικνορστυχως", "abyenikvopotuxwc"),
    # Armenian
    ("ԼՍՕհոսցօ", "LUOhnugo"),
    # Latin letters of their own, small capitals among them
    ("ıȷøØłŁđĐðħɡɑɩƶƵɓɗƙɨʉɵßæœ", "ijoOlLdDdhgaizZbdkiuosao"),
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPRSTUVWYZ"),
    # Lisu, Cherokee
    ("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "BPDTGKJCZFMNLSRVHWXYAEIOU"),
    ("ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᏚᎢᏙᎳᏃ", "ABCDEGHJKLMPSTVWZ"),
    ("ꭺᏼꮯꭰꭼꮐꮋꭻꮶꮮꮇꮲꮪꭲꮩꮃꮓ", "abcdeghjklmpstvwz"),
)

# Capitals in dark squares and circles: the first of 26.
CAPITALS = (0x1F150, 0x1F170)

# Signs that are taken for simpler ones.
SIGNS = (("−⁄∕∶。·‧∙⋅•ꓸ۔、٬٫", "-//:........,,,"),)

# Letters that people write for digits inside a number, or to get past the check. Only the first five may begin one: S,
# Z, E and B in front are more often a code, or a plate's region.
WRITTEN_FOR_DIGITS = ("OoIliSsZzEB", "00111552238")
FIRST_FOR_DIGITS = "OoIli"

# Letters that nobody sees: the fillers of Hangul.
INVISIBLE = (0x115F, 0x1160)

# Signs that turn the direction of writing: embeddings, overrides, isolates and their ends.
TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))

# Stands in a skeleton for any letter that looks like no Latin one.
ANY_LETTER = "ʔ"
