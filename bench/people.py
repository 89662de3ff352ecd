"""Who acts in the measured life, and how they call: through the API's own handler, as API Gateway would."""

import json
from typing import Any

LURAH, HEAD, OFFICER, VALIDATOR = "lurah", "kadis", "petugas", "validator"
KELURAHAN, DINAS, SUB_AGENCY, BUREAU = "KEL_31.71.01.1001", "DBM", "DBM.31.71", "BIRO_PEM"


def hire(boot: Any) -> None:
    """The rows of the four officers of a straight life."""
    from chalicelib.application.ports.people import StaffMember

    people = (
        (LURAH, "kelurahan_officer", KELURAHAN),
        (HEAD, "opd_supervisor", DINAS),
        (OFFICER, "opd_officer", SUB_AGENCY),
        (VALIDATOR, "validator", BUREAU),
    )
    for username, role, unit in people:
        boot.staff.put(StaffMember(username, username.title(), role, unit))


class Api:
    """Calls the application's handler inside this process."""

    def __init__(self) -> None:
        from chalice.test import Client

        from app import app

        self._client = Client(app)

    def __enter__(self) -> "Api":
        self._client.__enter__()
        return self

    def __exit__(self, *said: Any) -> None:
        self._client.__exit__(*said)

    def get(self, path: str, **who: str) -> dict[str, Any]:
        return self._call("GET", path, None, who)

    def post(self, path: str, body: dict[str, Any], **who: str) -> dict[str, Any]:
        return self._call("POST", path, body, who)

    def _call(self, method: str, path: str, body: dict[str, Any] | None, who: dict[str, str]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        headers |= {"Authorization": f"Bearer {who['user']}"} if "user" in who else {}
        headers |= {"X-Complaint-Secret": who["secret"]} if "secret" in who else {}
        sent = json.dumps(body).encode() if body is not None else b""
        answer = self._client.http.request(method, path, headers=headers, body=sent)
        if answer.status_code >= 400:
            message = f"{method} {path}: {answer.status_code} {answer.body!r}"
            raise RuntimeError(message)
        document: dict[str, Any] = json.loads(answer.body)
        return document
