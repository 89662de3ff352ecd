"""`python -m tools deploy STAGE`: brings a stage to an AWS account, from nothing or its last state, as
stages/<stage>.toml says.

Code and layers go to a bucket under the names of their hashes, so that only what changed is sent; then come the web
ACL (us-east-1), the stack, the units' topics and the site. What an update would change is shown first, and a loss is
asked about. Credentials are taken as the AWS CLI takes them."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from tools.deployment import (
    account_quotas,
    artifacts,
    checkout,
    layers,
    reviewing,
    site_archive,
    site_upload,
    stage_settings,
    versions,
)
from tools.deployment.package import ROOT, Package, package
from tools.deployment.releases import OF_A_RELEASE, Release, Releases
from tools.deployment.reviewing import Reviewer
from tools.deployment.stage_settings import UNKNOWN_SITE, SettingsError, StageSettings
from tools.infra import abroad, template_live
from tools.stack import protection, stacks

REGION = "ap-southeast-3"
EDGE_REGION = "us-east-1"  # where AWS wants the web ACLs of CloudFront
# What is told in its own words: AWS's refusals too (no credentials, a right that is missing, a closed region).
OURS = (SettingsError, artifacts.ArtifactsError, layers.LayerError, stacks.StackError, RuntimeError)
TOLD = (*OURS, BotoCoreError, ClientError)
DOMAIN = "DistributionDomain"  # the output with the distribution's own name


def main(arguments: list[str]) -> int:
    """Exit status 0 when the stage stands."""
    options = _options(arguments)
    review = Reviewer(accepted=options.lose, ask=reviewing.at_the_terminal())
    try:
        outputs = deploy(options.stage, review, with_layers=options.layers, canary=options.canary)
    except TOLD as error:
        print(error, file=sys.stderr)
        return 1
    print(f"tanggap-{options.stage} stands: {outputs['SiteUrl']}")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools deploy", description=__doc__.splitlines()[0])
    parser.add_argument("stage", help="its settings stand in stages/<stage>.toml")
    parser.add_argument("--no-layers", dest="layers", action="store_false", help="where the interpreter has them")
    words = "all calls at once to the new version, whatever alarm rings: to mend an API that fails"
    parser.add_argument("--at-once", dest="canary", action="store_false", help=words)
    allow_losses(parser)
    return parser.parse_args(arguments)


def allow_losses(parser: argparse.ArgumentParser) -> None:
    """For a command that changes a stack."""
    words = "allow that this resource is replaced or removed, with what it holds"
    parser.add_argument("--lose", action="append", default=[], metavar="RESOURCE", help=words)


def deploy(stage: str, review: Reviewer, *, with_layers: bool = True, canary: bool = True) -> dict[str, str]:
    """All steps; each is safe to repeat. Answers the stack's outputs and SiteUrl. Raises SettingsError and StackError
    before anything is built when the file or the stack's state does not allow it."""
    settings, name = stage_settings.read(stage), f"tanggap-{stage}"
    tell_account(name)
    before = stacks.standing(name, REGION)
    chosen = settings.parameters(before.parameters, before.outputs.get(DOMAIN))
    stage_settings.refuse_without_second_factor(stage, before.parameters | chosen)
    account_quotas.tell(REGION, before.parameters | chosen)
    bucket = artifacts.bucket(REGION)
    made = package()
    parameters = chosen | {"Stage": stage, "Canary": str(canary).lower(), "Version": checkout.version()}
    parameters |= _code(bucket, made, with_layers=with_layers)
    edge = ({"Edge": "true"} | before.parameters | chosen)["Edge"] == "true"
    watched = settings.abroad | {"OperatorEmail": (before.parameters | chosen).get("OperatorEmail", "")}
    if edge:
        parameters |= _edge_acl(name, watched | _of_the_site(before.outputs, before.parameters | chosen), review)
    standing = Standing(name, bucket, made.template, review)
    outputs = standing.bring(parameters, settings)
    if stage == stage_settings.PRODUCTION:
        protection.protect(name, REGION)
    _provision_units(name)
    site = None
    if edge:
        _edge_acl(name, watched | _of_the_site(outputs, outputs), review)  # of a new stage it is known only now
        site = _site(outputs, bucket, before.parameters | chosen)
    standing.note(site)
    if edge:
        versions.forget_uncalled(name, REGION)
    return outputs


def tell_account(name: str) -> None:
    found = reviewing.account(REGION)
    print(f"{name} in account {found.number}, {REGION}, as {found.caller}")


class Standing:
    """The stack under one deployment."""

    def __init__(self, name: str, bucket: str, template: Path, review: Reviewer) -> None:
        self._name = name
        self._bucket = bucket
        self._template = template
        self._review = review
        self._key = ""

    def bring(self, parameters: dict[str, str], settings: StageSettings) -> dict[str, str]:
        """Applies the stack. Without a domain of its own the site's address is the distribution's, which the first
        deployment makes: the first time the stack is applied twice. Answers the outputs and SiteUrl."""
        outputs = self._apply(parameters)
        known = stacks.standing(self._name, REGION).parameters
        if known["SiteUrl"] == UNKNOWN_SITE and DOMAIN in outputs:
            outputs = self._apply(settings.parameters(known, outputs[DOMAIN]))
            known = stacks.standing(self._name, REGION).parameters
        return outputs | {"SiteUrl": known["SiteUrl"]}

    def _apply(self, parameters: dict[str, str]) -> dict[str, str]:
        before = stacks.standing(self._name, REGION).parameters
        text, release = template_live.released(self._template.read_text(), before | parameters)
        file = self._template.with_name("released.json")
        file.write_text(text)
        self._key = artifacts.send(self._bucket, file, REGION)
        return stacks.apply(
            self._name,
            REGION,
            url=artifacts.address(self._bucket, self._key, REGION),
            parameters=parameters | {"Release": release},
            review=self._review,
        )

    def note(self, site: str | None) -> None:
        """Keeps how to come back to this release."""
        known = stacks.standing(self._name, REGION).parameters
        given = {name: known[name] for name in OF_A_RELEASE if name in known}
        Releases(self._bucket, self._name, REGION).note(Release(known["Version"], self._key, given, site))


def _code(bucket: str, made: Package, *, with_layers: bool) -> dict[str, str]:
    parameters = {"CodeBucket": bucket, "CodeKey": artifacts.send(bucket, made.code, REGION)}
    if with_layers:
        arns = artifacts.publish_layers(bucket, layers.build(), REGION)
        parameters |= {"DependencyLayers": arns["dependencies"], "PhotoLayers": arns["photo"]}
    return parameters


def _edge_acl(name: str, watched: dict[str, str], review: Reviewer) -> dict[str, str]:
    """The stack in us-east-1: the wall, the alarms of wall and distribution, the probe, the budget."""
    found = stacks.apply(f"{name}-edge", EDGE_REGION, body=abroad.text(), parameters=watched, review=review)
    return {"EdgeAclArn": found["EdgeAclArn"]}


def _of_the_site(outputs: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """What is watched of a site that stands; nothing of one that is still to come."""
    distribution = outputs.get("DistributionId", "")
    return {"DistributionId": distribution, "SiteUrl": known["SiteUrl"] if distribution else ""}


def _provision_units(name: str) -> None:
    _run([sys.executable, "-m", "tools", "units", "provision", "--stack", name])


def _site(outputs: Mapping[str, str], bucket: str, parameters: Mapping[str, str]) -> str:
    """Builds the pages and puts them behind the distribution, with what they must know of this stage. Answers the key
    under which they are kept."""
    tiles = {"MAP_TILES": parameters.get("MapTiles", ""), "MAP_ATTRIBUTION": parameters.get("MapAttribution", "")}
    _run([sys.executable, "-m", "web.build", "--site-url", outputs["SiteUrl"]], os.environ | tiles)
    built = ROOT / "build" / "site"
    put_site(built, outputs)
    return artifacts.send(bucket, site_archive.packed(built, ROOT / "build" / "site.zip"), REGION)


def put_site(site: Path, outputs: Mapping[str, str]) -> None:
    """Puts built pages behind the distribution."""
    told = config(outputs, outputs["SiteUrl"])
    site_upload.upload(site, bucket=outputs["SiteBucketName"], region=REGION, config=told)
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
