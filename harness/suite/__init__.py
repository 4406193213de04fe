"""The Gherkin bound to code: the only folder that knows pytest."""
