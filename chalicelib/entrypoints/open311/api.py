"""Open311 GeoReport v2 and its extensions: each route parses, asks one use case and answers in the format that the
address names. Refusals speak GeoReport's own dialect."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from chalice.app import Response

from chalicelib.domain.errors import FieldError, InvalidError, NotAllowedError, NotFoundError
from chalicelib.entrypoints import doors
from chalicelib.entrypoints.http import Api

if TYPE_CHECKING:
    from chalicelib.channels.open311.arguments import Arguments

BASE = "/open311/v2"
XML, JSON = "xml", "json"
FORMATS = (XML, JSON)
EVERYWHERE = {"Access-Control-Allow-Origin": "*"}  # what is read here is public, and no page brings a credential
NO_METHOD = "There is no such method; an address ends with .xml or .json"
Content = tuple[str, Any]


class Open311Api(Api):
    """Routes of both formats, whose refusals are documents of GeoReport."""

    def _refused(self, fault: Exception, headers: dict[str, str]) -> Response:
        from chalicelib.entrypoints.open311.wire import refusal

        return refusal(fault, _format(self.current_request), {**headers, **EVERYWHERE})

    def both(self, path: str, method: str = "GET") -> Callable[[Callable[[], Content]], Callable[[], Content]]:
        """Registers a view without parameters under `.xml` and `.json`."""

        def decorate(view: Callable[[], Content]) -> Callable[[], Content]:
            for kind in FORMATS:
                self.route(f"{BASE}/{path}.{kind}", methods=[method])(lambda kind=kind: _answer(view(), kind))
            return view

        return decorate

    def named(self, path: str) -> Callable[[Callable[[str], Content]], Callable[[str], Content]]:
        """Registers a view of one thing, whose format stands behind its name."""

        def decorate(view: Callable[[str], Content]) -> Callable[[str], Content]:
            @self.route(f"{BASE}/{path}/{{name}}", methods=["GET"])
            def parted(name: str) -> Response:
                code, _, kind = name.rpartition(".")
                if kind not in FORMATS or not code:
                    raise NotFoundError("The address ends with .xml or .json")
                return _answer(view(code), kind)

            # A gateway that knows the folder asks no catch-all for the folder's own address.
            @self.route(f"{BASE}/{path}", methods=["GET", "POST"])
            def without_format() -> Response:
                raise NotFoundError(NO_METHOD)

            return view

        return decorate


api = Open311Api(__name__)


def _format(request: Any) -> str:
    """What the address asks for, if it asks for one that refusals have."""
    last = next(iter((request.uri_params or {}).values()), request.context.get("resourcePath", ""))
    return JSON if str(last).endswith(f".{JSON}") else XML


def _answer(content: Content, kind: str) -> Response:
    from chalicelib.entrypoints.open311.wire import document

    root, value = content
    answer: Response = document(root, value, kind, headers=EVERYWHERE)
    return answer


def _query() -> "Arguments":
    from chalicelib.entrypoints.open311.body import query_arguments

    return query_arguments(api.current_request)


def _form() -> "Arguments":
    from chalicelib.entrypoints.open311.body import form_arguments

    return form_arguments(api.current_request)


@api.both("discovery")
def discovery() -> Content:
    from chalicelib.channels.open311 import definitions

    given = doors.city().settings
    site = given.site_url.rstrip("/")
    return "discovery", definitions.discovery(base=f"{site}/api{BASE}", stage=given.stage, site=site)


@api.both("services")
def list_services() -> Content:
    from chalicelib.channels.open311 import definitions

    _query().check_jurisdiction()
    return "services", definitions.services(doors.city().reference)


@api.named("services")
def definition(code: str) -> Content:
    from chalicelib.channels.open311 import definitions

    _query().check_jurisdiction()
    return "service_definition", definitions.definition(code, doors.city().reference)


@api.both("requests")
def list_requests() -> Content:
    return "service_requests", doors.city().open311.items(_query())


@api.route(f"{BASE}/requests.csv", methods=["GET"])
def export() -> Response:
    from chalicelib.channels.open311.items import COLUMNS
    from chalicelib.entrypoints.open311.wire import table

    answer = table(COLUMNS, doors.city().open311.rows(_query()))
    answer.headers = {**answer.headers, **EVERYWHERE}
    return answer


@api.named("requests")
def show_request(code: str) -> Content:
    return "service_requests", [doors.city().open311.item(code, _query())]


@api.both("requests", "POST")
def post_request() -> Content:
    from chalicelib.channels.attachments import put_all

    arguments = _form()
    city = doors.city()
    client = city.clients_of_open311.of_key(arguments.one("api_key"))
    key = api.current_request.headers.get("idempotency-key")
    answer = city.intake(city.open311_posting.intake(arguments, client, _sound_key(key)))
    if arguments.files:  # again after a lost answer: harmless
        put_all(city.originals, answer, [file.picture for file in arguments.files])
    return "service_requests", [city.open311.receipt(answer)]


@api.named("tokens")
def token(code: str) -> Content:  # noqa: ARG001  # there are none
    """Every service answers at once: there is no token to be asked for."""
    _query().check_jurisdiction()
    raise NotFoundError("token: no such token")


@api.both("servicerequestupdates")
def list_updates() -> Content:
    return "service_request_updates", doors.city().open311.news(_query())


@api.both("servicerequestupdates", "POST")
def post_update() -> Content:
    from chalicelib.channels.open311.updates import take_update

    arguments = _form()
    city = doors.city()
    try:
        client = city.clients_of_open311.of_key(arguments.one("api_key"))
    except NotAllowedError as refused:  # the exchange of updates knows 400 alone
        raise InvalidError([FieldError("api_key", "value", "It is missing or not valid")]) from refused
    update_id = take_update(arguments, client, open_case=city.open_case, act=city.act)
    return "service_request_updates", [{"update_id": update_id}]


@api.route(f"{BASE}/{{name}}", methods=["GET", "POST"])
def nothing(name: str) -> Response:  # noqa: ARG001  # whatever it is
    raise NotFoundError(NO_METHOD)


def _sound_key(key: str | None) -> str | None:
    """Raises InvalidError for what is no Idempotency-Key."""
    if key is not None and (not key.isprintable() or len(key) not in doors.KEY_LENGTHS):
        raise InvalidError([FieldError("Idempotency-Key", "value", "16 to 255 printable characters")])
    return key
