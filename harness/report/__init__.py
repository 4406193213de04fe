"""One module per format; each draws a report from `assess.results.Results` and nothing else."""
