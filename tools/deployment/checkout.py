"""Which version of the code this folder holds, as `/health` tells it."""

import subprocess

from tools.deployment.package import ROOT

UNKNOWN = "unversioned"  # a copy without its history


def version() -> str:
    """The commit's first twelve digits, with `-changed` when files of it were changed since."""
    commit = _git("rev-parse", "--short=12", "HEAD")
    if not commit:
        return UNKNOWN
    return f"{commit}-changed" if _git("status", "--porcelain", "--untracked-files=no") else commit


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
