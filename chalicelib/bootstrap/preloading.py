"""What is done before Lambda takes a snapshot of the API's function (SnapStart, decision 0088), and after it was woken
from one. Everywhere else nothing of this runs: a function imports what it needs when it needs it."""

import random
from importlib import import_module

# Of the libraries: what finds a role's keys and makes the first client, since who wakes has no keys in the environment.
LIBRARIES = ("botocore.session", "botocore.credentials", "botocore.client", "botocore.endpoint", "botocore.httpsession")
ENCODING = "encodings.idna"  # of a host's name


def register() -> None:
    """With Lambda's own interpreter, which has the hooks; on any other machine nothing."""
    try:
        from snapshot_restore_py import (  # type: ignore[import-not-found]  # a part of Lambda's runtime
            register_after_restore,
            register_before_snapshot,
        )
    except ImportError:
        return
    register_before_snapshot(preload)
    register_after_restore(random.seed)  # all that wake from one snapshot would pause alike between their tries


def preload() -> None:
    """Imports all of our modules, and reads the city's lists: the same for whoever wakes, whatever they are asked. No
    setting, no key, no secret, no time."""
    import pkgutil

    import chalicelib

    for found in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        import_module(found.name)
    for name in (*LIBRARIES, ENCODING):
        import_module(name)
    from chalicelib import data

    data.reference()
    data.words()
