"""Everything that the application is composed of: routes first, then functions, each in the module of its area."""

from chalice.app import Blueprint

from chalicelib.entrypoints import (
    administration,
    channel_api,
    channel_messages,
    citizen_api,
    flood_api,
    message_api,
    open311_api,
    photos,
    public_api,
    reporter_api,
    rules_api,
    schedules,
    staff_api,
    stream,
    subscribers,
    timers,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    public_api.api,
    citizen_api.api,
    reporter_api.api,
    flood_api.api,
    staff_api.api,
    message_api.api,
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
)
