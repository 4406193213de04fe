"""Lends a book to somebody, as the desk does. It gets rosterready's call on stdin."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from library.models import Loan, Person


class Command(BaseCommand):
    help = "For rehearsals: the call finish_lesson, with which somebody borrows a book."

    def handle(self, **options):
        call = json.load(sys.stdin)
        person = Person.objects.filter(
            district=call["connection"]["district"], clever_id=call["clever_id"], archived=False
        ).first()
        if person is None:
            raise CommandError(f"no active account for {call['clever_id']}")
        Loan.objects.create(person=person, book=call["lesson"])
