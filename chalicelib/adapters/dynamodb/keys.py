"""Every key string of the table is built here, but those of the public rows (public_rows.py). The questions that they
answer are numbered in docs/access-patterns.md.

Indexes: `queue` (holder unit or pool, and shard; next due) and `alarm` (shard; next alarm), both sparse."""

from binascii import crc32
from datetime import date, datetime

CASE_PREFIX = "C#"  # what the partitions of cases begin with
STAFF_PREFIX, UNIT_PREFIX = "STAFF#", "UNIT#"  # a person by username, the people of a unit
PEOPLE = "PEOPLE"  # partition of everybody who works here
COMPLAINT = "COMPLAINT"
CONTACT = "CONTACT"
EVENT_PREFIX = "EVENT#"
PHOTO_PREFIX = "PHOTO#"
UPLOADS = "UPLOADS"  # how many photos each side has announced
FOLLOWERS_PREFIX = "F#"  # what the partitions of followers begin with
TOLD, UNTOLD = "TOLD#", "UNTOLD#"  # a follower with a contact, and one without
ASKED = "ASKED#"  # the key that somebody asked under
NOTICE_PREFIX = "NOTICE#"
TASK_PREFIX = "TASK#"  # then the kind and the task's id
PSEUDONYM_PREFIX = "P#"  # what the partitions of addresses begin with
STANDING = "STANDING"
HELD_PREFIX = "HELD#"  # a case that an address shall hear of, once it is confirmed
OWN_PREFIX = "CASE#"  # a case whose reporter is told at the address
JOINED_PREFIX = "ONE#"  # another address of the same person
ASK = "ASK"  # somebody wants the link to the reports of the address
PASS_PREFIX, PASS = "PASS#", "PASS"  # what such a link holds, by the hash of its token
SENT_PREFIX = "SENT#"  # a day
RAW_PREFIX = "RAW#"  # beside a case: a kept message that it was made of
PARTS_PREFIX = "PARTS#"  # beside a case: a message that comes in so many parts
MESSAGE_PREFIX = "M#"  # what the partitions of messages that are no case begin with
STUCK_PREFIX = "STUCK#"  # what the partitions of call-backs that failed begin with
TALK_PREFIX = "T#"  # what the partitions of conversations begin with
TALK = "TALK"
STAFF = "STAFF"
RESTORED = "restored"  # attribute of a row that an operator brought back; of an event: it was told when it happened
HEARTBEAT, BEAT_PREFIX = "HEARTBEAT", "BEAT#"  # rows that only show that the stream is read
RULES = "RULES"  # partition of the routing rules
NOW_PREFIX = "NOW#"  # what is in force, what is proposed last, which rules fell
IN_FORCE, PROPOSAL = "NOW#FORCE", "NOW#PROPOSAL"
VERSION_PREFIX = "VERSION#"
LAST_VERSION = 999_999
CLIENT_PREFIX = "KEY#"  # a client's key by its digest
CLIENTS = "CLIENTS"  # partition that lists the keys of all clients
CLIENT_KEY, RATE = "KEY", "RATE"
DIGESTS = "DIGESTS"  # partition of what is told by the day (regional secretary) and by the hour (late messages)
FLOODS = "FLOODS"  # partition of the switches of flood mode, by the time at which they were switched on
BENCH, LOADS = "BENCH", "OPEN"  # how many proofs each judge has open
INCIDENTS_PREFIX = "INCIDENTS#"  # a category
ALARM_SHARDS = 8  # one index partition takes 1,000 writes a second


def case(number: str) -> str:
    """Partition of a complaint: `C#` and the nine signs of its number."""
    return CASE_PREFIX + number.removeprefix("JKT-").replace("-", "")


def number_of(pk: str) -> str:
    """The number of the case whose partition this is; empty for a message, which is none."""
    if pk.startswith(MESSAGE_PREFIX):
        return ""
    signs = pk.removeprefix(CASE_PREFIX)
    return f"JKT-{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def event(sequence: int) -> str:
    return f"{EVENT_PREFIX}{sequence:06d}"


def beat(second: int) -> str:
    """Sort key of the heartbeat of a second since 1970."""
    return f"{BEAT_PREFIX}{second}"


def photo(photo_id: str) -> str:
    return PHOTO_PREFIX + photo_id


def notice(key: str) -> str:
    return NOTICE_PREFIX + key


def followers(number: str) -> str:
    """Partition of who follows a complaint: apart from it, since they may be many."""
    return FOLLOWERS_PREFIX + case(number).removeprefix(CASE_PREFIX)


def follower(follower_id: str, *, told: bool) -> str:
    return (TOLD if told else UNTOLD) + follower_id


def task(kind: str, task_id: str) -> str:
    return f"{TASK_PREFIX}{kind}#{task_id}"


def task_of(sk: str, number: str) -> tuple[str, str]:
    """Kind and id of the task that a row of a queue is."""
    if sk == COMPLAINT:
        return "case", number
    kind, _, task_id = sk.removeprefix(TASK_PREFIX).partition("#")
    return kind, task_id


def standing(pseudonym: str) -> str:
    """Partition of an address, which no key names."""
    return PSEUDONYM_PREFIX + pseudonym


def talk(pseudonym: str) -> str:
    """Partition of the conversation with an address."""
    return TALK_PREFIX + pseudonym


def held(number: str) -> str:
    return HELD_PREFIX + case(number).removeprefix(CASE_PREFIX)


def own(number: str) -> str:
    return OWN_PREFIX + case(number).removeprefix(CASE_PREFIX)


def joined(pseudonym: str) -> str:
    return JOINED_PREFIX + pseudonym


def link_pass(digest: str) -> str:
    """Partition of a pass, by the hash of its token."""
    return PASS_PREFIX + digest


def sent_on(day: date) -> str:
    """Partition of a day's counts."""
    return SENT_PREFIX + day.isoformat()


def message(task_id: str) -> str:
    """Partition of a message that is no case yet."""
    return MESSAGE_PREFIX + task_id


def source(raw_key: str, task_id: str = "") -> str:
    """The key of the row that names a kept message; its key ends with the hash of the bytes. One message of a batch may
    be a task too."""
    return RAW_PREFIX + raw_key.rpartition("/")[2] + (f"#{task_id}" if task_id else "")


def parts(of: int) -> str:
    """The key of a message that comes in so many parts."""
    return f"{PARTS_PREFIX}{of:03d}"


def message_due(at: datetime, task_id: str) -> str:
    return f"{due_bound(int(at.timestamp()))}#{task_id}"


def stuck(channel: str) -> str:
    """Partition that lists the call-backs of a channel that failed."""
    return STUCK_PREFIX + channel


def stuck_call_back(number: str, notice_key: str) -> str:
    return f"{number}#{notice_key}"


def staff(username: str) -> str:
    return STAFF_PREFIX + username


def unit_staff(unit: str) -> str:
    """Partition that lists the people of a unit."""
    return UNIT_PREFIX + unit


def fallen(version: int, rule: str) -> str:
    """A rule of this version that was switched off."""
    return f"{NOW_PREFIX}FALLEN#{version:06d}#{rule}"


def rule_version(version: int) -> str:
    """Sorts the newest first."""
    return f"{VERSION_PREFIX}{LAST_VERSION - version:06d}"


def client_key(digest: str) -> str:
    """Partition of a client's key, by its digest."""
    return CLIENT_PREFIX + digest


def listed_key(client: str, digest: str) -> str:
    return f"{client}#{digest}"


def rate(client: str) -> str:
    """Partition of what a client has taken."""
    return f"RATE#{client}"


def incidents(category: str) -> str:
    """Partition of the incidents of a category."""
    return INCIDENTS_PREFIX + category


def incident(hour: datetime, area: str, part: int) -> str:
    """By hour, then by kelurahan, then by part."""
    return f"{due_bound(int(hour.timestamp()))}#{area}#{part:03d}"


def shard(number: str, shards: int) -> int:
    """The same shard for the same complaint, evenly spread."""
    return crc32(number.encode()) % shards


def queue(name: str, number: str, shards: int) -> str:
    return f"{name}#{shard(number, shards)}"


def queues(name: str, shards: int) -> list[str]:
    return [f"{name}#{index}" for index in range(shards)]


def due(at: datetime, number: str, task: str = "") -> str:
    """Sorts by time, then by number, then by task."""
    return due_key(int(at.timestamp()), number) + (f"#{task}" if task else "")


def due_key(epoch: int, number: str) -> str:
    return f"{due_bound(epoch)}#{case(number)[2:]}"


def due_bound(epoch: int) -> str:
    """Sorts after every due time before this one, and before every other."""
    return f"{epoch:010d}"


def epoch_of(due_key: str) -> int:
    return int(due_key.partition("#")[0])


def alarm(number: str) -> str:
    return f"A#{shard(number, ALARM_SHARDS)}"


def alarms() -> list[str]:
    return [f"A#{index}" for index in range(ALARM_SHARDS)]
