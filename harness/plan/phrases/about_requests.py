"""`Then` steps about how the app asks Clever, and how its syncs end."""

from __future__ import annotations

from harness.plan.phrases.phrase import THEN, Phrase, then

EVERY_SYNC = Phrase((THEN,), r"every sync completed", breakable=True)
ENDED = Phrase((THEN,), r"every sync ended by itself", breakable=True)
ASKED_AGAIN = then(r"failed requests are sent again")
PAUSES = then(r"the app pauses before each retry")
FIVE_AT_MOST = then(r"no request is retried more than five times")
AFTER_RESET = then(r"no request is sent before the rate limit resets")
REFUSED = then(r"no refused request is repeated")
SAYS_SO = then(r"no failed sync reports that it completed")
VERSION_3 = then(r"every request for roster data asks for version 3")
ON_DEMAND = then(r"every sync read from Clever when it was asked for")
OF_ITS_DISTRICT = then(r"every sync read the district it was for")
EVENTS_READ = then(r"every sync read all events")
READ_AGAIN = then(r"the app read the whole district again")
READS_ON = then(r"the app reads on where a page is not full and not the last")
