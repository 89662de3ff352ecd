"""The words that decide what may leave in a message of the city, in small letters."""

from chalicelib.domain.text.personal_data.vocabulary import words

# --------------------------------------------------------------------------------------------------------- links

LINK_WORDS = words("www http https hxxp hxxps")
SCHEMES = words("mailto tel sms whatsapp tg intent javascript data file ftp geo market")  # before a colon
# Behind a spelled dot, beside the endings of addresses.
LINK_ENDINGS = words(
    "example xyz shop top click link site online live app dev ly gl gle gg tk ml ga cf gq pw cc icu vip win fun la ws",
    "so ai club store tech cloud page blog news tv to ru cn uk us de nl jp kr in eu au ee st sh gd cn mobi",
    "name pro work",
)
# A dot behind them ends no sentence and makes no domain, but before a known ending.
ABBREVIATIONS = words(
    "jl jln no kel kec kab rt rw gg kp km tgl pkl rp bpk ibu pt cv ud dr drg drs dra ir h hj kh prof sdr yth dll dsb",
    "dst dkk hlm tel telp ext lt s d a n m r p u jend letjend mayjend kol komp perum",
)

# --------------------------------------------------------------------------------------------------------- names

# Titles with a full stop between letters, without their last one: degrees (the ministry's list of academic titles),
# doctors' specialities, nobility. Initials need no entry.
TITLES = words(
    "s.pd s.pd.i s.pd.sd s.pd.aud s.ag s.h.i s.e.i s.e.sy s.kom s.tp s.si s.sos s.sos.i s.ip s.i.kom s.ik s.kep s.ked",
    "s.km s.psi s.farm s.gz s.hut s.pt s.pi s.sn s.ds s.ars s.tr s.tr.keb s.tr.kep s.tr.kes s.st s.stp s.mn s.ak",
    "s.akun s.stat s.mat s.th s.th.i s.fil s.hum s.log s.or s.par s.kel s.ud s.keb s.ptk s.adm s.ap",
    "m.pd m.pd.i m.si m.hum m.kom m.ti m.sc m.ag m.e.i m.ak m.kes m.kep m.keb m.km m.psi m.farm m.sn m.ds m.ars m.eng",
    "m.i.kom m.ip m.ap m.kn m.th m.stat m.phil m.ed m.sos m.gz m.biomed m.han m.mar m.pt m.log m.tr m.tr.ap",
    "ph.d ed.d d.phil d.sc dr.ing dr.eng dipl.ing b.sc b.eng b.ed ll.b ll.m a.md a.md.kep a.md.keb a.md.kom a.ma",
    "a.ma.pd a.pi dr.h dr.hj drs.h dra.hj prof.dr ir.h sp.a sp.og sp.pd sp.b sp.m sp.kk sp.jp sp.tht sp.rad sp.an",
    "sp.s sp.n sp.p sp.u sp.ot sp.kj sp.ort sp.kg r.aj r.ngt r.rr tb.h",
)
# Words that begin a request and are in no name, or in few: with them a name is a message.
REQUESTS = words(
    "anda kamu klik click hadiah undian gratis promo transfer rekening kode otp password sandi hubungi segera bayar",
    "pajak denda pinjaman pinjol gacor judi togel verifikasi akun diblokir blokir login situs tautan whatsapp telegram",
    "telepon nomor kirim balas silakan mohon undang dapatkan klaim saldo cicilan jackpot you your account winner prize",
    "call verify urgent please bca bri bni",
)
