"""The built site as one file, so that a former release can be put back without its sources."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import boto3

from tools.deployment.package import EPOCH


def packed(site: Path, target: Path) -> Path:
    """The same bytes for the same files. Without the compressed copies, which the edge makes itself."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(site.rglob("*")):
            if path.is_file() and path.suffix not in (".br", ".gz"):
                archive.writestr(zipfile.ZipInfo(path.relative_to(site).as_posix(), EPOCH), path.read_bytes())
    return target


@contextmanager
def unpacked(bucket: str, key: str, region: str) -> Iterator[Path]:
    """A folder with the files, as long as it is looked at."""
    with TemporaryDirectory() as place:
        file = Path(place) / "site.zip"
        boto3.client("s3", region_name=region).download_file(bucket, key, str(file))
        with zipfile.ZipFile(file) as archive:
            archive.extractall(Path(place) / "site")
        yield Path(place) / "site"
