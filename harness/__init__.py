"""rosterready: a certification rehearsal for apps that integrate with Clever Secure Sync."""

__version__ = "0.1.0"
