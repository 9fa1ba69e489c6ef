"""The family of the demonstration account: Amina's, told by hand so that its pages have something to say.

A lone parent with two children, working part time by the hour: wages move from month to month, so the three rights
move too, and a wage declared too high opens an arrear once corrected.
"""

import datetime as dt

from limpide.monde import numeros
from limpide.monde.foyers import FaitSynthetique, FoyerSynthetique, Membre, mois_decale

RANG = 0
SALAIRES = (540.0, 580.5, 540.0, 702.2, 540.0, 420.75, 608.3, 550.0, 675.6, 540.0, 581.4)
"""Monthly net wages, oldest first, up to the month before the reference month."""


def foyer(
    mois: dt.date, rang: int = RANG, nom: str = "Belavassin", prenoms: tuple[str, str, str] = ("Amina", "Inès", "Noé")
) -> FoyerSynthetique:
    """Amina's household as known at the first day of `mois`; or another that lives the same life."""
    ouvert = mois_decale(mois, -39)
    debut = mois_decale(mois, -len(SALAIRES))
    naissances = (dt.date(mois.year - 34, 5, 14), dt.date(mois.year - 9, 2, 3), dt.date(mois.year - 6, 9, 21))
    amina, ines, noe = (
        _membre("enfant" if i else "demandeur", nom, prenom, naissance, rang * 8 + i)
        for i, (prenom, naissance) in enumerate(zip(prenoms, naissances, strict=True))
    )
    amina.faits = [
        FaitSynthetique("activite", "actif", ouvert),
        FaitSynthetique("nationalite", "francaise", ouvert),
        *(
            FaitSynthetique("salaire_net", salaire, mois_decale(debut, i), mois_decale(debut, i + 1))
            for i, salaire in enumerate(SALAIRES)
        ),
    ]
    for enfant in (ines, noe):
        enfant.faits = [FaitSynthetique("soutien_autre_parent", "apporte", ouvert)]
    faits = [
        FaitSynthetique("residence", "metropole", ouvert),
        FaitSynthetique("statut_occupation_logement", "locataire_hlm", ouvert),
        FaitSynthetique("aide_logement", 214.0, debut),
        *(
            FaitSynthetique("revenus_imposables_bruts", 7_678.0, dt.date(a, 1, 1), dt.date(a + 1, 1, 1))
            for a in sorted({debut.year - 2, mois.year - 2})
        ),
        *(
            FaitSynthetique("prestations_familiales_base_ressources", 6_910.0, dt.date(a, 1, 1), dt.date(a + 1, 1, 1))
            for a in sorted({debut.year - 2, mois.year - 2})
        ),
    ]
    membres = [amina, ines, noe]
    return FoyerSynthetique(rang, "751", "metropole", numeros.iban(rang), ouvert, membres, faits, "temoin")


def _membre(role: str, nom: str, prenom: str, naissance: dt.date, rang: int) -> Membre:
    return Membre(role, nom, prenom, naissance, numeros.nir(naissance, rang), nee_a_l_etranger=False)
