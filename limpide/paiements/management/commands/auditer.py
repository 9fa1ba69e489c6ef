"""`limpide auditer`: recompute the books from the rights and the orders; exit 1 and name the first wrong row."""

import time
from typing import Any

from django.core.management import BaseCommand, CommandError

from limpide.paiements.affichage import euros
from limpide.paiements.audit import TRAITEMENT, auditer
from limpide.socle import base_de_donnees


class Command(BaseCommand):
    help = "Recalcule soldes, dettes et virements à partir des événements bruts (code 1 au premier écart)."
    traitement = TRAITEMENT

    def handle(self, **options: Any) -> None:
        base_de_donnees.assurer()
        debut = time.perf_counter()
        constat = auditer()
        if constat.ecart:
            raise CommandError(f"Écart : {constat.ecart}", returncode=1)
        self.stdout.write(
            f"Comptes exacts : {constat.lignes_droit} lignes de droit, {constat.lignes_ecriture} lignes d'écriture, "
            f"{constat.ordres} ordres, {constat.fichiers} fichiers ; {euros(constat.verse)} versés, "
            f"{euros(constat.du)} à verser, {euros(constat.indus)} d'indus en cours. "
            f"{time.perf_counter() - debut:.1f} s"
        )
