"""What stands under the condition HasEdge, resource by resource: nothing of it runs on one machine, so what it promises
is asked here. Also what API Gateway answers by itself."""

import json
from typing import Any

import pytest

from chalicelib.entrypoints import problems, public_api
from local.front import edge
from tools.deployment.package import ROOT
from tools.infra import abroad, cfn_yaml, template_edge

Json = dict[str, Any]
HERE = {  # each resource of the edge, and the tests that ask what it promises
    "SiteBucket": ["test_buckets_are_closed_to_the_public"],
    "SiteBucketPolicy": ["test_the_sites_bucket_is_read_by_this_distribution_alone"],
    "SiteAccess": ["test_the_distribution_signs_what_it_asks_the_bucket"],
    "LooksAccess": ["test_the_distribution_signs_each_look_that_it_asks_the_functions_url"],
    "SiteHeaders": ["test_the_bucket_lets_the_site_upload_and_the_sites_policy_names_bucket_and_pool"],
    "FramedHeaders": ["test_only_the_form_for_other_sites_may_stand_in_a_frame_and_only_of_the_sites_in_the_setting"],
    "ApiHeaders": ["test_an_answer_of_the_api_has_the_headers_of_the_front_door"],
    "SharedAnswers": ["test_a_shared_answer_is_kept_by_its_address_alone_for_as_long_as_it_says"],
    "FolderPages": ["test_the_edge_knows_the_pages_that_the_site_has"],
    "EdgeSecret": ["test_the_edges_secret_is_long_and_needs_no_quoting"],
    "Distribution": [
        "test_no_answer_with_a_secret_meets_the_edge_cache",
        "test_no_refusal_is_kept",
        "test_the_distribution_speaks_tls_only_and_passes_the_wall",
        "test_a_look_that_fails_is_asked_once_more_at_the_api",
    ],
    "ApiAcl": ["test_only_the_distribution_passes_the_apis_own_wall"],
    "ApiAclAssociation": ["test_the_apis_wall_stands_before_its_stage"],
    "PhotoBucketPolicy": ["test_a_bucket_is_read_and_written_over_tls_only"],
    "RawBucketPolicy": ["test_a_bucket_is_read_and_written_over_tls_only"],
    "ApiCalls": ["test_the_log_of_calls_names_routes_and_no_person", "test_the_log_of_calls_waits_for_the_role"],
    "ApiAccount": ["test_the_log_of_calls_waits_for_the_role"],
    "ApiLogs": ["test_the_log_of_calls_waits_for_the_role"],
    "ErasureBucketPolicy": ["test_a_bucket_is_read_and_written_over_tls_only"],
    "TableThrottled": ["test_every_alarm_can_ring"],
    "ApiVersion": ["test_a_release_has_a_version_of_its_own_that_stays"],
    "ApiLive": ["test_every_route_leads_to_the_alias_and_may_call_it"],
    "ApiLooks": ["test_the_functions_url_stands_on_the_alias_and_takes_what_iam_knows"],
    "ApiLooksMayBeAsked": ["test_this_distribution_alone_may_ask_the_functions_url"],
    "ApiLooksMayCall": ["test_this_distribution_alone_may_ask_the_functions_url"],
    "ApiReleases": ["test_a_new_version_gets_a_share_first_and_goes_back_when_an_alarm_rings"],
    "ApiCanary": ["test_a_new_version_gets_a_share_first_and_goes_back_when_an_alarm_rings"],
    "MailReceiptRole": ["test_who_receives_mail_puts_letters_into_the_folder_of_e_mail_and_no_more"],
    "ApiReleaseRole": ["test_who_moves_calls_may_move_this_alias_alone"],
    "Dashboard": ["test_the_dashboard_shows_metrics_that_are_written"],
    "SmsSpent": ["test_every_alarm_can_ring"],
    "ApiTraces": ["test_one_call_of_the_api_in_twenty_is_traced_and_every_call_where_the_stage_says_so"],
}
# Every kind of answer that API Gateway makes by itself; from its guide, "Gateway response types".
KINDS = {
    "ACCESS_DENIED": 403,
    "API_CONFIGURATION_ERROR": 503,
    "AUTHORIZER_CONFIGURATION_ERROR": 503,
    "AUTHORIZER_FAILURE": 503,
    "BAD_REQUEST_BODY": 400,
    "BAD_REQUEST_PARAMETERS": 400,
    "DEFAULT_4XX": 404,
    "DEFAULT_5XX": 503,
    "EXPIRED_TOKEN": 404,
    "INTEGRATION_FAILURE": 503,
    "INTEGRATION_TIMEOUT": 503,
    "INVALID_API_KEY": 404,
    "INVALID_SIGNATURE": 404,
    "MISSING_AUTHENTICATION_TOKEN": 404,
    "QUOTA_EXCEEDED": 429,
    "REQUEST_TOO_LARGE": 413,
    "RESOURCE_NOT_FOUND": 404,
    "THROTTLED": 429,
    "UNAUTHORIZED": 404,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "WAF_FILTERED": 403,
}
LOGGED = {  # of a call, by API Gateway
    *("requestId", "xrayTraceId", "requestTimeEpoch", "httpMethod", "resourcePath", "status"),
    *("responseLatency", "integrationLatency", "responseLength", "error.responseType"),
}
LOGGED_BY_THE_EDGE = {  # of a request, by CloudFront: nothing that the caller wrote or is
    *("date", "time", "x-edge-request-id", "cs-method", "cache-behavior-path-pattern", "sc-status"),
    *("x-edge-result-type", "x-edge-detailed-result-type", "time-taken", "sc-bytes"),
}
KEPT_WHEN_REFUSED = {400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504}  # by CloudFront, for ten seconds


LOOKS = "looks-or-api"  # the group of origins: the function's URL, then the API


def of_the_api(config: Json) -> list[Json]:
    """The distribution's behaviours whose answers are the application's, whichever way they come."""
    return [behavior for behavior in config["CacheBehaviors"] if behavior["TargetOriginId"] in ("api", LOOKS)]


def origin(config: Json, name: str) -> Json:
    (found,) = [origin for origin in config["Origins"] if origin["Id"] == name]
    return found


@pytest.fixture(scope="session")
def config(resources: Json) -> Json:
    """Of the distribution."""
    found: Json = resources["Distribution"]["Properties"]["DistributionConfig"]
    return found


@pytest.fixture(scope="session")
def gateway(resources: Json) -> Json:
    """The answers of API Gateway itself, by kind."""
    found: Json = resources["RestAPI"]["Properties"]["DefinitionBody"]["x-amazon-apigateway-gateway-responses"]
    return found


def test_every_resource_of_the_edge_is_asked_what_it_promises(resources: Json) -> None:
    words = "".join(path.read_text() for path in (ROOT / "tests" / "architecture").glob("test_*.py"))

    assert {name for name, resource in resources.items() if resource.get("Condition") == "HasEdge"} == set(HERE)
    assert [test for tests in HERE.values() for test in tests if f"def {test}(" not in words] == []


def test_the_sites_bucket_is_read_by_this_distribution_alone(resources: Json) -> None:
    (statement,) = resources["SiteBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]

    assert statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert statement["Action"] == "s3:GetObject"
    (source,) = statement["Condition"]["StringEquals"].values()
    assert source["Fn::Sub"].endswith(":distribution/${Distribution}")


def test_the_distribution_signs_what_it_asks_the_bucket(resources: Json, config: Json) -> None:
    access = resources["SiteAccess"]["Properties"]["OriginAccessControlConfig"]
    site = origin(config, "site")

    assert (access["SigningBehavior"], access["SigningProtocol"]) == ("always", "sigv4")
    assert site["OriginAccessControlId"] == {"Fn::GetAtt": ["SiteAccess", "Id"]}
    assert site["DomainName"] == {"Fn::GetAtt": ["SiteBucket", "RegionalDomainName"]}


def test_the_distribution_signs_each_look_that_it_asks_the_functions_url(resources: Json, config: Json) -> None:
    access = resources["LooksAccess"]["Properties"]["OriginAccessControlConfig"]
    looks = origin(config, "looks")

    assert access["OriginAccessControlOriginType"] == "lambda"
    assert (access["SigningBehavior"], access["SigningProtocol"]) == ("always", "sigv4")
    assert looks["OriginAccessControlId"] == {"Fn::GetAtt": ["LooksAccess", "Id"]}
    host = {"Fn::Select": [2, {"Fn::Split": ["/", {"Fn::GetAtt": ["ApiLooks", "FunctionUrl"]}]}]}  # https://host/
    assert looks["DomainName"] == host
    assert "OriginCustomHeaders" not in looks  # the signature says who asks; the secret is for API Gateway's wall


def test_the_functions_url_stands_on_the_alias_and_takes_what_iam_knows(resources: Json) -> None:
    """On the alias a look meets the version that CodeDeploy has let in, like every other call."""
    url, alias = resources["ApiLooks"], resources["ApiLive"]["Properties"]

    assert url["Properties"]["AuthType"] == "AWS_IAM"
    assert url["Properties"]["TargetFunctionArn"] == {"Fn::GetAtt": ["APIHandler", "Arn"]}
    assert (url["Properties"]["Qualifier"], url["DependsOn"]) == (alias["Name"], "ApiLive")
    assert url["Properties"]["InvokeMode"] == "BUFFERED"  # the answer is one document, not a stream
    assert "Cors" not in url["Properties"]


def test_this_distribution_alone_may_ask_the_functions_url(resources: Json) -> None:
    """A URL that was made since October 2025 asks for both rights."""
    told = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::Lambda::Permission"]
    given = {p["Action"]: p for p in told if p["Principal"] == "cloudfront.amazonaws.com"}

    assert given.keys() == {"lambda:InvokeFunctionUrl", "lambda:InvokeFunction"}
    assert given["lambda:InvokeFunctionUrl"]["FunctionUrlAuthType"] == "AWS_IAM"
    assert given["lambda:InvokeFunction"]["InvokedViaFunctionUrl"] is True  # by the URL, not by Lambda's own API
    for permission in given.values():
        assert permission["FunctionName"] == {"Ref": "ApiLive"}
        assert permission["SourceArn"]["Fn::Sub"].endswith(":distribution/${Distribution}")
    assert not [p for p in told if p["Principal"] == "*" or p.get("FunctionUrlAuthType") == "NONE"]


def test_a_look_that_fails_is_asked_once_more_at_the_api(config: Json) -> None:
    """There the alarm counts what fails again. 403 is the URL's own, as while its permissions do not stand yet."""
    (group,) = config["OriginGroups"]["Items"]
    asked, again = [member["OriginId"] for member in group["Members"]["Items"]]

    assert (group["Id"], asked, again) == (LOOKS, "looks", "api")
    assert set(group["FailoverCriteria"]["StatusCodes"]["Items"]) == {403, 500, 502, 503, 504}
    for counted in (config["OriginGroups"], group["FailoverCriteria"]["StatusCodes"], group["Members"]):
        assert counted["Quantity"] == len(counted["Items"])


def test_the_edges_secret_is_long_and_needs_no_quoting(resources: Json) -> None:
    made = resources["EdgeSecret"]["Properties"]["GenerateSecretString"]

    assert made["PasswordLength"] >= 32
    assert made["ExcludePunctuation"] is True


def test_the_distribution_speaks_tls_only_and_passes_the_wall(config: Json) -> None:
    behaviors = [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]
    application = [origin(config, name)["CustomOriginConfig"] for name in ("api", "looks")]

    assert {behavior["ViewerProtocolPolicy"] for behavior in behaviors} == {"https-only", "redirect-to-https"}
    for way in application:
        assert (way["OriginProtocolPolicy"], way["OriginSSLProtocols"]) == ("https-only", ["TLSv1.2"])
    assert config["ViewerCertificate"]["Fn::If"][1]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert config["WebACLId"] == {"Fn::If": ["HasEdgeAcl", {"Ref": "EdgeAclArn"}, {"Ref": "AWS::NoValue"}]}


def test_the_edge_waits_longer_for_the_api_than_the_api_for_itself(config: Json, functions: Json) -> None:
    for name in ("api", "looks"):
        waits = origin(config, name)["CustomOriginConfig"]["OriginReadTimeout"]
        assert waits > functions["APIHandler"]["Timeout"]


def test_no_answer_with_a_secret_meets_the_edge_cache(config: Json) -> None:
    """Only what everybody may read has a policy that keeps; it stands before the rest, by its whole path."""
    policies = [(behavior["PathPattern"], behavior["CachePolicyId"]) for behavior in of_the_api(config)]

    assert policies == [
        *((path, {"Ref": "SharedAnswers"}) for path in template_edge.SHARED),
        ("/api/*", template_edge.CACHING_DISABLED),
    ]


def test_what_the_edge_keeps_is_what_says_that_everybody_may_keep_it() -> None:
    routes = {f"/api{path}" for path in public_api.SHARED}

    assert set(template_edge.SHARED) == routes


def test_a_shared_answer_is_kept_by_its_address_alone_for_as_long_as_it_says(resources: Json, config: Json) -> None:
    policy = resources["SharedAnswers"]["Properties"]["CachePolicyConfig"]
    key = policy["ParametersInCacheKeyAndForwardedToOrigin"]
    kept = [behavior for behavior in config["CacheBehaviors"] if behavior["CachePolicyId"] == {"Ref": "SharedAnswers"}]

    assert (policy["MinTTL"], policy["DefaultTTL"], policy["MaxTTL"]) == (0, 0, 300)
    assert key["HeadersConfig"] == {"HeaderBehavior": "none"}
    assert key["CookiesConfig"] == {"CookieBehavior": "none"}
    assert key["QueryStringsConfig"] == {"QueryStringBehavior": "all"}
    assert key["EnableAcceptEncodingGzip"] is key["EnableAcceptEncodingBrotli"] is True
    assert not [behavior for behavior in kept if "OriginRequestPolicyId" in behavior]  # it would send tokens on


def test_a_call_that_may_change_something_reaches_the_api_on_every_path(config: Json) -> None:
    """But on those of the shared answers, which no route changes: they come by another door, for looks alone."""
    for behavior in of_the_api(config):
        if behavior["TargetOriginId"] == LOOKS:
            continue
        assert {"POST", "PATCH", "DELETE"} <= set(behavior["AllowedMethods"])
        assert set(behavior.get("CachedMethods", ["GET", "HEAD"])) == {"GET", "HEAD"}


def test_the_door_for_looks_takes_looks_at_the_shared_answers_alone(resources: Json, config: Json) -> None:
    looks = [behavior for behavior in config["CacheBehaviors"] if behavior["TargetOriginId"] == LOOKS]
    routes = resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"]

    assert [behavior["PathPattern"] for behavior in looks] == list(template_edge.SHARED)
    assert all(behavior["AllowedMethods"] == ["GET", "HEAD"] for behavior in looks)
    assert {method for path in template_edge.SHARED for method in routes[path.removeprefix("/api")]} == {"get"}


def test_no_refusal_is_kept(config: Json) -> None:
    lives = {answer["ErrorCode"]: answer["ErrorCachingMinTTL"] for answer in config["CustomErrorResponses"]}

    assert lives == dict.fromkeys(KEPT_WHEN_REFUSED, 0)
    assert not [answer for answer in config["CustomErrorResponses"] if "ResponsePagePath" in answer]


def headers_of(policy: Json) -> dict[str, str]:
    """The headers that a response headers policy gives, by their small names."""
    said = policy["SecurityHeadersConfig"]
    hsts = said["StrictTransportSecurity"]
    content = said["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    subdomains = "; includeSubDomains" if hsts["IncludeSubdomains"] else ""
    assert all(part["Override"] is True for part in said.values())
    return {
        "content-security-policy": content,
        "x-content-type-options": "nosniff" if "ContentTypeOptions" in said else "",
        "referrer-policy": said["ReferrerPolicy"]["ReferrerPolicy"],
        "x-frame-options": said["FrameOptions"]["FrameOption"],
        "strict-transport-security": f"max-age={hsts['AccessControlMaxAgeSec']}{subdomains}",
        **{item["Header"].lower(): item["Value"] for item in policy.get("CustomHeadersConfig", {}).get("Items", [])},
    }


def test_an_answer_of_the_api_has_the_headers_of_the_front_door(resources: Json, config: Json) -> None:
    policy = resources["ApiHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]

    assert headers_of(policy) == edge.API_HEADERS
    assert all(behavior["ResponseHeadersPolicyId"] == {"Ref": "ApiHeaders"} for behavior in of_the_api(config))


def test_no_other_site_frames_an_answer_and_none_is_a_page() -> None:
    assert edge.API_HEADERS["x-frame-options"] == "DENY"
    assert "default-src 'none'" in edge.API_HEADERS["content-security-policy"]
    assert "frame-ancestors 'none'" in edge.API_HEADERS["content-security-policy"]
    assert "max-age=63072000" in edge.API_HEADERS["strict-transport-security"]


def test_only_the_distribution_passes_the_apis_own_wall(resources: Json, config: Json) -> None:
    acl = resources["ApiAcl"]["Properties"]
    _, both, one = acl["Rules"][0]["Statement"]["Fn::If"]
    match = one["ByteMatchStatement"]
    header = origin(config, "api")["OriginCustomHeaders"][0]

    assert acl["DefaultAction"] == {"Block": {}}
    assert match["SearchString"] == header["HeaderValue"]
    for said in (match, *(part["ByteMatchStatement"] for part in both["OrStatement"]["Statements"])):
        assert said["FieldToMatch"]["SingleHeader"]["Name"] == header["HeaderName"]
        assert "{{resolve:secretsmanager:" in json.dumps(said["SearchString"])


def test_the_apis_wall_stands_before_its_stage(resources: Json) -> None:
    association = resources["ApiAclAssociation"]

    assert association["Properties"]["WebACLArn"] == {"Fn::GetAtt": ["ApiAcl", "Arn"]}
    assert association["Properties"]["ResourceArn"]["Fn::Sub"].endswith("/restapis/${RestAPI}/stages/api")
    assert association["DependsOn"] == "RestAPIapiStage"


@pytest.mark.parametrize("name", ["PhotoBucketPolicy", "RawBucketPolicy", "ErasureBucketPolicy"])
def test_a_bucket_is_read_and_written_over_tls_only(name: str, resources: Json) -> None:
    (statement,) = resources[name]["Properties"]["PolicyDocument"]["Statement"]

    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert len(statement["Resource"]) == 2  # the bucket and its objects


def test_who_receives_mail_puts_letters_into_the_folder_of_e_mail_and_no_more(resources: Json) -> None:
    role = resources["MailReceiptRole"]["Properties"]
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    ((statement,),) = [policy["PolicyDocument"]["Statement"] for policy in role["Policies"]]

    assert (trust["Principal"], set(trust["Condition"])) == (
        {"Service": "ses.amazonaws.com"},
        {"StringEquals", "ArnLike"},
    )
    assert (statement["Effect"], statement["Action"]) == ("Allow", "s3:PutObject")
    assert statement["Resource"] == {"Fn::Sub": "${RawBucket.Arn}/raw/email/*"}
    assert "ManagedPolicyArns" not in role


def test_the_log_of_calls_names_routes_and_no_person(resources: Json) -> None:
    """Whatever comes from the caller stays out: address, path with a number, query, headers, who they are."""
    condition, setting, otherwise = resources["RestAPI"]["Properties"]["AccessLogSetting"]["Fn::If"]
    line = json.loads(setting["Format"])

    assert (condition, otherwise) == ("HasEdge", {"Ref": "AWS::NoValue"})
    assert set(line.values()) <= {f"$context.{name}" for name in LOGGED}
    assert line["api_request_id"] == "$context.requestId"
    assert resources["ApiCalls"]["Properties"]["RetentionInDays"] == 30


def test_the_log_of_the_edge_names_patterns_of_paths_and_no_person() -> None:
    resources = cfn_yaml.read(abroad.FILE)["Resources"]
    delivery, source = resources["EdgeCallsDelivery"]["Properties"], resources["EdgeCallsSource"]["Properties"]
    destination, group = resources["EdgeCallsDestination"]["Properties"], resources["EdgeCalls"]["Properties"]

    assert set(delivery["RecordFields"]) == LOGGED_BY_THE_EDGE
    assert (source["LogType"], delivery["DeliverySourceName"]) == ("ACCESS_LOGS", {"Ref": "EdgeCallsSource"})
    assert source["ResourceArn"]["Fn::Sub"].endswith(":distribution/${DistributionId}")
    assert destination["DestinationResourceArn"]["Fn::Sub"].endswith(f":log-group:{group['LogGroupName']['Fn::Sub']}")
    assert group["RetentionInDays"] == 30


def test_the_log_of_calls_waits_for_the_role(resources: Json) -> None:
    """A stage with a log is refused while the account has no role for it: the stage waits for its log group, that for
    the account, that for the role. One account serves all stages of a region, so it stays when one goes."""
    setting = resources["RestAPI"]["Properties"]["AccessLogSetting"]["Fn::If"][1]

    assert setting["DestinationArn"] == {"Fn::GetAtt": ["ApiCalls", "Arn"]}
    assert resources["ApiCalls"]["DependsOn"] == "ApiAccount"
    assert resources["ApiAccount"]["Properties"] == {"CloudWatchRoleArn": {"Fn::GetAtt": ["ApiLogs", "Arn"]}}
    assert {resources[name]["DeletionPolicy"] for name in ("ApiAccount", "ApiLogs")} == {"RetainExceptOnCreate"}
    (policy,) = resources["ApiLogs"]["Properties"]["ManagedPolicyArns"]
    assert policy["Fn::Sub"].endswith("/service-role/AmazonAPIGatewayPushToCloudWatchLogs")


def test_metrics_that_are_paid_by_the_method_are_off(resources: Json) -> None:
    (settings,) = resources["RestAPI"]["Properties"]["MethodSettings"]
    assert (settings["MetricsEnabled"], settings["DataTraceEnabled"]) == (False, False)


def test_api_gateway_has_words_of_ours_for_all_that_it_says_itself(gateway: Json) -> None:
    assert {kind: answer["statusCode"] for kind, answer in gateway.items()} == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_what_api_gateway_answers_itself_is_a_problem_document_as_the_applications(kind: str, gateway: Json) -> None:
    answer, status = gateway[kind], KINDS[kind]
    problem = json.loads(answer["responseTemplates"]["application/json"])
    headers = {name.rpartition(".")[2]: value for name, value in answer["responseParameters"].items()}

    assert set(problem) == {"type", "title", "status", "code"}
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert problem["title"] == problems.TITLES.get(status, "Too many requests")
    assert headers["Content-Type"] == "'application/problem+json'"
    assert headers["Cache-Control"] == "'no-store'"
    assert ("Retry-After" in headers) is (status in (429, 503))


@pytest.mark.parametrize(("kind", "code"), [("REQUEST_TOO_LARGE", "too_large"), ("INVALID_SIGNATURE", "not_found")])
def test_a_refusal_of_api_gateway_has_the_code_of_the_contract(kind: str, code: str, gateway: Json) -> None:
    """A bearer token on a path that no route has is read as a signature: the path is not there."""
    assert json.loads(gateway[kind]["responseTemplates"]["application/json"])["code"] == code
