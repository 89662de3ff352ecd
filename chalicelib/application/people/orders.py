"""How `administer` answers: `{"answer": …}` or `{"refusal": …}`, so that a refusal of the function is the API's too."""

from collections.abc import Mapping
from typing import Any

from chalicelib.domain import errors
from chalicelib.domain.errors import FieldError, InvalidError, Refusal, UnavailableError

# Refusals by their code, both ways. Whatever else goes wrong in the function is no refusal.
REFUSALS: dict[str, type[Refusal]] = {
    kind.code: kind for kind in (errors.UnauthenticatedError, errors.NotAllowedError, errors.NotFoundError)
}


def as_document(refusal: Refusal) -> dict[str, Any]:
    """What `administer` answers instead of its answer."""
    faults = refusal.errors if isinstance(refusal, InvalidError) else []
    named = [{"field": fault.field, "code": fault.code, "message": fault.message} for fault in faults]
    return {"code": refusal.code, "detail": refusal.detail, "errors": named}


def as_refusal(document: Mapping[str, Any]) -> Exception:
    if document["errors"]:
        return InvalidError([FieldError(**fault) for fault in document["errors"]])
    kind = REFUSALS.get(document["code"])
    return kind(document["detail"]) if kind else UnavailableError("administer")
