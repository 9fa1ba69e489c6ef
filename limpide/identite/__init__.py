"""Who is who: persons, civil status, NIR and NIA, Caf, affiliations, accounts.

In: declared or certified identities. Out: persons and login accounts; numbers encrypted, shown masked.
May call: registre, socle.
"""
