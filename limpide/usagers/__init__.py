"""What citizens see: public simulator, and Mon Compte on the site, at a kiosk (`borne`), in an application (`mobile`).

In: requests of a person about their own file. Out: pages in plain French, or the same as data.
May call every room below it (paiements, dossiers, identite, registre, droits).
"""
