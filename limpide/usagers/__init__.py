"""What citizens see: public simulator and Mon Compte.

In: requests of a person about their own file. Out: pages in plain French.
May call every room below it (paiements, dossiers, identite, registre, droits).
"""
