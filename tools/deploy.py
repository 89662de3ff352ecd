"""`python -m tools deploy STAGE --mail-sender …`: brings a stage to an AWS account, from nothing or its last state.

Code and layers go to a bucket under the names of their hashes, so that only what changed is sent; then come the web
ACL (us-east-1), the stack, the units' topics and the site. Credentials are taken as the AWS CLI takes them."""

import argparse
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from tools import artifacts, layers, site_upload, stacks
from tools.package import ROOT, Package, package

REGION = "ap-southeast-3"
EDGE_REGION = "us-east-1"  # where AWS wants the web ACLs of CloudFront
UNKNOWN_SITE = "https://site.invalid"  # until the first deployment has told the distribution's name


def main(arguments: list[str]) -> int:
    """Exit status 0 when the stage stands."""
    options = _options(arguments)
    try:
        outputs = deploy(options)
    except (layers.LayerError, stacks.StackError, RuntimeError, BotoCoreError, ClientError) as error:
        print(error, file=sys.stderr)  # AWS's refusals too: no credentials, a right that is missing, a closed region
        return 1
    print(f"tanggap-{options.stage} stands: {outputs['SiteUrl']}")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools deploy", description=__doc__.splitlines()[0])
    parser.add_argument("stage")
    parser.add_argument("--mail-sender", required=True, help="address that SES has verified, itself or its domain")
    parser.add_argument("--site-url", help="https://<own domain>, with --certificate")
    parser.add_argument("--certificate", default="", help="ARN in us-east-1 of the certificate of the site's host")
    parser.add_argument("--mfa", choices=("OPTIONAL", "ON"), help="second factor of officers; default: as it was")
    parser.add_argument("--no-edge", dest="edge", action="store_false", help="without CloudFront, WAF and site")
    parser.add_argument("--no-layers", dest="layers", action="store_false", help="where the interpreter has them")
    options = parser.parse_args(arguments)
    if options.site_url and options.edge and not options.certificate:
        parser.error("--site-url needs --certificate: the distribution answers for a name that it can prove")
    return options


def deploy(options: argparse.Namespace) -> dict[str, str]:
    """All steps; each is safe to repeat. Answers the stack's outputs and SiteUrl."""
    name = f"tanggap-{options.stage}"
    made = package()
    bucket = artifacts.bucket(REGION)
    parameters = _parameters(options, made, bucket)
    if options.edge:
        template = (ROOT / "infra" / "edge-us-east-1.yaml").read_text()
        acl = stacks.apply(f"{name}-edge", EDGE_REGION, body=template, parameters={})
        parameters["EdgeAclArn"] = acl["EdgeAclArn"]
    outputs = _stack(name, made, bucket, parameters, own_site=options.site_url)
    _provision_units(name)
    if options.edge:
        _site(outputs, parameters["SiteUrl"])
    return outputs | {"SiteUrl": parameters["SiteUrl"]}


def _parameters(options: argparse.Namespace, made: Package, bucket: str) -> dict[str, str]:
    parameters = {
        "Stage": options.stage,
        "CodeBucket": bucket,
        "CodeKey": artifacts.send(bucket, made.code, REGION),
        "SiteUrl": options.site_url or UNKNOWN_SITE,
        "MailSender": options.mail_sender,
        "Edge": "true" if options.edge else "false",
        "CertificateArn": options.certificate,
    }
    if options.mfa:
        parameters["StaffMfa"] = options.mfa
    if options.layers:
        arns = artifacts.publish_layers(bucket, layers.build(), REGION)
        parameters |= {"DependencyLayers": arns["dependencies"], "PhotoLayers": arns["photo"]}
    return parameters


def _stack(
    name: str, made: Package, bucket: str, parameters: dict[str, str], *, own_site: str | None
) -> dict[str, str]:
    """Without a domain of its own the site's address is the distribution's, which the first deployment makes: the first
    time the stack is applied twice."""
    url = artifacts.address(bucket, artifacts.send(bucket, made.template, REGION), REGION)
    known = stacks.outputs(name, REGION).get("DistributionDomain")
    if known and not own_site:
        parameters["SiteUrl"] = f"https://{known}"
    outputs = stacks.apply(name, REGION, url=url, parameters=parameters)
    if parameters["SiteUrl"] == UNKNOWN_SITE and "DistributionDomain" in outputs:
        parameters["SiteUrl"] = f"https://{outputs['DistributionDomain']}"
        outputs = stacks.apply(name, REGION, url=url, parameters=parameters)
    return outputs


def _provision_units(name: str) -> None:
    _run([sys.executable, "-m", "tools", "units", "provision", "--stack", name])


def _site(outputs: Mapping[str, str], site_url: str) -> None:
    """Builds the pages and puts them behind the distribution, with what they must know of this stage."""
    _run([sys.executable, "-m", "web.build"])
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


def _run(words: Iterable[str]) -> None:
    done = subprocess.run(list(words), cwd=ROOT, check=False)
    if done.returncode:
        message = f"failed: {' '.join(words)}"
        raise RuntimeError(message)
