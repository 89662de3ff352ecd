"""What machines read of the site: which pages there are, whom to tell of a hole in it, how it is put on a phone."""

import json
from datetime import date, timedelta
from xml.sax.saxutils import quoteattr

GREEN, PAPER = "#0b5d4e", "#f5f7f6"
VALID = timedelta(days=364)  # RFC 9116 asks for less than a year


def robots(site_url: str) -> str:
    return (
        f"User-agent: *\nDisallow: /konsol\nDisallow: /en/konsol\nDisallow: /api/\n\nSitemap: {site_url}/sitemap.xml\n"
    )


def sitemap(site_url: str, pages: list[dict[str, str]]) -> str:
    """`pages`: the addresses of each page by language."""
    entries = "".join(_entry(site_url, page, address) for page in pages for address in page.values())
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {spaces}>\n{entries}</urlset>\n'


def _entry(site_url: str, page: dict[str, str], own: str) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(site_url + address)}/>'
        for language, address in page.items()
    )
    return f"<url><loc>{site_url}{own}</loc>{links}</url>\n"


def security(site_url: str, contact: str, today: date) -> str:
    """/.well-known/security.txt (RFC 9116). Whoever builds the site once a year keeps it valid."""
    expires = f"{(today + VALID).isoformat()}T00:00:00Z"
    lines = {
        "Contact": contact,
        "Expires": expires,
        "Preferred-Languages": "id, en",
        "Canonical": f"{site_url}/.well-known/security.txt",
        "Policy": f"{site_url}/bantuan#keamanan",
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


def manifest(language: str, words: dict[str, str], links: dict[str, str], icons: dict[str, str]) -> str:
    """The web app manifest. `links` by page name, `icons` addresses by asset name."""
    pictures = [
        {"src": icons["logo.svg"], "sizes": "any", "type": "image/svg+xml"},
        {"src": icons["icon-192.png"], "sizes": "192x192", "type": "image/png"},
        {"src": icons["icon-512.png"], "sizes": "512x512", "type": "image/png"},
        {"src": icons["icon-maskable-512.png"], "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    shortcuts = [{"name": words[f"common.{key}"], "url": links[page]} for key, page in SHORTCUTS]
    document = {
        "id": "/",
        "name": f"Tanggap – {words['common.tagline']}",
        "short_name": "Tanggap",
        "description": words["common.description"],
        "lang": language,
        "start_url": links["home"],
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": GREEN,
        "categories": ["government", "utilities"],
        "icons": pictures,
        "shortcuts": shortcuts,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


SHORTCUTS = (("report", "form"), ("track", "track"))
