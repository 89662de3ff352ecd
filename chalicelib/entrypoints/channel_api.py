"""Where the senders of other channels knock: a signed message is kept and answered at once; it is read later."""

from chalice.app import Response

from chalicelib.entrypoints import doors
from chalicelib.entrypoints.http import Api, answered

api = Api(__name__)


@api.route("/channels/{channel}", methods=["POST"])
def receive(channel: str) -> Response:
    request = api.current_request
    raw = request.raw_body
    body = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else bytes(raw)
    doors.city().receiving.take(channel, request.headers, body)
    return Response("", {}, 202)


@api.route("/channels/{channel}", methods=["GET"])
def challenge(channel: str) -> Response:
    """What a provider asks before it sends; a plain text, or an object."""
    told = doors.city().receiving.challenge(channel, dict(api.current_request.query_params or {}))
    return answered(told) if isinstance(told, dict) else Response(told, {"Content-Type": "text/plain"}, 200)
