"""The contract: everything that a vendor's app and the harness exchange."""
