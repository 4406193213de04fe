"""What a vendor's app and this harness say to each other."""
