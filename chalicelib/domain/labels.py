"""What people read: the official Indonesian word of each status, its friendlier public words, and the words of each
action, reason and clock. The official words are the city's own; from `scheduled` on they are named in press reports, or
ours."""

from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Translated:
    """The same thing in Indonesian and English."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class StatusLabel:
    """`official` is shown to everybody; `public` says the same in plain words."""

    official: str
    public: Translated
    icon: str


MESSAGE_LABEL = "Pesan Masuk"  # of what is no case yet, where a case has its status
STATUS: dict[str, StatusLabel] = {
    "waiting": StatusLabel("Menunggu", Translated("Diterima", "Received"), "inbox"),
    "coordinated": StatusLabel("Koordinasi", Translated("Koordinasi antarinstansi", "Being coordinated"), "arrows"),
    "assigned": StatusLabel("Disposisi", Translated("Diserahkan kepada petugas", "Assigned to a crew"), "person"),
    "in_progress": StatusLabel("Proses", Translated("Sedang dikerjakan", "Being worked on"), "tools"),
    "scheduled": StatusLabel("Estimasi Waktu Selesai", Translated("Dijadwalkan", "Scheduled"), "calendar"),
    "needs_info": StatusLabel(
        "Menunggu Keterangan", Translated("Menunggu jawaban Anda", "Waiting for your answer"), "question"
    ),
    "awaiting_validation": StatusLabel(
        "Menunggu Validasi", Translated("Hasil sedang diperiksa", "Result being checked"), "magnifier"
    ),
    "rework": StatusLabel("TL Ditolak", Translated("Sedang diperbaiki ulang", "Being redone"), "redo"),
    "resolved": StatusLabel(
        "Selesai", Translated("Selesai, menunggu konfirmasi Anda", "Done, awaiting your confirmation"), "check"
    ),
    "closed": StatusLabel("Ditutup", Translated("Ditutup", "Closed"), "lock"),
    "reopened": StatusLabel("Dibuka Kembali", Translated("Dibuka kembali", "Reopened"), "reopen"),
    "rejected": StatusLabel("Ditolak", Translated("Tidak dapat diproses", "Cannot be processed"), "cross"),
    "merged": StatusLabel(
        "Digabung", Translated("Digabung dengan laporan lain", "Merged with another report"), "merge"
    ),
    "referred": StatusLabel(
        "Dirujuk", Translated("Diteruskan ke instansi di luar Pemprov", "Passed to an outside agency"), "outside"
    ),
    "withdrawn": StatusLabel("Ditarik", Translated("Ditarik oleh pelapor", "Withdrawn by the reporter"), "back"),
}

ACTION: dict[str, Translated] = {
    "lodge": Translated("Laporan diterima", "Report received"),
    "accept": Translated("Terima & kerjakan", "Accept"),
    "coordinate": Translated("Koordinasikan ke OPD", "Coordinate to a unit"),
    "assign": Translated("Disposisi", "Assign"),
    "start": Translated("Mulai kerjakan", "Start work"),
    "propose_done": Translated("Ajukan selesai", "Propose as done"),
    "validate": Translated("Validasi selesai", "Validate"),
    "refuse": Translated("Tolak tindak lanjut", "Refuse the proof"),
    "appoint": Translated("Validator diganti", "Another validator"),
    "confirm": Translated("Ya, sudah selesai", "Yes, it is fixed"),
    "object": Translated("Belum selesai", "Not fixed"),
    "reject": Translated("Tolak laporan", "Reject"),
    "withdraw": Translated("Tarik laporan", "Withdraw"),
    "comment": Translated("Tambah keterangan", "Add a comment"),
    "transfer": Translated("Alihkan", "Hand over"),
    "invite": Translated("Libatkan OPD lain", "Invite another unit"),
    "finish_part": Translated("Selesaikan bagian", "Finish the part"),
    "decline_part": Translated("Tolak bagian", "Decline the part"),
    "cancel_part": Translated("Batalkan bagian", "Cancel the part"),
    "ask": Translated("Minta keterangan warga", "Ask the reporter"),
    "answer": Translated("Jawab pertanyaan", "Answer the question"),
    "extend": Translated("Ajukan perpanjangan", "Propose more time"),
    "approve_extension": Translated("Setujui perpanjangan", "Approve more time"),
    "refuse_extension": Translated("Tolak perpanjangan", "Refuse more time"),
    "refer": Translated("Rujuk ke luar Pemprov", "Refer outside"),
    "recall": Translated("Tarik kembali rujukan", "Recall"),
    "merge": Translated("Gabungkan duplikat", "Merge"),
    "unmerge": Translated("Pisahkan kembali", "Undo the merge"),
    "recategorise": Translated("Ubah kategori", "Change the category"),
    "locate": Translated("Tetapkan lokasi", "Set the place"),
    "take_over": Translated("Ambil alih", "Take over"),
    "hide": Translated("Sembunyikan", "Hide"),
    "restore": Translated("Tampilkan kembali", "Show again"),
    "clear_photo": Translated("Loloskan foto", "Clear the photo"),
    "withhold_photo": Translated("Tahan foto", "Withhold the photo"),
    "follow": Translated("Ikut pantau", "Follow"),
    "rate": Translated("Beri nilai", "Rate"),
    "erase": Translated("Hapus data saya", "Erase my data"),
    "ring": Translated("Tenggat", "Deadline"),
    "uphold": Translated("Penolakan sudah tepat", "Uphold the rejection"),
    "overturn": Translated("Batalkan penolakan", "Overturn the rejection"),
    "lapse": Translated("Ditutup otomatis", "Closed automatically"),
    "resume": Translated("Waktu berjalan lagi", "Time runs again"),
}

# What the system says when it merges a report in flood mode.
FLOOD_MERGE = Translated(
    "Banyak laporan serupa di kelurahan ini pada jam yang sama ditangani sebagai satu kejadian.",
    "Many similar reports in this kelurahan within the same hour are handled as one incident.",
)

# Where an action answers another question than its label does: after a rejection or a merge nobody says "not fixed".
ACTION_IN: dict[str, dict[str, Translated]] = {
    "merged": {"object": Translated("Bukan, ini masalah lain", "No, it is another problem")},
    "rejected": {"object": Translated("Saya tidak setuju", "I do not agree")},
}

REASON: dict[str, Translated] = {
    "not_a_complaint": Translated("Bukan pengaduan", "Not a complaint"),
    "outside_authority": Translated("Di luar kewenangan Pemprov", "Outside the city's authority"),
    "outside_jakarta": Translated("Di luar wilayah Jakarta", "Outside Jakarta"),
    "not_enough_facts": Translated("Keterangan tidak cukup", "Not enough facts"),
    "spam": Translated("Spam", "Spam"),
    "abusive": Translated("Berisi kata kasar atau ancaman", "Abusive"),
    "private_dispute": Translated("Sengketa pribadi", "Private dispute"),
    "in_court": Translated("Sedang dalam proses hukum", "Before a court"),
    "emergency": Translated("Keadaan darurat: hubungi 112", "Emergency: call 112"),
    "not_ours": Translated("Bukan kewenangan unit ini", "Not this unit's matter"),
    "wrong_category": Translated("Kategori keliru", "Wrong category"),
    "wrong_area": Translated("Wilayah keliru", "Wrong area"),
    "other_unit_first": Translated("Unit lain harus lebih dulu", "Another unit must act first"),
    "belongs_to_other": Translated("Milik instansi lain", "Belongs to another agency"),
    "not_solved": Translated("Masalah belum selesai", "Not solved"),
    "wrong_place": Translated("Foto bukan di lokasi laporan", "Photo of another place"),
    "unclear_photo": Translated("Foto tidak jelas", "Unclear photo"),
    "reused_photo": Translated("Foto pernah dipakai", "Photo used before"),
    "suspected_generated": Translated("Foto diduga rekayasa", "Photo suspected to be generated"),
    "wrong_time": Translated("Waktu foto tidak sesuai", "Photo taken at the wrong time"),
    "incomplete": Translated("Bukti tidak lengkap", "Incomplete proof"),
    "no_authority": Translated("Tidak ada kewenangan", "No authority"),
    "no_budget": Translated("Anggaran belum tersedia", "No budget"),
    "private_land": Translated("Di lahan pribadi", "On private land"),
    "other": Translated("Lainnya", "Other"),
}

# One word for one clock, wherever it is named: pages, alerts.
CLOCK: dict[str, Translated] = {
    "coordination": Translated("Tanggapan pertama", "First response"),
    "resolution": Translated("Penyelesaian", "Completion"),
    "location": Translated("Penetapan lokasi", "Finding the place"),
    "validation": Translated("Pemeriksaan hasil", "Check of the result"),
    "confirmation": Translated("Konfirmasi pelapor", "The reporter's confirmation"),
    "answer": Translated("Jawaban pelapor", "The reporter's answer"),
    "rework": Translated("Perbaikan ulang", "Rework"),
}


def action_label(action: str, status: str) -> Translated:
    """What the button or link of an action says in a case of this status."""
    return ACTION_IN.get(status, {}).get(action, ACTION[action])
