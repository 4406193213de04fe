"""The recording of a rehearsal: one file, read and written, nothing else."""
