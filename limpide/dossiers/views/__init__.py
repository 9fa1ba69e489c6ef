"""Screens of the agents: search, file, correction, journal. Every page of a file opens with a stated reason."""
