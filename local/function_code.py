"""The code of the functions, which most of a small city's snapshot consists of: hashed when it is new only, and linked
from the snapshot before."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

BLOBS = "lambda-blobs"  # the emulator's own folder for code


class FunctionCode:
    """Remembers the name of each code, by the object: to compare two codes is to read both."""

    def __init__(self) -> None:
        self._names: dict[int, tuple[bytes, str]] = {}  # by identity, which stays as long as the code is held here

    def look(self) -> None:
        """Before the fork: a child's hashes would end with it."""
        from ministack.services import lambda_svc

        functions = list(lambda_svc._functions._data.values())
        codes = [one.get("code_zip") for each in functions for one in (each, *each.get("versions", {}).values())]
        self._names = {id(code): (code, self._name(code)) for code in codes if isinstance(code, bytes)}

    def kept_in(self, folder: Path, former: Path) -> Callable[[bytes], str]:
        """Keeps code in the snapshot `folder`, and answers its name there."""

        def keep(code: bytes) -> str:
            name = self._name(code)
            file = folder / BLOBS / f"{name}.zip"
            file.parent.mkdir(exist_ok=True)
            if not file.exists():
                try:
                    os.link(former / BLOBS / file.name, file)
                except OSError:  # new code, or a disk without links
                    file.write_bytes(code)
            return name

        return keep

    def _name(self, code: bytes) -> str:
        """As the emulator looks for it."""
        _, name = self._names.get(id(code), (code, ""))
        return name or hashlib.sha256(code).hexdigest()
