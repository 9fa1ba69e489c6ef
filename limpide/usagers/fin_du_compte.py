"""Ending Mon Compte: what holds it (MC-070 to 073), the person's own decision, and the six years (MC-074, MC-075)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from limpide.dossiers.models import Dossier
from limpide.identite import contacts, fin_compte
from limpide.identite.models import Compte
from limpide.identite.suivi_contacts import SUIVI
from limpide.registre.conservation.durees import APRES_LA_RELATION
from limpide.registre.conservation.relations import Element, Relation, relations
from limpide.registre.contexte import SYSTEME, traitement
from limpide.usagers import brouillons

SUPPRESSION, TERME = "suppression_compte", "fin_des_acces"
MOTIF_TERME = "Fin des accès six ans après la relation"
LOT = 500


@dataclass(frozen=True)
class Tenue:
    """What holds an account, in the words of its holder. `relations`: one for each of their files."""

    relations: tuple[Relation, ...]
    protege: bool

    @property
    def raisons(self) -> list[str]:
        tenants = (e for r in self.relations for e in r.tenants)
        dites = list(dict.fromkeys(e.allocataire for e in sorted(tenants, key=_ordre)))
        return [*dites, *(["Vous agissez pour une personne protégée avec ce compte."] if self.protege else [])]

    @property
    def fin(self) -> dt.date | None:
        """MC-073: the latest end of benefits, debts and litigation; None while one holds, or without any file."""
        fins = [r.fin for r in self.relations]
        return None if not fins or None in fins else max(f for f in fins if f is not None)

    @property
    def termine_le(self) -> dt.date | None:
        """MC-074: the first day without access."""
        return None if self.fin is None else APRES_LA_RELATION.apres(self.fin)


def _ordre(element: Element) -> int:
    """Rights, then debts, then litigation, then the rest: the order of the terms."""
    return {"relation": 0, "droit": 0, "demande": 1, "dette": 2, "recours": 3}.get(element.genre, 4)


def tenue(personne: int) -> Tenue:
    """Within a processing that reads the ties of this person's files."""
    dossiers = list(Dossier.objects.filter(allocataire_id=personne).values_list("pk", flat=True))
    liees = relations(dossiers)
    return Tenue(tuple(liees[d] for d in dossiers), fin_compte.agit_pour_quelqu_un(personne))


def supprimer(compte: Compte) -> tuple[Tenue, list[contacts.Envoi]]:
    """The person's own decision, if nothing holds the account; what holds it, and the notice to send afterwards."""
    trouvee = tenue(compte.personne_id)
    if trouvee.raisons:
        return trouvee, []
    brouillons.tout_effacer(compte.personne_id)
    return trouvee, fin_compte.fermer(compte, "personne")


def prevenir(avis: list[contacts.Envoi]) -> None:
    """Send the notices, outside any transaction; what could not leave waits for the day's work."""
    for envoi in avis:
        contacts.expedier(envoi, SUIVI, SYSTEME)


def terminer(jour: dt.date, *, executer: bool) -> int:
    """Close the accounts whose last relation ended six years ago. Account by account: killed, the next run goes on."""
    fermes = 0
    for page in _pages():
        for numero in page:
            with traitement(TERME, acteur=SYSTEME, motif=MOTIF_TERME):
                compte = Compte.objects.filter(pk=numero, ferme_le=None).first()
                terme = None if compte is None else tenue(compte.personne_id).termine_le
                if compte is None or terme is None or terme > jour:
                    continue
                avis = []
                if executer:
                    brouillons.tout_effacer(compte.personne_id)
                    avis = fin_compte.fermer(compte, "terme")
            fermes += 1
            prevenir(avis)
    return fermes


def _pages() -> Iterator[list[int]]:
    """Open accounts of persons who have closed files and no open one, page by page: the only ones that can be due."""
    dernier = 0
    while True:
        with traitement(TERME, acteur=SYSTEME, motif=MOTIF_TERME):
            clos = Dossier.objects.filter(clos_le__lte=_il_y_a_six_ans()).values("allocataire_id")
            ouverts = Dossier.objects.filter(clos_le=None).values("allocataire_id")
            dus = Compte.objects.filter(pk__gt=dernier, genre="allocataire", ferme_le=None, personne_id__in=clos)
            page = list(dus.exclude(personne_id__in=ouverts).order_by("pk").values_list("pk", flat=True)[:LOT])
        if not page:
            return
        yield page
        dernier = page[-1]


def _il_y_a_six_ans() -> dt.date:
    """A little less: leap years and ends of months are left to `APRES_LA_RELATION`."""
    return timezone.localdate() - dt.timedelta(days=6 * 365)
