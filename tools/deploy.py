"""`python -m tools deploy STAGE`: brings a stage to an AWS account, from nothing or its last state, as
stages/<stage>.toml says.

Code and layers go to a bucket under the names of their hashes, so that only what changed is sent; then come the web
ACL (us-east-1), the stack, the units' topics and the site. Credentials are taken as the AWS CLI takes them."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from tools import artifacts, layers, site_upload, stacks, stage_settings
from tools.package import ROOT, Package, package
from tools.stage_settings import UNKNOWN_SITE, SettingsError, StageSettings

REGION = "ap-southeast-3"
EDGE_REGION = "us-east-1"  # where AWS wants the web ACLs of CloudFront
# What is told in its own words: AWS's refusals too (no credentials, a right that is missing, a closed region).
OURS = (SettingsError, artifacts.ArtifactsError, layers.LayerError, stacks.StackError, RuntimeError)
TOLD = (*OURS, BotoCoreError, ClientError)
DOMAIN = "DistributionDomain"  # the output with the distribution's own name


def main(arguments: list[str]) -> int:
    """Exit status 0 when the stage stands."""
    options = _options(arguments)
    try:
        outputs = deploy(options.stage, with_layers=options.layers)
    except TOLD as error:
        print(error, file=sys.stderr)
        return 1
    print(f"tanggap-{options.stage} stands: {outputs['SiteUrl']}")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools deploy", description=__doc__.splitlines()[0])
    parser.add_argument("stage", help="its settings stand in stages/<stage>.toml")
    parser.add_argument("--no-layers", dest="layers", action="store_false", help="where the interpreter has them")
    return parser.parse_args(arguments)


def deploy(stage: str, *, with_layers: bool = True) -> dict[str, str]:
    """All steps; each is safe to repeat. Answers the stack's outputs and SiteUrl. Raises SettingsError and StackError
    before anything is built when the file or the stack's state does not allow it."""
    settings, name = stage_settings.read(stage), f"tanggap-{stage}"
    before = stacks.standing(name, REGION)
    chosen = settings.parameters(before.parameters, before.outputs.get(DOMAIN))
    stage_settings.refuse_without_second_factor(stage, before.parameters | chosen)
    bucket = artifacts.bucket(REGION)
    made = package()
    url = artifacts.address(bucket, artifacts.send(bucket, made.template, REGION), REGION)
    parameters = chosen | {"Stage": stage} | _code(bucket, made, with_layers=with_layers)
    edge = ({"Edge": "true"} | before.parameters | chosen)["Edge"] == "true"
    watched = settings.abroad | {"OperatorEmail": (before.parameters | chosen).get("OperatorEmail", "")}
    if edge:
        parameters |= _edge_acl(name, watched | {"DistributionId": before.outputs.get("DistributionId", "")})
    outputs = stand(name, url, parameters, settings)
    _provision_units(name)
    if edge:
        _edge_acl(name, watched | {"DistributionId": outputs["DistributionId"]})  # of a new stage it is known only now
        _site(outputs, outputs["SiteUrl"], before.parameters | chosen)
    return outputs


def stand(name: str, url: str, parameters: dict[str, str], settings: StageSettings) -> dict[str, str]:
    """Applies the stack. Without a domain of its own the site's address is the distribution's, which the first
    deployment makes: the first time the stack is applied twice. Answers the outputs and SiteUrl."""
    outputs = stacks.apply(name, REGION, url=url, parameters=parameters)
    known = stacks.standing(name, REGION).parameters
    if known["SiteUrl"] == UNKNOWN_SITE and DOMAIN in outputs:
        outputs = stacks.apply(name, REGION, url=url, parameters=settings.parameters(known, outputs[DOMAIN]))
        known = stacks.standing(name, REGION).parameters
    return outputs | {"SiteUrl": known["SiteUrl"]}


def _code(bucket: str, made: Package, *, with_layers: bool) -> dict[str, str]:
    parameters = {"CodeBucket": bucket, "CodeKey": artifacts.send(bucket, made.code, REGION)}
    if with_layers:
        arns = artifacts.publish_layers(bucket, layers.build(), REGION)
        parameters |= {"DependencyLayers": arns["dependencies"], "PhotoLayers": arns["photo"]}
    return parameters


def _edge_acl(name: str, watched: dict[str, str]) -> dict[str, str]:
    """The stack in us-east-1: the wall, the alarms of wall and distribution, the budget."""
    template = (ROOT / "infra" / "edge-us-east-1.yaml").read_text()
    return {"EdgeAclArn": stacks.apply(f"{name}-edge", EDGE_REGION, body=template, parameters=watched)["EdgeAclArn"]}


def _provision_units(name: str) -> None:
    _run([sys.executable, "-m", "tools", "units", "provision", "--stack", name])


def _site(outputs: Mapping[str, str], site_url: str, parameters: Mapping[str, str]) -> None:
    """Builds the pages and puts them behind the distribution, with what they must know of this stage."""
    tiles = {"MAP_TILES": parameters.get("MapTiles", ""), "MAP_ATTRIBUTION": parameters.get("MapAttribution", "")}
    _run([sys.executable, "-m", "web.build", "--site-url", site_url], os.environ | tiles)
    site_upload.upload(
        Path(ROOT / "build" / "site"), bucket=outputs["SiteBucketName"], region=REGION, config=config(outputs, site_url)
    )
    site_upload.invalidate(outputs["DistributionId"])


def config(outputs: Mapping[str, str], site_url: str) -> dict[str, Any]:
    """What the pages read at /config.json."""
    return {
        "region": REGION,
        "userPoolId": outputs["UserPoolId"],
        "userPoolClientId": outputs["UserPoolClientId"],
        "identityUrl": f"https://cognito-idp.{REGION}.amazonaws.com/",
        "apiUrl": f"{site_url}/api",
    }


def _run(words: Iterable[str], environment: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(list(words), cwd=ROOT, env=environment, check=False)
    if done.returncode:
        message = f"failed: {' '.join(words)}"
        raise RuntimeError(message)
