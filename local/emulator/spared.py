"""What the emulator does for nobody here, some twenty times for each report."""

import copy
import functools
import marshal
import random
from collections.abc import Callable
from typing import Any

MOST = 4096  # ARNs


def teach() -> None:
    """Once, before the emulator takes requests."""
    _keep_no_trail()
    _look_for_no_other_streams()
    _draw_names()
    _copy_rows()
    _ask_once_in_a_transaction()
    _write_no_letters()


def _keep_no_trail() -> None:
    """It asks the environment in each call whether CloudTrail records; here it never does."""
    from ministack import app

    app._maybe_record_cloudtrail = lambda *_: None


def _look_for_no_other_streams() -> None:
    """Whenever something comes, its poller looks for streams of Kinesis, reads each source's ARN three times, and
    sweeps every queue for what is too old, the empty ones too."""
    from ministack.services import lambda_svc, sqs

    lambda_svc._poll_kinesis = lambda: False
    lambda_svc.parse_arn = functools.lru_cache(MOST)(lambda_svc.parse_arn)
    receive = sqs._receive_messages_for_esm

    def received(url: str, most: int) -> Any:
        queue = sqs._queues.get(url)
        return [] if queue and not queue["messages"] else receive(url, most)

    sqs._receive_messages_for_esm = received


def _draw_names() -> None:
    """Draws the names of messages, records and executions. They are no secrets, so the kernel need not be asked for
    each."""
    from ministack.services import dynamodb, sns, sqs, stepfunctions

    for module in (dynamodb, sns, sqs, stepfunctions):
        module.new_uuid = name


def name() -> str:
    """A UUID of version 4, without the object in between."""
    digits = f"{random.getrandbits(128):032x}"
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def _copy_rows() -> None:
    """A row is copied before it is updated, value by value: a packed one is a copy as well, ten times as fast."""
    from ministack.services import dynamodb

    dynamodb.copy = Copier()


def _ask_once_in_a_transaction() -> None:
    """For each row of a transaction the emulator asks which rights it needs. Most rows are of one table, so most of the
    questions have the same words."""
    from ministack.core import iam_actions

    iam_actions.dynamodb_transaction_checks = each_once(iam_actions.dynamodb_transaction_checks)


def each_once(read: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """What it answers, in the same order, and nothing twice."""
    return lambda *words: list(dict.fromkeys(read(*words)))


class Copier:
    """In place of the module `copy`, for who copies what JSON can say."""

    def deepcopy(self, value: Any) -> Any:
        try:
            return marshal.loads(marshal.dumps(value))
        except ValueError:  # there is something else in it
            return copy.deepcopy(value)

    def __getattr__(self, name: str) -> Any:
        return getattr(copy, name)


def _write_no_letters() -> None:
    """It writes each mail as a post office would want it, and has no post office. What cannot be written is refused, as
    before."""
    from ministack.services import ses, ses_v2

    usual = ses._build_mime_message

    def build(source: str, to: list[str], copies: list[str], hidden: list[str], subject: str, *rest: Any) -> Any:
        heads = [source, *to, *copies, subject or ""]
        plain = all(isinstance(text, str) and text.isprintable() for text in heads)
        return "" if plain else usual(source, to, copies, hidden, subject, *rest)

    ses._build_mime_message = ses_v2._build_mime_message = build
