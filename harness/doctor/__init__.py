"""Before any verdict: whether an app can be driven and read, tried over a tiny district."""

from harness.doctor.diagnosis import Diagnosis, State
from harness.doctor.examination import Visit, examine

__all__ = ["Diagnosis", "State", "Visit", "examine"]
