"""`python -m tools rollback STAGE`: puts a stage back to the release before its last: template, code, layers and site,
from the bucket of artifacts. The stage's settings stay as they are now, and so does the web ACL in us-east-1.

All calls move at once, whatever alarm rings. Repeat it to go back one release further."""

import argparse
import sys

from tools.deployment import artifacts, deploy, reviewing, site_archive, versions
from tools.deployment.deploy import REGION
from tools.deployment.releases import Release, Releases
from tools.deployment.reviewing import Reviewer
from tools.stack import stacks


def main(arguments: list[str]) -> int:
    """Exit status 0 when the former release stands."""
    parser = argparse.ArgumentParser(prog="python -m tools rollback", description=__doc__.splitlines()[0])
    parser.add_argument("stage")
    deploy.allow_losses(parser)
    options = parser.parse_args(arguments)
    try:
        back = rollback(f"tanggap-{options.stage}", Reviewer(accepted=options.lose, ask=reviewing.at_the_terminal()))
    except deploy.TOLD as error:
        print(error, file=sys.stderr)
        return 1
    print(f"tanggap-{options.stage} stands as {back.version}")
    return 0


def rollback(name: str, review: Reviewer) -> Release:
    """The release that stands afterwards. Raises StackError when none is known."""
    deploy.tell_account(name)
    bucket = artifacts.bucket(REGION)
    releases = Releases(bucket, name, REGION)
    known = releases.all()
    if len(known) < 2:
        raise stacks.StackError(f"{name} has no former release: check out the commit that you want, and deploy it")
    back = known[-2]
    url = artifacts.address(bucket, back.template, REGION)
    given = back.parameters | {"Canary": "false"}
    outputs = stacks.apply(name, REGION, url=url, parameters=given, review=review)
    if back.site:
        site_url = stacks.standing(name, REGION).parameters["SiteUrl"]
        with site_archive.unpacked(bucket, back.site, REGION) as site:
            deploy.put_site(site, outputs | {"SiteUrl": site_url})
    releases.forget_last()
    if back.site:
        versions.forget_uncalled(name, REGION)
    return back
