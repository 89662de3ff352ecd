"""Everything that the application is composed of, and when. Chalice registers what is handed to it at once, so that a
request would read the modules of all routes and functions; here a blueprint is registered when it is needed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from threading import RLock, local
from typing import Any

from chalice.app import Chalice

from chalicelib.entrypoints import looks

# Module and name of each, the routes first, in the order in which they are looked through for the path of a request:
# first what people wait for from a phone. What Lambda calls as a function of its own it imports by its module.
BLUEPRINTS = (
    "citizen_api.api",
    "public_api.api",
    "staff_api.api",
    "reporter_api.api",
    "message_api.api",
    "flood_api.api",
    "channel_api.api",
    "administration.api",
    "open311.api.api",
    "rules_api.api",
    "stream.stream",
    "subscribers.subscribers",
    "photos.photos",
    "channel_messages.messages",
    "timers.timers",
    "schedules.schedules",
    "administration.functions",
)
# What Chalice keeps of them. Its packager, a test client and the API's description read these.
TABLES = ("routes", "event_sources", "pure_lambda_functions", "handler_map")


class Application(Chalice):
    """A request registers blueprints up to the one that has its path; whoever else reads a table gets all of it."""

    def __init__(self, app_name: str, blueprints: Sequence[str] = BLUEPRINTS) -> None:
        self._waiting = list(blueprints)
        self._turn = RLock()
        self._thread = local()
        super().__init__(app_name=app_name, configure_logs=False)

    def __getattribute__(self, name: str) -> Any:
        if name in TABLES and not self._is_partial:
            self.register_until(None)
        return super().__getattribute__(name)

    def __call__(self, event: Any, context: Any) -> dict[str, Any]:
        """Answers a request of API Gateway, or of the function's own URL."""
        if not looks.is_look(event):
            return self._asked(event, context)
        return looks.answer(event, lambda request: self._asked(request, context))

    def _asked(self, event: Any, context: Any) -> dict[str, Any]:
        self.register_until(event.get("requestContext", {}).get("resourcePath", ""))
        with self._tables_as_they_are():
            return super().__call__(event, context)

    @property
    def _is_partial(self) -> bool:
        """Whether this thread works on a blueprint or a request, for which the tables go as far as they must."""
        return getattr(self._thread, "is_partial", False)

    @contextmanager
    def _tables_as_they_are(self) -> Iterator[None]:
        before, self._thread.is_partial = self._is_partial, True
        try:
            yield
        finally:
            self._thread.is_partial = before

    def register_until(self, path: str | None) -> None:
        """Registers blueprints until the path (`/complaints/{number}`) has a route; with None, all of them."""
        with self._turn, self._tables_as_they_are():
            while self._waiting and (path is None or path not in self.routes):
                module, _, name = self._waiting[0].rpartition(".")
                self.register_blueprint(getattr(import_module(f"chalicelib.entrypoints.{module}"), name))
                del self._waiting[0]
