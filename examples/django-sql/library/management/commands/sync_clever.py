"""`manage.py sync_clever DISTRICT`, as Shelf's operators run it every night."""

import os

from django.core.management.base import BaseCommand, CommandError

from library.clever import Clever, CleverError
from library.roster import synchronize


class Command(BaseCommand):
    help = "Bring a district's roster up to date."

    def add_arguments(self, parser):
        parser.add_argument("district", nargs="?", default=os.environ.get("CLEVER_DISTRICT"))

    def handle(self, *, district, **options):
        try:
            counts = synchronize(Clever(district), district)
        except CleverError as error:
            raise CommandError(f"{error}; nothing was changed.") from error
        self.stdout.write(str(counts))
