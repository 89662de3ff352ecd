"""What the edge answers. That is the answers of API Gateway itself, and the security headers of site and API, from the
same files that the local front door reads. It also says which answers of the API the edge keeps."""

import json
from pathlib import Path
from typing import Any

BUCKET = "https://${AWS::StackName}-photos-${AWS::AccountId}.s3.${AWS::Region}.${AWS::URLSuffix}"
POOL = "https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}"
# Other hosts than the page's own, in the cloud; those of map tiles are parameters, mostly empty.
ELSEWHERE = {"img-src": [BUCKET, "${MapImages}"], "connect-src": [BUCKET, POOL, "${MapArchive}"]}
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # AWS's own policy: secrets and tokens never meet a cache
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"  # AWS's own
ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"  # AWS's own: API Gateway refuses another host's name
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
    """The configuration of CloudFront's response headers policy of the site."""
    source = json.loads((infra / "site_headers.json").read_text())
    return _unframed("site", source)


def api_headers(infra: Path) -> dict[str, Any]:
    """The configuration of that of the API."""
    return _unframed("api", json.loads((infra / "api_headers.json").read_text()))


def framed_headers(infra: Path) -> dict[str, Any]:
    """Likewise, of the pages that the sites of EmbedHosts may show in a frame."""
    source = json.loads((infra / "site_headers.json").read_text())
    directives = source["content_security_policy"] | {"frame-ancestors": ["${Framers}"]}
    framers = {"Fn::If": ["HasEmbedHosts", {"Ref": "EmbedHosts"}, "'none'"]}
    return _headers("framed", {"Fn::Sub": [_csp(directives), {"Framers": framers}]}, source["headers"])


def _unframed(name: str, source: dict[str, Any]) -> dict[str, Any]:
    made = _headers(name, {"Fn::Sub": _csp(source["content_security_policy"])}, source["headers"])
    frames = {"FrameOption": source["headers"]["X-Frame-Options"], "Override": True}
    made["SecurityHeadersConfig"]["FrameOptions"] = frames
    return made


def _headers(name: str, policy: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    others = [{"Header": k, "Value": v, "Override": True} for k, v in headers.items() if k not in NAMED]
    made: dict[str, Any] = {
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
    }
    return {**made, "CustomHeadersConfig": {"Items": others}} if others else made


def _csp(directives: dict[str, list[str]]) -> str:
    return "; ".join(" ".join([name, *values, *ELSEWHERE.get(name, [])]) for name, values in directives.items())


# What everybody may read, and says for how long (`FRESH` and `STABLE` of entrypoints/public_api.py).
SHARED = ("/api/reference", "/api/map", "/api/complaints/nearby", "/api/statistics")


def behaviors(infra: Path) -> list[dict[str, Any]]:
    """The behaviours of the distribution beside its default: the API's, then the pages that other sites may show in a
    frame."""
    framed = json.loads((infra / "site_headers.json").read_text())["framed"]
    return [*_of_the_api(), *map(_framed, framed)]


def _framed(path: str) -> dict[str, Any]:
    function = {"EventType": "viewer-request", "FunctionARN": {"Fn::GetAtt": ["FolderPages", "FunctionARN"]}}
    return {
        "PathPattern": path,
        "TargetOriginId": "site",
        "ViewerProtocolPolicy": "redirect-to-https",
        "Compress": True,
        "CachePolicyId": CACHING_OPTIMIZED,
        "ResponseHeadersPolicyId": {"Ref": "FramedHeaders"},
        "FunctionAssociations": [function],
    }


def _of_the_api() -> list[dict[str, Any]]:
    """The shared answers by their address alone, without a caller's headers and cookies, from the function's own URL;
    all others with everything that the caller sends, and never kept."""
    every = {
        "TargetOriginId": "api",
        "ViewerProtocolPolicy": "https-only",
        "AllowedMethods": ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
        "Compress": True,
        "ResponseHeadersPolicyId": {"Ref": "ApiHeaders"},
    }
    look = {"TargetOriginId": "looks-or-api", "AllowedMethods": ["GET", "HEAD"]}  # an origin group takes no others
    kept = [{**every, **look, "PathPattern": path, "CachePolicyId": {"Ref": "SharedAnswers"}} for path in SHARED]
    asked = {"CachePolicyId": CACHING_DISABLED, "OriginRequestPolicyId": ALL_VIEWER_EXCEPT_HOST}
    return [*kept, {**every, "PathPattern": "/api/*", **asked}]


def rewrite(infra: Path) -> str:
    """The code of the CloudFront function that finds a page's file."""
    return (infra / "rewrite.js").read_text()
