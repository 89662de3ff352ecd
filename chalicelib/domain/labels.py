"""What people read: the official Indonesian word of each status, its friendlier public words, and the words of each
action. The official words are the city's own; from `scheduled` on they are named in press reports, or ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing in Indonesian and English."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class StatusLabel:
    """`official` is shown to everybody; `public` says the same in plain words."""

    official: str
    public: Words
    icon: str


STATUS: dict[str, StatusLabel] = {
    "waiting": StatusLabel("Menunggu", Words("Diterima", "Received"), "inbox"),
    "coordinated": StatusLabel("Koordinasi", Words("Koordinasi antarinstansi", "Being coordinated"), "arrows"),
    "assigned": StatusLabel("Disposisi", Words("Diserahkan kepada petugas", "Assigned to a crew"), "person"),
    "in_progress": StatusLabel("Proses", Words("Sedang dikerjakan", "Being worked on"), "tools"),
    "scheduled": StatusLabel("Estimasi Waktu Selesai", Words("Dijadwalkan", "Scheduled"), "calendar"),
    "needs_info": StatusLabel(
        "Menunggu Keterangan", Words("Menunggu jawaban Anda", "Waiting for your answer"), "question"
    ),
    "awaiting_validation": StatusLabel(
        "Menunggu Validasi", Words("Hasil sedang diperiksa", "Result being checked"), "magnifier"
    ),
    "rework": StatusLabel("TL Ditolak", Words("Sedang diperbaiki ulang", "Being redone"), "redo"),
    "resolved": StatusLabel(
        "Selesai", Words("Selesai, menunggu konfirmasi Anda", "Done, awaiting your confirmation"), "check"
    ),
    "closed": StatusLabel("Ditutup", Words("Ditutup", "Closed"), "lock"),
    "reopened": StatusLabel("Dibuka Kembali", Words("Dibuka kembali", "Reopened"), "reopen"),
    "rejected": StatusLabel("Ditolak", Words("Tidak dapat diproses", "Cannot be processed"), "cross"),
    "merged": StatusLabel("Digabung", Words("Digabung dengan laporan lain", "Merged with another report"), "merge"),
    "referred": StatusLabel(
        "Dirujuk", Words("Diteruskan ke instansi di luar Pemprov", "Passed to an outside agency"), "outside"
    ),
    "withdrawn": StatusLabel("Ditarik", Words("Ditarik oleh pelapor", "Withdrawn by the reporter"), "back"),
}

ACTION: dict[str, Words] = {
    "lodge": Words("Laporan diterima", "Report received"),
    "accept": Words("Terima & kerjakan", "Accept"),
    "coordinate": Words("Koordinasikan ke OPD", "Coordinate to a unit"),
    "assign": Words("Disposisi", "Assign"),
    "start": Words("Mulai kerjakan", "Start work"),
    "propose_done": Words("Ajukan selesai", "Propose as done"),
    "validate": Words("Validasi selesai", "Validate"),
    "refuse": Words("Tolak tindak lanjut", "Refuse the proof"),
    "confirm": Words("Ya, sudah selesai", "Yes, it is fixed"),
    "object": Words("Belum selesai", "Not fixed"),
    "reject": Words("Tolak laporan", "Reject"),
    "withdraw": Words("Tarik laporan", "Withdraw"),
    "comment": Words("Tambah keterangan", "Add a comment"),
    "transfer": Words("Alihkan", "Hand over"),
    "invite": Words("Libatkan OPD lain", "Invite another unit"),
    "finish_part": Words("Selesaikan bagian", "Finish the part"),
    "decline_part": Words("Tolak bagian", "Decline the part"),
    "cancel_part": Words("Batalkan bagian", "Cancel the part"),
    "ask": Words("Minta keterangan warga", "Ask the reporter"),
    "answer": Words("Jawab pertanyaan", "Answer the question"),
    "extend": Words("Ajukan perpanjangan", "Propose more time"),
    "approve_extension": Words("Setujui perpanjangan", "Approve more time"),
    "refuse_extension": Words("Tolak perpanjangan", "Refuse more time"),
    "refer": Words("Rujuk ke luar Pemprov", "Refer outside"),
    "recall": Words("Tarik kembali rujukan", "Recall"),
    "merge": Words("Gabungkan duplikat", "Merge"),
    "unmerge": Words("Pisahkan kembali", "Undo the merge"),
    "recategorise": Words("Ubah kategori", "Change the category"),
    "locate": Words("Tetapkan lokasi", "Set the place"),
    "take_over": Words("Ambil alih", "Take over"),
    "hide": Words("Sembunyikan", "Hide"),
    "restore": Words("Tampilkan kembali", "Show again"),
    "clear_photo": Words("Loloskan foto", "Clear the photo"),
    "withhold_photo": Words("Tahan foto", "Withhold the photo"),
    "follow": Words("Ikut pantau", "Follow"),
    "rate": Words("Beri nilai", "Rate"),
    "erase": Words("Hapus data saya", "Erase my data"),
    "ring": Words("Tenggat", "Deadline"),
    "lapse": Words("Ditutup otomatis", "Closed automatically"),
    "resume": Words("Waktu berjalan lagi", "Time runs again"),
}
