"""Letters: templates, printing in batches, sending.

In: what another room gives it to send. Out: a letter, a message, their fate. It is called by all and reads nothing by
itself. Today it sends e-mails and text messages; its system of printed letters is declared, and the page says that it
isn't built. Letters of information are written and addressed in `infolettres`, which hands them here.
"""
