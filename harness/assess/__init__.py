"""From findings to outcomes, requirement verdicts, answers and the verdict of the run."""
