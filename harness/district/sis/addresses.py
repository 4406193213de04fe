"""Addresses: the e-mail addresses a district gives its people."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from harness.district.data_model.records import Name


def address_of(name: Name, domain: str, *, tag: str = "") -> str:
    """An e-mail address from a name; `tag` keeps people of one name apart."""
    parts = (slug(name.get("first", "")), slug(name.get("last", "")), tag)
    return f"{'.'.join(part for part in parts if part) or 'user'}@{domain}"


def address_tag(position: int) -> str:
    """What keeps the address of a cast member apart from a namesake's."""
    return str(position >> 20)


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """A name as it stands in addresses and usernames: plain lower-case letters and digits."""
    plain = unicodedata.normalize("NFKD", name.replace("Ł", "L").replace("Ø", "O"))
    return re.sub(r"[^a-z0-9]", "", plain.encode("ascii", "ignore").decode().lower())
