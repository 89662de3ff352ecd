"""How many calls of a function the local city runs at once."""

from local import city, settings
from local.settings import STACK
from tools.infra import cfn_yaml
from tools.infra.template import INFRA


def test_alerts_wait_for_their_turn_in_as_many_processes_as_in_the_cloud() -> None:
    table = cfn_yaml.read(INFRA / "functions.yaml")

    limit_of = city._limits(settings.from_environment({}))

    assert limit_of(f"{STACK}-alert-unit") == table["at_once"]["alert_unit"]["calls"]
