"""The deployed API, called through the emulator's API Gateway."""

from typing import Any
from urllib.parse import parse_qs

from local.front import edge

API_STAGE = "api"  # of API Gateway, named by Chalice; not the stack's stage
UNROUTED = "MissingAuthenticationTokenException"  # what API Gateway calls a path or method that is not there
SAFE = ("GET", "HEAD")


class Api:
    def __init__(self) -> None:
        self._id = ""

    def moved(self, api_id: str) -> None:
        """A deployment may have made the API anew."""
        self._id = api_id

    async def answer(self, method: str, path: str, query: str, headers: dict[str, str], body: bytes, ip: str) -> Any:
        """status, headers, body. A worker that died is told as 503; a safe request is tried once more before."""
        if not self._id:
            return edge.unavailable()
        status, given, content = await self._once(method, path, query, headers, body, ip)
        if _lost(status, given) and method in SAFE:
            status, given, content = await self._once(method, path, query, headers, body, ip)
        if _lost(status, given):
            return edge.unavailable()
        if status == 403 and UNROUTED in given.values():
            return edge.not_found()
        return status, _lines(given), content if isinstance(content, bytes) else str(content).encode()

    async def _once(self, method: str, path: str, query: str, headers: dict[str, str], body: bytes, ip: str) -> Any:
        """Paths go in as they came: API Gateway hands path parameters on undecoded."""
        from ministack.core.responses import set_request_client_ip
        from ministack.services import apigateway_v1

        set_request_client_ip(ip)
        parameters = parse_qs(query, keep_blank_values=True)
        return await apigateway_v1.handle_execute(self._id, API_STAGE, method, path, headers, body, parameters)


def _lost(status: int, headers: dict[str, Any]) -> bool:
    """An answer of the gateway's own, instead of the application's, which all say that nobody may sniff."""
    return status >= 500 and "x-content-type-options" not in {name.lower() for name in headers}


def _lines(headers: dict[str, Any]) -> list[tuple[str, str]]:
    lines = []
    for name, value in headers.items():
        lines += [(name, str(v)) for v in (value if isinstance(value, list) else [value])]
    return lines
