"""The application that Chalice packages: composition only. Every route and function lives in chalicelib/entrypoints."""

from chalicelib.bootstrap import preloading
from chalicelib.entrypoints.blueprints import Application

app = Application("tanggap")
app.api.binary_types = [*app.api.binary_types, "multipart/form-data", "message/rfc822"]  # photos, mails: bytes unharmed
preloading.register()
