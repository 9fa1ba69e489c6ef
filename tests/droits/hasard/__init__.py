"""The random households themselves."""
