"""What people read: the official Indonesian word of each status, its friendlier public words, and the words of each
action. The official words are the city's own; from `scheduled` on they are named in press reports, or ours."""

from dataclasses import dataclass


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
