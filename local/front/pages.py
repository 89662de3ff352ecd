"""The launcher's two pages for people: what the city is made of, and the mail that it did not send."""

import base64
import hashlib
import json
import re
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from local.front import names
from local.played.people import PASSWORD

WIB = ZoneInfo("Asia/Jakarta")
LINK = re.compile(r"https?://[^\s<>\"']+")
KINDS = {
    "email": "Email",
    "sms": "SMS",
    "alert": "Pemberitahuan unit",
    "whatsapp": "WhatsApp",
    "callback": "Kabar ke mitra",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "x": "X",
}
STYLE = """
:root{color-scheme:light dark;--bg:#f5f7f6;--surface:#fff;--ink:#15201c;--muted:#4a5852;--line:#cdd6d2;--brand:#0b5d4e}
@media(prefers-color-scheme:dark){:root{--bg:#0f1614;--surface:#18211e;--ink:#e9efec;--muted:#aebbb5;--line:#35433d;
--brand:#63d2b4}}
*{box-sizing:border-box}body{font:16px/1.5 system-ui,"Noto Sans",sans-serif;max-width:60rem;margin:auto;
padding:0 1rem 3rem;background:var(--bg);color:var(--ink)}
nav{display:flex;flex-wrap:wrap;gap:0 1.1rem;border-bottom:1px solid var(--line)}
a{color:var(--brand)}nav a{display:inline-flex;align-items:center;min-height:44px;font-weight:600}
h1{font-size:1.7rem;margin:1rem 0 .6rem}h2{margin:1.2rem 0 .4rem;font-size:1.2rem;overflow-wrap:anywhere}
article h2{margin:0 0 .4rem;font-size:1.1rem}
.note{background:#b45309;color:#fff;padding:.6rem 1rem;border-radius:.5rem}
article{background:var(--surface);border:1px solid var(--line);border-radius:.7rem;padding:1rem;margin:1rem 0}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:.4rem 0}
iframe{width:100%;height:36rem;border:1px solid var(--line);border-radius:.5rem;background:#fff}
summary{cursor:pointer;min-height:44px;align-content:center;color:var(--brand);font-weight:600}
code{overflow-wrap:anywhere}.scroll{overflow-x:auto}:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid var(--line);font-weight:400}
th[scope=col]{font-weight:600}th[scope=row]{white-space:nowrap}
form,.row{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:1rem 0}.row{align-items:center}
input,button{font:inherit;min-height:44px;padding:.35rem .8rem;border:1px solid var(--muted);border-radius:.5rem;
background:var(--surface);color:var(--ink)}button{border-color:var(--brand);color:var(--brand);font-weight:600;
cursor:pointer}label{flex:1 1 11rem}label input{width:100%}.meta{color:var(--muted);margin:0 0 .3rem;font-size:.92rem}
"""
SCRIPT = """
for (const b of document.querySelectorAll('button[data-path]')) b.onclick = async () => {
  for (const x of document.querySelectorAll('button[data-path]')) x.disabled = true;
  b.textContent += ' …';
  const headers = {'Content-Type': 'application/json'};
  await fetch(b.dataset.path, {method: 'POST', headers, body: b.dataset.body});
  location.reload();
};
"""


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


POLICY = (
    f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_hash(SCRIPT)}'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'self'"
)


def mailbox(items: list[dict[str, Any]], now: datetime, to: str, number: str) -> str:
    """Newest first, as a person looks for the last one."""
    found = (
        "".join(map(_message, reversed(items)))
        or "<p>Belum ada pesan. Buat laporan di <a href='/lapor'>/lapor</a>, lalu muat ulang halaman ini.</p>"
    )
    return _page(
        "Kotak pesan",
        f"""<p class="note">Tidak ada pesan yang benar-benar dikirim: semua berhenti di sini.</p>
{_travel(now)}
<form method="get" role="search"><label>Nomor laporan<br><input name="number" value="{escape(number)}"></label>
<label>Penerima<br><input name="to" value="{escape(to)}"></label>
<button>Saring</button><a href="/_local/mailbox">Semua</a></form>
<p class="meta">{len(items)} pesan</p>{found}""",
    )


def home(city: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><th scope='row'><code>{escape(u['user'])}</code></th><td>{escape(u['name'])}</td>"
        f"<td>{escape(names.role(u['role']))}</td><td>{escape(names.unit(u['unit']))}</td></tr>"
        for u in city["users"]
    )
    heads = "".join(f"<th scope='col'>{head}</th>" for head in ("Nama pengguna", "Nama", "Peran", "Unit"))
    return _page(
        "Kota di mesin ini",
        f"""{_travel(datetime.fromisoformat(city["now"]))}
<h2 id="officers">Petugas</h2>
<p>Masuk di <a href="/konsol">/konsol</a> dengan kata sandi <code>{PASSWORD}</code> untuk semua.</p>
<div class="scroll" role="region" aria-labelledby="officers" tabindex="0"><table><thead><tr>{heads}</tr></thead>
<tbody>{rows}</tbody></table></div>
<h2>Open311</h2><p>Alamat <code>{escape(city["addresses"]["open311"])}</code>, kunci
<code>{escape(city["open311"]["key"] or "")}</code></p>
<h2>Mulai dari awal</h2><p class="row">{_button("/_local/reset", {}, "Hapus semua laporan dan pesan")}</p>""",
    )


def _travel(now: datetime) -> str:
    jumps = (("PT1H", "+1 jam"), ("PT6H", "+6 jam"), ("P1D", "+1 hari"), ("P7D", "+7 hari"))
    buttons = "".join(_button("/_local/clock", {"advance": text}, label) for text, label in jumps)
    return f'<p class="row"><span>Waktu kota: <b>{_wib(now)}</b></span>{buttons}</p>'


def _button(path: str, body: dict[str, str], label: str) -> str:
    return f'<button data-path="{path}" data-body="{escape(json.dumps(body))}">{label}</button>'


def _message(item: dict[str, Any]) -> str:
    kind, event = KINDS.get(item["kind"], item["kind"]), names.event(item["event"] or "")
    parts = (kind, event, names.unit(item["to"]), item.get("number"))
    about = " · ".join(escape(str(part)) for part in parts if part)
    subject = escape(item["subject"] or f"{kind} tanpa judul")
    html = f"<details><summary>Tampilan email</summary>{_framed(item)}</details>" if item.get("html") else ""
    head = f'<p class="meta">{_wib(datetime.fromisoformat(item["at"]))} · {about}</p><h2>{subject}</h2>'
    return f"<article>{head}<pre>{_live(item['text'])}</pre>{html}</article>"


def _framed(item: dict[str, Any]) -> str:
    """In a frame that runs nothing and belongs to no origin; its links open a page of their own."""
    content, title = escape(f'<base target="_blank">{item["html"]}'), escape(f"Email {item['id']}: {item['subject']}")
    sandbox = "allow-popups allow-popups-to-escape-sandbox"
    return f'<iframe sandbox="{sandbox}" title="{title}" srcdoc="{content}"></iframe>'


def _live(text: str) -> str:
    parts, end = [], 0
    for found in LINK.finditer(text):
        address = found[0].rstrip(".,;:)")
        parts += [escape(text[end : found.start()]), f'<a href="{escape(address)}">{escape(address)}</a>']
        end = found.start() + len(address)
    return "".join([*parts, escape(text[end:])])


def _wib(at: datetime) -> str:
    return at.astimezone(WIB).strftime("%d-%m-%Y %H.%M.%S WIB")


def _page(title: str, body: str) -> str:
    return f"""<!doctype html><html lang="id"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<title>{title} · Tanggap</title><style>{STYLE}</style></head><body>
<header><nav aria-label="Kota di mesin ini"><a href="/">Situs</a><a href="/lapor">Lapor</a>
<a href="/konsol">Konsol petugas</a><a href="/_local">Kota</a><a href="/_local/mailbox">Kotak pesan</a></nav></header>
<main><h1>{title}</h1>{body}</main><script>{SCRIPT}</script></body></html>"""
