"""The bucket that deployments come from: code, template and layers, each named by its own hash."""

import hashlib
from pathlib import Path

import boto3
from botocore.exceptions import ClientError

from tools.stack import tags

CLOSED = {"BlockPublicAcls": True, "BlockPublicPolicy": True, "IgnorePublicAcls": True, "RestrictPublicBuckets": True}


class ArtifactsError(Exception):
    """The bucket cannot be used: somebody else has its name, or we may not look."""


def bucket(region: str) -> str:
    """Its name; made when it is not there. Raises ArtifactsError when another account has a bucket of this name: what
    we send there, and deploy from there, would be theirs to read and to change."""
    account = boto3.client("sts", region_name=region).get_caller_identity()["Account"]
    name = f"tanggap-artifacts-{account}-{region}"
    client = boto3.client("s3", region_name=region)
    try:
        client.head_bucket(Bucket=name, **_ours(name))
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise ArtifactsError(f"{name} is not ours, or we may not look at it: {error}") from error
        client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})
        client.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=CLOSED, **_ours(name))
        client.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags.listed(tags.SYSTEM)}, **_ours(name))
    return name


def _ours(name: str) -> dict[str, str]:
    """With every call: S3 refuses it when the bucket is another account's. The name holds ours."""
    return {"ExpectedBucketOwner": name.split("-")[2]}


def send(name: str, file: Path, region: str) -> str:
    """The key under which the file stands; sent only when it is new."""
    key = f"{file.stem}/{_hash(file)}{file.suffix}"
    client = boto3.client("s3", region_name=region)
    try:
        client.head_object(Bucket=name, Key=key, **_ours(name))
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise ArtifactsError(f"{name} cannot be read: {error}") from error
        client.upload_file(str(file), name, key, ExtraArgs=_ours(name))
    return key


def address(name: str, key: str, region: str) -> str:
    """As CloudFormation wants it."""
    endpoint = boto3.client("s3", region_name=region).meta.endpoint_url
    if "amazonaws.com" not in endpoint:
        return f"{endpoint}/{name}/{key}"
    return f"https://{name}.s3.{region}.amazonaws.com/{key}"


def publish_layers(name: str, files: dict[str, Path], region: str) -> dict[str, str]:
    """ARN of each layer's version; a new one only when its content is new (the description is the hash)."""
    return {layer: _publish(f"tanggap-{layer}", name, file, region) for layer, file in files.items()}


def _publish(layer: str, name: str, file: Path, region: str) -> str:
    client, known = boto3.client("lambda", region_name=region), _hash(file)
    for version in client.list_layer_versions(LayerName=layer, MaxItems=50)["LayerVersions"]:
        if version.get("Description") == known:
            return str(version["LayerVersionArn"])
    published = client.publish_layer_version(
        LayerName=layer,
        Description=known,
        Content={"S3Bucket": name, "S3Key": send(name, file, region)},
        CompatibleRuntimes=["python3.13"],
        CompatibleArchitectures=["arm64"],
    )
    return str(published["LayerVersionArn"])


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
