"""What the edge says: the answers of API Gateway itself, and the security headers of the site, from the same files that
the local front door reads."""

import json
from pathlib import Path
from typing import Any

BUCKET = "https://${AWS::StackName}-photos-${AWS::AccountId}.s3.${AWS::Region}.${AWS::URLSuffix}"
POOL = "https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}"
# Other hosts than the page's own, in the cloud; those of map tiles are parameters, mostly empty.
ELSEWHERE = {"img-src": [BUCKET, "${MapImages}"], "connect-src": [BUCKET, POOL, "${MapArchive}"]}
NAMED = {"Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options"}


def gateway_responses(infra: Path) -> dict[str, Any]:
    """The `x-amazon-apigateway-gateway-responses` of the API: problem documents, as the application's own."""
    table = json.loads((infra / "gateway_responses.json").read_text())
    return {kind: _answer(*entry) for kind, entry in table.items() if kind != "_"}


def _answer(status: int, title: str, code: str) -> dict[str, Any]:
    problem = {"type": "about:blank", "title": title, "status": status, "code": code}
    headers = {
        "Content-Type": "'application/problem+json'",
        "X-Content-Type-Options": "'nosniff'",
        "Cache-Control": "'no-store'",
    }
    if status in (429, 503):
        headers["Retry-After"] = "'10'"
    return {
        "statusCode": status,
        "responseParameters": {f"gatewayresponse.header.{name}": value for name, value in headers.items()},
        "responseTemplates": {"application/json": json.dumps(problem)},
    }


def security_headers(infra: Path) -> dict[str, Any]:
    """The configuration of CloudFront's response headers policy."""
    source = json.loads((infra / "site_headers.json").read_text())
    policy = {"Fn::Sub": _csp(source["content_security_policy"])}
    made = _headers("site", policy, source["headers"])
    frames = {"FrameOption": source["headers"]["X-Frame-Options"], "Override": True}
    made["SecurityHeadersConfig"]["FrameOptions"] = frames
    return made


def framed_headers(infra: Path) -> dict[str, Any]:
    """Likewise, of the pages that the sites of EmbedHosts may show in a frame."""
    source = json.loads((infra / "site_headers.json").read_text())
    directives = source["content_security_policy"] | {"frame-ancestors": ["${Framers}"]}
    framers = {"Fn::If": ["HasEmbedHosts", {"Ref": "EmbedHosts"}, "'none'"]}
    return _headers("framed", {"Fn::Sub": [_csp(directives), {"Framers": framers}]}, source["headers"])


def _headers(name: str, policy: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    others = [{"Header": k, "Value": v, "Override": True} for k, v in headers.items() if k not in NAMED]
    return {
        "Name": {"Fn::Sub": f"${{AWS::StackName}}-{name}"},
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": {"ContentSecurityPolicy": policy, "Override": True},
            "ContentTypeOptions": {"Override": True},
            "ReferrerPolicy": {"ReferrerPolicy": headers["Referrer-Policy"], "Override": True},
            "StrictTransportSecurity": {
                "AccessControlMaxAgeSec": 63072000,
                "IncludeSubdomains": True,
                "Override": True,
            },
        },
        "CustomHeadersConfig": {"Items": others},
    }


def _csp(directives: dict[str, list[str]]) -> str:
    return "; ".join(" ".join([name, *values, *ELSEWHERE.get(name, [])]) for name, values in directives.items())


def rewrite(infra: Path) -> str:
    """The code of the CloudFront function that finds a page's file."""
    return (infra / "rewrite.js").read_text()
