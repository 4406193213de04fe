"""Clever's API for one district. A list is read whole, or CleverError is raised."""

import time

import requests
from django.conf import settings

PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between attempts; Clever recommends 1, 2, 4, 8 and 16 in production."""


class CleverError(Exception):
    """The district cannot be read completely now."""


class Clever:
    def __init__(self, district):
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {self._token(district)}"

    def _token(self, district):
        """Asked for in every sync: a district may have a new one."""
        client = settings.CLEVER_CLIENT_ID, settings.CLEVER_CLIENT_SECRET
        url = f"{settings.CLEVER_OAUTH_URL}/oauth/tokens"
        granted = self._get(url, params={"owner_type": "district"}, auth=client)
        for token in granted["data"]:
            if token["owner"]["id"] == district:
                return token["access_token"]
        raise CleverError(f"Clever lists no token for district {district}")

    def records(self, kind):
        path = f"/v3.1/{kind}?limit=1000"
        while path:
            page = self._get(settings.CLEVER_API_URL + path)
            if not isinstance(page.get("data"), list):
                raise CleverError(f"{path} was answered without a list of {kind}")
            yield from (item["data"] for item in page["data"])
            path = next((link["uri"] for link in page["links"] if link["rel"] == "next"), None)

    def _get(self, url, **options):
        trouble = ""
        for pause in (*PAUSES, None):
            try:
                answer = self.http.get(url, timeout=10, **options)
                if answer.ok:
                    return answer.json()
                trouble = f"status {answer.status_code}"
                if answer.status_code != 429 and answer.status_code < 500:
                    break  # asking again would not help
                if answer.status_code == 429 and pause is not None:
                    reset = float(answer.headers.get("x-ratelimit-reset", 0))
                    pause = min(60, max(pause, reset - time.time()))
            except (requests.RequestException, ValueError) as error:
                trouble = str(error)
            if pause is not None:
                time.sleep(pause)
        raise CleverError(f"{url} could not be read: {trouble}")
