"""Exchanges with the bodies that a Caf works with: one declaration per exchange, and soon one small file each.

In: what a partner sends, what a file holds. Out: what is due to the partner, and nothing else. It may call the rooms
below it down to the files; nobody calls it. Today it declares its systems: none of them runs yet, the page says so.
"""
