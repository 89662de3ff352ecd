"""A stage's file says what is to change: what it leaves out stays, what it does not know is refused."""

from pathlib import Path

import pytest

from tools.deployment import stage_settings
from tools.deployment.stage_settings import UNKNOWN_SITE, SettingsError, StageSettings

RASTER = "https://tiles.example.go.id/{z}/{x}/{y}.png"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/a"
OWN = {
    "MailSender": "aduan@example.go.id",
    "SiteUrl": "https://aduan.example.go.id",
    "CertificateArn": CERTIFICATE,
    "StaffMfa": "ON",
    "Edge": "true",
}
BY_DISTRIBUTION = {"MailSender": "aduan@example.go.id", "SiteUrl": "https://d1.cloudfront.net", "CertificateArn": ""}
MAIL = 'mail_sender = "aduan@example.go.id"\n'


def read(text: str, place: Path) -> StageSettings:
    (place / "trial.toml").write_text(text, encoding="utf-8")
    return stage_settings.read("trial", place)


def test_the_example_may_be_copied_as_it_is(tmp_path: Path) -> None:
    example = (stage_settings.FOLDER / "example.toml").read_text()

    assert read(example, tmp_path).parameters({}, None)["MailSender"] == "aduan@example.go.id"


def test_the_example_names_every_setting() -> None:
    example = (stage_settings.FOLDER / "example.toml").read_text()

    assert [name for name in StageSettings.model_fields if f"{name} = " not in example] == []


@pytest.mark.parametrize("before", [OWN, BY_DISTRIBUTION], ids=["own domain", "distribution's name"])
def test_a_file_that_says_nothing_changes_nothing(before: dict[str, str], tmp_path: Path) -> None:
    assert read("", tmp_path).parameters(before, "d1.cloudfront.net") == {}


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ('mail_sender = "lapor@example.go.id"', {"MailSender": "lapor@example.go.id"}),
        ('operator_email = "jaga@example.go.id"', {"OperatorEmail": "jaga@example.go.id"}),
        ('operator_email = ""', {"OperatorEmail": ""}),
        ('mfa = "OPTIONAL"', {"StaffMfa": "OPTIONAL"}),
        ('site_url = "https://lapor.example.go.id"', {"SiteUrl": "https://lapor.example.go.id"}),
        (f'certificate = "{CERTIFICATE}b"', {"CertificateArn": f"{CERTIFICATE}b"}),
        ("edge = false", {"Edge": "false"}),
        (
            f'map_tiles = "{RASTER}"\nmap_attribution = "Peta"',
            {
                "MapTiles": RASTER,
                "MapAttribution": "Peta",
                "MapImages": "https://tiles.example.go.id",
                "MapArchive": "",
            },
        ),
        ('map_tiles = "none"', {"MapTiles": "none", "MapImages": "", "MapArchive": ""}),
        ("api_at_once = 300", {"ApiAtOnce": "300"}),
        ("api_at_once = 0", {"ApiAtOnce": "0"}),
        ("snap_start = true", {"SnapStart": "true"}),
        ("snap_start = false", {"SnapStart": "false"}),
        ("trace_all = true", {"TraceAll": "true"}),
        ("trace_all = false", {"TraceAll": "false"}),
        ("mail_per_day = 40000", {"MailPerDay": "40000"}),
        (
            'embed_hosts = "https://a.example https://*.b.example"',
            {"EmbedHosts": "https://a.example https://*.b.example"},
        ),
        ("sms_per_day = 1", {"SmsPerDay": "1"}),
        ('sms_sender_id = "DKI-JKT_1"', {"SmsSenderId": "DKI-JKT_1"}),
        ('sms_sender_id = ""', {"SmsSenderId": ""}),
        ("chats_per_day = 7", {"ChatsPerDay": "7"}),
        ('mail_replies_to = "dki@example.go.id"', {"MailRepliesTo": "dki@example.go.id"}),
        ('site_url = ""\ncertificate = ""', {"SiteUrl": "https://d1.cloudfront.net", "CertificateArn": ""}),
    ],
)
def test_a_word_changes_its_own_setting_and_no_other(line: str, changed: dict[str, str], tmp_path: Path) -> None:
    assert read(line, tmp_path).parameters(OWN, "d1.cloudfront.net") == changed


def test_a_new_stage_without_a_domain_waits_for_the_distributions_name(tmp_path: Path) -> None:
    settings = read(MAIL, tmp_path)

    assert settings.parameters({}, None)["SiteUrl"] == UNKNOWN_SITE
    assert settings.parameters({"MailSender": "a@b", "SiteUrl": UNKNOWN_SITE}, "d1.cloudfront.net")["SiteUrl"] == (
        "https://d1.cloudfront.net"
    )


@pytest.mark.parametrize(
    ("text", "before", "told"),
    [
        ("", {}, "mail_sender is missing"),
        (f'{MAIL}site_url = "https://aduan.example.go.id"', {}, "certificate is missing"),
        (f'{MAIL}certificate = "{CERTIFICATE}"', {}, "a certificate is for a site_url"),
        ('site_url = ""', OWN, "a certificate is for a site_url"),
        (f"{MAIL}edge = false", {}, "site_url is missing"),
        (f'map_tiles = "{RASTER}"', OWN, "map_attribution must name the source of map_tiles"),
        ('map_tiles = "http://example.go.id/{x}"\nmap_attribution = "Peta"', OWN, "map_tiles needs"),
    ],
)
def test_settings_that_cannot_stand_together_are_refused(
    text: str, before: dict[str, str], told: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=told):
        read(text, tmp_path).parameters(before, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('mail_sendr = "a@b.id"', "mail_sendr is no setting; there are mail_sender, operator_email"),
        ('[site]\nurl = "https://a.id"', "site is no setting"),
        ('mail_sender = "nobody"', "mail_sender"),
        ("mail_sender = 7", "mail_sender"),
        ('operator_email = "the two of us"', "operator_email"),
        ('site_url = "http://a.id"', "site_url"),
        ('site_url = "https://a.id/"', "site_url"),
        ('certificate = "arn:aws:acm:ap-southeast-3:123456789012:certificate/a"', "certificate"),
        ('mfa = "on"', "mfa"),
        ('edge = "true"', "edge"),
        ('sms_sender_id = "DKI JKT"', "sms_sender_id"),
        ('sms_sender_id = "TWELVESIGNS1"', "sms_sender_id"),
        ("api_at_once = -1", "api_at_once"),
        ('api_at_once = "300"', "api_at_once"),
        ('snap_start = "yes"', "snap_start"),
        ('trace_all = "yes"', "trace_all"),
        ("edge", "no TOML"),
    ],
)
def test_a_word_or_value_that_is_not_known_is_refused_by_name(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=told):
        read(text, tmp_path)


@pytest.mark.parametrize("stage", ["example", "Trial", "../trial", "", "a" * 22])
def test_a_stage_has_a_name_of_its_own(stage: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is no name for a stage"):
        stage_settings.read(stage, tmp_path)


def test_a_stage_without_a_file_is_told_where_to_begin(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"copy stages/example\.toml"):
        stage_settings.read("trial", tmp_path)
