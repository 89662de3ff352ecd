"""The application that Chalice packages: composition only. Every route and function lives in chalicelib/entrypoints."""

from chalice.app import Chalice

from chalicelib.entrypoints import (
    administration,
    channel_api,
    channel_messages,
    citizen_api,
    flood_api,
    open311_api,
    photos,
    public_api,
    rules_api,
    schedules,
    staff_api,
    stream,
    subscribers,
    timers,
)

app = Chalice(app_name="tanggap", configure_logs=False)
for blueprint in (
    public_api.api,
    citizen_api.api,
    flood_api.api,
    staff_api.api,
    channel_api.api,
    administration.api,
    open311_api.api,
    rules_api.api,
    stream.stream,
    subscribers.subscribers,
    photos.photos,
    channel_messages.messages,
    timers.timers,
    schedules.schedules,
    administration.functions,
):
    app.register_blueprint(blueprint)
