"""The channels of reports, in the shares of 2021: the city has published none for later years."""

# Reports of 2021 by channel, of 134,814 (kbanews.co, January 2022, "Sepanjang 2021 Pemprov DKI Jakarta selesaikan 97,4
# persen laporan warga"). The rest came by desks and small forms; here it comes by our own form and by the city hall's
# desk (assumed).
OF_2021 = {"JAKI": 102_986, "QLUE": 12_022, "X": 9_525, "EMAIL": 4_549, "FB": 2_342, "WEB": 2_390, "PENDOPO": 1_000}
PARTNERS = ("JAKI", "QLUE")  # their systems hand the reports on, and are called back
WRITTEN = {"X": "x", "EMAIL": "email", "FB": "facebook"}  # people write there, and are answered by this way
IN_PUBLIC = {"X": 0.5, "FB": 0.3}  # of what is written there, for everybody to read (assumed)
TYPED = ("PENDOPO",)  # a desk types what it is told
