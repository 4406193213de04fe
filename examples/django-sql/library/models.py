"""What Shelf holds: Clever's records by their ID, and the books that people borrow."""

from django.db import models


class Shared(models.Model):
    """A record of Clever's: it keeps its row for good, and is archived rather than deleted."""

    district = models.CharField(max_length=24)
    clever_id = models.CharField(max_length=24)
    archived = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(fields=["district", "clever_id"], name="one_%(class)s"),
        )


class School(Shared):
    name = models.TextField(null=True)


class Term(Shared):
    name = models.TextField(null=True)


class Course(Shared):
    name = models.TextField(null=True)


class Person(Shared):
    first_name = models.TextField(null=True)
    last_name = models.TextField(null=True)
    email = models.TextField(null=True)


class Role(models.Model):
    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20)
    school = models.ForeignKey(School, models.CASCADE, null=True)


class Guardianship(models.Model):
    contact = models.ForeignKey(Person, models.CASCADE, related_name="children")
    student = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    relationship = models.TextField(null=True)


class Section(Shared):
    name = models.TextField(null=True)
    school = models.ForeignKey(School, models.SET_NULL, null=True)
    course = models.ForeignKey(Course, models.SET_NULL, null=True)
    term = models.ForeignKey(Term, models.SET_NULL, null=True)
    people = models.ManyToManyField(Person, through="Membership")


class Membership(models.Model):
    section = models.ForeignKey(Section, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE)
    role = models.CharField(max_length=20)


class Loan(models.Model):
    """A book that somebody has borrowed."""

    person = models.ForeignKey(Person, models.PROTECT)
    book = models.TextField()
