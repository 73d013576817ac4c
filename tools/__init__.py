"""What a contributor runs now and then: `python -m tools.NAME`."""
