"""What an action names, wired: looked up before it is decided."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.bootstrap.judging import Judging
from chalicelib.bootstrap.routing import Routing

if TYPE_CHECKING:
    from chalicelib.application.handling.agency_links import AgencyLinks
    from chalicelib.application.handling.named_things import NamedThings


class Naming(Routing, Judging):
    """Asked by every action; the link of an agency also by the views."""

    @cached_property
    def named_things(self) -> "NamedThings":
        from chalicelib.application.handling.named_things import NamedThings

        return NamedThings(
            self.complaints,
            staff=lambda: self.staff,
            places=self.places,
            route=self.route,
            bench=self.benches,
            agency_links=self.agency_links,
            reference=self.reference,
        )

    @cached_property
    def agency_links(self) -> "AgencyLinks":
        from chalicelib.application.handling.agency_links import AgencyLinks

        return AgencyLinks(self.secrets, site_url=self._site_url)

    def _site_url(self) -> str:
        self.settings.require("site_url")
        return self.settings.site_url
