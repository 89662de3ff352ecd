"""What everything of a stage carries, so that AWS's bill can be read stage by stage. CloudFormation hands the tags of a
stack on to each resource that takes any; what a command makes outside a stack gets them from the command."""

SYSTEM = {"system": "tanggap"}  # also of what all stages of an account share
Tags = list[dict[str, str]]


def of(stack: str) -> dict[str, str]:
    """By the name of a stage's stack, the one in us-east-1 included."""
    return {**SYSTEM, "stage": stack.removeprefix("tanggap-").removesuffix("-edge")}


def listed(tags: dict[str, str]) -> Tags:
    """As most services take them."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]
