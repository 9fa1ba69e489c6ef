"""The test bench: a real database per worker, a real site, a real browser. See tests/README.md."""
