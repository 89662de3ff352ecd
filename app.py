"""The application that Chalice packages: composition only. Every route and function lives in chalicelib/entrypoints."""

from chalice.app import Chalice

from chalicelib.bootstrap import preloading
from chalicelib.entrypoints.blueprints import BLUEPRINTS

app = Chalice(app_name="tanggap", configure_logs=False)
app.api.binary_types = [*app.api.binary_types, "multipart/form-data", "message/rfc822"]  # photos, mails: bytes unharmed
for blueprint in BLUEPRINTS:
    app.register_blueprint(blueprint)
preloading.register()
