"""Step definitions: each binds a phrase of `harness.plan.phrases` to a check."""
