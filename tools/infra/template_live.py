"""What of the template follows a release: API Gateway calls the alias `live` of the API's function, and each release
has a version of its own behind it. Without the edge API Gateway calls the function itself."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]
VERSION = "ApiVersion"  # its logical id before a release is added
TARGET = {"Fn::If": ["HasEdge", {"Ref": "ApiLive"}, {"Fn::GetAtt": ["APIHandler", "Arn"]}]}
URI = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Target}/invocations"
# They say which release it is, or how it moves: nothing that the function itself has.
NOT_OF_A_RELEASE = {"Release", "Canary"}


def behind_alias(template: Json) -> None:
    """Changes Chalice's template: its routes and its permission name the function, whatever is merged over them."""
    resources = template["Resources"]
    for integration in _integrations(resources["RestAPI"]["Properties"]["DefinitionBody"]):
        integration["uri"] = {"Fn::Sub": [URI, {"Target": TARGET}]}
    resources["APIHandlerInvokePermission"]["Properties"]["FunctionName"] = TARGET


def _integrations(body: Json) -> Iterator[Json]:
    for methods in body["paths"].values():
        for method in methods.values():
            integration = method.get("x-amazon-apigateway-integration", {})
            if integration.get("type") == "aws_proxy":
                yield integration


def released(template: str, parameters: Mapping[str, str]) -> tuple[str, str]:
    """The template with the release in its names, and the release: the hash of all that may change a function. The same
    template and parameters are the same release, so that deploying twice changes nothing."""
    declared = json.loads(template)["Parameters"]
    given = {name: str(about["Default"]) for name, about in declared.items() if "Default" in about} | dict(parameters)
    counted = {name: value for name, value in given.items() if name not in NOT_OF_A_RELEASE}
    release = hashlib.sha256((template + json.dumps(counted, sort_keys=True)).encode()).hexdigest()[:12]
    return template.replace(f'"{VERSION}"', f'"{VERSION}{release}"'), release
