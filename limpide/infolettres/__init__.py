"""Letters of information, national or of a Caf: written by one agent, validated by another, sent to who is subscribed.

In: subscriptions, made when Mon Compte opens and left in one click; what agents write. Out: e-mails, handed to
`courriers`; sums of openings, of who agreed to be counted. Calls dossiers (screens) and below; Mon Compte calls it.
"""
