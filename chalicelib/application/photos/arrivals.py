"""What a bucket tells of an object. By itself, since every function loads what reads it."""

from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class ObjectCreated:
    """An object of the bucket, as its event tells of it: decoded key, entity tag, bytes."""

    key: str
    etag: str
    size: int
