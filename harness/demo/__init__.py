"""The demo vendor: a real small app, the reference answer and the worked example for adapters."""
