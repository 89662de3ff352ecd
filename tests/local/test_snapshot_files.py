"""A snapshot links what did not change, is whole all the same, and never writes into another one."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from local.emulator import state
from local.function_code import BLOBS, FunctionCode
from local.snapshot_files import MARKS, SnapshotFiles, mark

STORE = {"topics": {"unit": {"Name": "unit", "sent": 1}}, "key": b"\0\1"}


class Text:
    """Of a file, and how often it was asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked = 0

    def __call__(self) -> Iterable[str]:
        self.asked += 1
        return [self.text]


def snapshot(folder: Path, former: Path, text: Text, name: str = "sns.json", of: str | None = None) -> str:
    folder.mkdir()
    files = SnapshotFiles(folder, former)
    files.put(name, of or mark(text.text.encode()), text)
    files.close()
    return (folder / name).read_text()


def test_a_file_that_would_say_the_same_is_linked_and_not_written(tmp_path: Path) -> None:
    snapshot(tmp_path / "1", tmp_path / "none", Text("same"))
    again = Text("same")

    assert snapshot(tmp_path / "2", tmp_path / "1", again) == "same"
    assert again.asked == 0
    assert (tmp_path / "1" / "sns.json").samefile(tmp_path / "2" / "sns.json")


@pytest.mark.parametrize("lost", ["", "sns.json", MARKS], ids=["it changed", "it is gone", "it has no mark"])
def test_a_file_that_cannot_be_linked_is_written_and_the_one_before_stays(tmp_path: Path, lost: str) -> None:
    snapshot(tmp_path / "1", tmp_path / "none", Text("old"))
    if lost:
        (tmp_path / "1" / lost).unlink()
    text = Text("old" if lost else "new")

    assert snapshot(tmp_path / "2", tmp_path / "1", text) == text.text
    assert text.asked == 1
    assert lost == "sns.json" or (tmp_path / "1" / "sns.json").read_text() == "old"


def test_a_spoiled_list_of_marks_is_none(tmp_path: Path) -> None:
    snapshot(tmp_path / "1", tmp_path / "none", Text("old"))
    (tmp_path / "1" / MARKS).write_text("{")

    assert snapshot(tmp_path / "2", tmp_path / "1", Text("new"), of=mark(b"old")) == "new"


def test_a_file_is_put_once_as_another_snapshot_may_have_it_too(tmp_path: Path) -> None:
    files = SnapshotFiles(tmp_path, tmp_path / "none")
    files.put("sns.json", mark(b"one"), Text("one"))

    with pytest.raises(FileExistsError, match=r"sns\.json"):
        files.put("sns.json", mark(b"two"), Text("two"))

    assert (tmp_path / "sns.json").read_text() == "one"


def test_bytes_have_one_mark_by_where_they_are_parted() -> None:
    assert len({mark(), mark(b""), mark(b"ab"), mark(b"a", b"b"), mark(b"", b"ab")}) == 5


@pytest.mark.parametrize(
    ("store", "same"),
    [
        ({"topics": {"unit": {"Name": "unit", "sent": 1}}, "key": b"\0\1"}, True),
        ({**STORE, "topics": {"unit": {"Name": "unit", "sent": 2}}}, False),
        ({**STORE, "key": b"\0\2"}, False),
        ({**STORE, "more": None}, False),
    ],
    ids=["nothing", "a number deep within", "bytes", "something more"],
)
def test_a_store_is_written_again_when_anything_in_it_changed(tmp_path: Path, store: Any, same: bool) -> None:
    folders = [tmp_path / "0", tmp_path / "1", tmp_path / "2"]
    for folder, former, kept in ((folders[1], folders[0], STORE), (folders[2], folders[1], store)):
        folder.mkdir()
        files = SnapshotFiles(folder, former)
        state._save(files, "sns", kept)
        files.close()

    assert (folders[1] / "sns.json").samefile(folders[2] / "sns.json") is same


def test_a_code_has_the_name_by_which_the_emulator_looks_for_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from ministack.services import lambda_svc

    codes = [bytes([number]) * 1000 for number in (1, 1, 2)]
    functions = {
        number: {"code_zip": code, "versions": {"1": {"code_zip": codes[2]}}} for number, code in enumerate(codes)
    }
    monkeypatch.setattr(lambda_svc._functions, "_data", functions)
    kept = FunctionCode()

    kept.look()

    keep = kept.kept_in(tmp_path, tmp_path / "none")
    for code in (*codes, b"never looked at"):
        assert (tmp_path / BLOBS / f"{keep(code)}.zip").read_bytes() == code
        assert keep(code) == sha256(code).hexdigest()
