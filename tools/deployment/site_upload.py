"""The site's files into their bucket: assets for ever, pages never cached; what is gone goes last.

Without the compressed copies: CloudFront compresses what it serves, for whoever accepts it."""

import json
import mimetypes
import time
from pathlib import Path
from typing import Any

import boto3

FOR_EVER = "public, max-age=31536000, immutable"  # assets carry their hash in their name
EACH_TIME = "no-cache"
NAMED = ("assets/", "tiles/")  # files named after their content
COMPRESSED = (".br", ".gz")  # for the local front door only
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}


def upload(site: Path, *, bucket: str, region: str, config: dict[str, Any]) -> None:
    """Assets first, so that no page names what is not there yet; then pages and config.json; then removes the rest."""
    client = boto3.client("s3", region_name=region)
    files = sorted(_files(site), key=lambda path: not _asset(site, path))
    for path in files:
        client.put_object(Bucket=bucket, Key=_key(site, path), Body=path.read_bytes(), **_headers(site, path))
    body = json.dumps(config, separators=(",", ":")).encode()
    client.put_object(
        Bucket=bucket, Key="config.json", Body=body, ContentType="application/json", CacheControl=EACH_TIME
    )
    _remove_others(client, bucket, {_key(site, path) for path in files} | {"config.json"})


def _files(site: Path) -> list[Path]:
    return [path for path in site.rglob("*") if path.is_file() and path.suffix not in COMPRESSED]


def _key(site: Path, path: Path) -> str:
    return path.relative_to(site).as_posix()


def _asset(site: Path, path: Path) -> bool:
    return _key(site, path).startswith("assets/")


def _headers(site: Path, path: Path) -> dict[str, str]:
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return {"ContentType": kind, "CacheControl": FOR_EVER if _key(site, path).startswith(NAMED) else EACH_TIME}


def _remove_others(client: Any, bucket: str, kept: set[str]) -> None:
    """Old assets stay: a page that somebody has open may still ask for them."""
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for entry in page.get("Contents", []):
            if entry["Key"] not in kept and not entry["Key"].startswith("assets/"):
                client.delete_object(Bucket=bucket, Key=entry["Key"])


def invalidate(distribution: str) -> None:
    """Makes the edge ask again for everything."""
    paths = {"Quantity": 1, "Items": ["/*"]}
    boto3.client("cloudfront").create_invalidation(
        DistributionId=distribution, InvalidationBatch={"Paths": paths, "CallerReference": str(time.time_ns())}
    )
