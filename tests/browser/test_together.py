"""Work that several people do on one case: parts of other units, more time by a second person, duplicates."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, OpenPage, fits
from tests.browser.test_console import begin, offered, send, sign_in
from tests.city import LURAH, OFFICER, SUPERVISOR, Case, City, a_picture, an_email, eventually

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
PUMPS = "petugas-sda"
PUMP_UNIT = "Suku Dinas Sumber Daya Air Jakarta Pusat"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "saluran.jpg"
    path.write_bytes(a_picture(1200, 900))
    return path


def sound(page: Page, audit: Audit) -> bool:
    return (audit(page), fits(page)) == ([], True)


def open_task(page: Page, kind: str, case: Case) -> None:
    """By its row in the list: the case opens at the task."""
    page.locator(f'[data-row="{case.number}"][href$="task={kind}"]').click()
    expect(page.locator(".work")).to_be_visible()


def test_two_opds_work_on_one_case_and_it_is_done_when_both_are(
    city: City, open_page: OpenPage, audit: Audit, picture: Path
) -> None:
    case = city.lodge().drive("in_progress")

    holder = open_page(DESK)
    sign_in(holder, OFFICER, case.number)
    dialog = begin(holder, "invite")
    dialog.get_by_label("Cari unit lain").fill("sumber daya air jakarta pusat")
    dialog.get_by_label(PUMP_UNIT).check()
    dialog.get_by_label("Catatan").fill("Perbaiki saluran di bawah jalan.")
    assert audit(holder) == []
    send(holder, "Libatkan OPD lain")
    assert "propose_done" not in offered(holder)

    invited = open_page()
    sign_in(invited, PUMPS)
    expect(invited.locator(".task").first).to_have_text("Bagian untuk unit Anda")
    open_task(invited, "part", case)
    expect(invited.get_by_role("heading", name="Bagian pekerjaan")).to_be_focused()
    assert sound(invited, audit)
    dialog = begin(invited, "finish_part")
    expect(dialog).to_contain_text(f"{PUMP_UNIT}: Perbaiki saluran di bawah jalan.")
    dialog.get_by_label("Pilih dari galeri").set_input_files(picture)
    expect(dialog.get_by_text("Foto siap dipakai.")).to_be_visible()
    dialog.get_by_label("Catatan").fill("Saluran sudah diganti.")
    send(invited, "Selesaikan bagian")

    citizen = open_page()
    citizen.goto(f"/lacak#{case.number}~{case.secret}")
    part = citizen.get_by_role("region", name="Bagian pekerjaan")
    expect(part).to_contain_text(PUMP_UNIT)
    expect(part.locator(".chip")).to_have_text("Selesai")
    assert sound(citizen, audit)
    holder.reload()
    assert "propose_done" in offered(holder)


def test_only_the_parts_of_the_own_unit_have_its_buttons(city: City, open_page: OpenPage) -> None:
    case = city.lodge().drive("in_progress")
    for unit in ("DSDA.31.71", "TAMHUT"):
        case.act("invite", OFFICER, unit=unit, text="Satu bagian.")
    page = open_page()

    sign_in(page, PUMPS, case.number)

    parts = page.get_by_role("region", name="Bagian pekerjaan").get_by_role("listitem")
    expect(parts.filter(has_text=PUMP_UNIT).get_by_role("button")).to_have_text(["Selesaikan bagian", "Tolak bagian"])
    expect(parts.filter(has_text="Dinas Pertamanan").get_by_role("button")).to_have_count(0)


def test_an_extension_counts_once_a_second_person_has_approved_it(
    city: City, open_page: OpenPage, audit: Audit
) -> None:
    case = city.lodge(contact={"email": an_email()}).drive("in_progress")
    due = datetime.fromisoformat(case.view()["clocks"]["resolution"]["due_at"])

    officer = open_page()
    sign_in(officer, OFFICER, case.number)
    dialog = begin(officer, "extend")
    dialog.get_by_label("Batas waktu baru").fill(f"{due + timedelta(days=9):%Y-%m-%d}")
    dialog.get_by_label("Catatan").fill("Alat berat baru tersedia pekan depan.")
    assert audit(officer) == []
    send(officer, "Ajukan perpanjangan")
    expect(officer.get_by_role("region", name="Usulan perpanjangan waktu")).to_contain_text("Menunggu keputusan")
    assert "approve_extension" not in offered(officer)

    supervisor = open_page()
    sign_in(supervisor, SUPERVISOR)
    open_task(supervisor, "approval", case)
    proposal = supervisor.get_by_role("region", name="Usulan perpanjangan waktu")
    expect(supervisor.get_by_role("heading", name="Usulan perpanjangan waktu")).to_be_focused()
    expect(proposal).to_contain_text("Alat berat baru tersedia pekan depan.")
    assert sound(supervisor, audit)
    dialog = begin(supervisor, "approve_extension")
    expect(dialog.get_by_label("Yang dibaca warga:")).to_contain_text("Estimasi Waktu Selesai")
    send(supervisor, "Setujui perpanjangan")
    expect(proposal).to_have_count(0)

    view = case.view()
    assert (view["status"], view["clocks"]["resolution"]["first_due_at"]) == ("scheduled", due.isoformat())
    eventually(lambda: [m for m in case.messages("email") if m["event"] == "scheduled"], what="the letter")


def test_a_duplicate_is_merged_into_one_of_those_nearby(city: City, open_page: OpenPage, audit: Audit) -> None:
    words = "Air menggenang di pertigaan, setinggi betis."
    first = city.lodge(category="GENANGAN", description=words)
    again = city.lodge(category="GENANGAN", location=first.draft["location"])
    eventually(lambda: nearby(city, first), what="the report on the map")
    page = open_page()
    sign_in(page, LURAH, again.number)

    dialog = begin(page, "merge")
    candidate = dialog.locator(".candidate").filter(has_text=first.number)
    expect(candidate).to_contain_text(words)
    mark = candidate.locator(".mark").inner_text()  # other tests' reports may lie nearer
    expect(dialog.locator(".small-map .dot", has_text=mark).first).to_be_visible()
    candidate.get_by_role("radio").check()
    dialog.get_by_label("Catatan").fill("Laporan yang sama.")
    assert audit(page) == []
    send(page, "Gabungkan duplikat")

    assert again.view()["merged_into"] == first.number
    expect(page.get_by_role("definition").filter(has_text=first.number)).to_be_visible()
    expect(page.get_by_text("Digabung dengan laporan lain")).to_be_visible()
    page.goto(f"/konsol#{first.number}")
    expect(page.get_by_text("Laporan lain digabung ke laporan ini")).to_be_visible()


def nearby(city: City, case: Case) -> bool:
    asked = {**case.draft["location"], "category": case.draft["category"]}
    found = city.get("/complaints/nearby", params=asked).json()["items"]
    return case.number in [item["number"] for item in found]
