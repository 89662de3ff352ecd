"""A city's home is one city's alone."""

from pathlib import Path

import pytest

from local import private


def test_a_second_city_in_the_same_folder_is_told_how_to_stand_elsewhere(tmp_path: Path) -> None:
    held = private.take(tmp_path)

    with pytest.raises(SystemExit, match="STATE_DIR= PORT="):
        private.take(tmp_path)

    held.close()
    private.take(tmp_path).close()
