"""Samples, panels, surveys, valuations: figures on many people, never a decision on one.

In: a frame, a rule, a seed. Out: files without identity, tables without small cells. It reads and never writes what
the files' room holds. Today it declares its systems: none of them runs yet, the page says so.
"""
