"""Letters and newsletters: templates, printing in batches, sending.

In: what another room gives it to send. Out: a letter, a message, their fate. It is called by all and reads nothing by
itself. Today it declares its systems: none of them runs yet, the page says so.
"""
