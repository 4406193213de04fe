"""What an app hears of a district: its feed, derived from one publication to the next."""

from __future__ import annotations

from harness.district.clever.events import Event, events_between
from harness.simulator.access.clients import OAuthClient
from harness.simulator.roster.feed import Feed
from harness.simulator.roster.publication import Publication


def feed_of(publication: Publication, client: OAuthClient) -> Feed:
    """What an app hears while a publication is current; derived when it is first asked for."""
    unheard: list[Publication] = []
    current: Publication | None = publication
    while current is not None and client.id not in current.feeds:
        unheard.append(current)
        current = current.before
    feed = Feed() if current is None else current.feeds[client.id]
    for later in reversed(unheard):
        events = _events(later, client, feed.last) if client.id in later.event_subscribers else ()
        feed = later.feeds[client.id] = feed.after(events, later.at)
    return feed


def _events(publication: Publication, client: OAuthClient, last: str) -> tuple[Event, ...]:
    before = publication.before
    return events_between(
        None if before is None else before.visible_to(client.scopes).roster,
        publication.visible_to(client.scopes).roster,
        at=publication.at,
        order=publication.event_order,
        after=last,
    )
