"""Money: double-entry ledger in cents, payment orders, SEPA files, proposed debts.

In: entitlement lines of a liquidation. Out: ledger entries and credit-transfer files.
May call: dossiers, identite, registre, socle.
"""
