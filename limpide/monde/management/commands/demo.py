"""`limpide demo`: from nothing to a served Caf, with a month computed and paid."""

import contextlib
import datetime as dt
import logging
import time
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from rich.console import Console
from rich.table import Table

from limpide.dossiers.liquidation import Bilan
from limpide.droits.calcul import liste_droits
from limpide.monde import (
    anciens,
    collegues,
    complet,
    comptes,
    demonstration,
    guichet,
    homologations,
    identites,
    infolettres,
    protectrice,
    relation,
    rendez_vous,
    trimestres,
)
from limpide.paiements.services import Emission
from limpide.registre.conservation.cycle import examiner, noter_examen
from limpide.socle import dossier_donnees
from limpide.socle.management.commands.serveur import refuser_un_port_occupe


class Command(BaseCommand):
    help = "Prépare tout, crée un monde fictif, liquide et paie le mois, puis sert le site."
    sans_traitement = "Enchaîne des étapes dont chacune ouvre son propre traitement."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--foyers", type=int, default=500, help="nombre de foyers (défaut : 500)")
        parser.add_argument("--graine", type=int, default=1, help="graine du hasard (défaut : 1)")
        parser.add_argument("--sans-serveur", action="store_true", help="s'arrête une fois le mois payé")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, foyers: int, graine: int, sans_serveur: bool, port: int, **_: Any) -> None:
        if not 1 <= foyers <= 1_000_000:
            raise CommandError("--foyers : un nombre entre 1 et 1 000 000.")
        if graine < 0:
            raise CommandError("--graine : un nombre entier positif.")
        if not sans_serveur:
            refuser_un_port_occupe("127.0.0.1", port)  # before minutes of work, not after
        dossier_donnees.marquer_demonstration()
        settings.DEMONSTRATION = True
        with _sans_le_detail_des_appels():
            self._peupler_et_payer(foyers, graine, port)
        if not sans_serveur:
            with identites.partenaires_ouverts(dt.date.today()) as partenaires:  # noqa: DTZ011
                self.stdout.write(f"Courriels et SMS de la démonstration : {partenaires.adresse('messages')}\n")
                self.stdout.write(f"FranceConnect simulé, sans mot de passe : http://localhost:{port}/connexion/\n")
                call_command("serveur", port=port)

    def _peupler_et_payer(self, foyers: int, graine: int, port: int) -> None:
        console = Console()
        debut = time.perf_counter()
        call_command("preparer")
        mois = demonstration.mois_de_la_demonstration(dt.date.today())  # noqa: DTZ011 — the user's own day
        ajoutes = demonstration.peupler(foyers, graine, mois)
        acces = comptes.creer(mois)
        homologations.installer(dt.date.today())  # noqa: DTZ011
        identites.installer(dt.date.today())  # noqa: DTZ011
        resultats = demonstration.liquider_et_payer(mois)
        complet.vivre(mois, dt.date.today())  # noqa: DTZ011
        trimestres.declarer(dt.date.today())  # noqa: DTZ011
        acces[2:2] = protectrice.installer(dt.date.today())  # noqa: DTZ011
        identites.publier_au_rncps(dt.date.today())  # noqa: DTZ011
        demandes = guichet.installer(graine, mois, dt.date.today())  # noqa: DTZ011
        collegues.installer(dt.date.today())  # noqa: DTZ011
        relation.installer(dt.date.today())  # noqa: DTZ011
        rendez_vous.installer(dt.date.today())  # noqa: DTZ011
        infolettres.installer(dt.date.today(), f"http://localhost:{port}")  # noqa: DTZ011
        if anciens.charger(graine, dt.date.today()):  # noqa: DTZ011
            noter_examen(examiner())
        call_command("journal", "sceller", verbosity=0)
        console.print(_table_du_mois(*resultats[-1]))
        console.print(
            f"{ajoutes} foyers créés ; {len(resultats)} mois liquidés et payés ; {demandes} demandes de droits faites, "
            f"en {time.perf_counter() - debut:.1f} s."
        )
        if retard := trimestres.en_retard():
            console.print(f"Dossier n° {retard} (Paris) : trimestre non déclaré, RSA et prime d'activité suspendus.")
        self.stdout.write(_acces(acces, port))


@contextlib.contextmanager
def _sans_le_detail_des_appels() -> Iterator[None]:
    """The simulated partners are asked hundreds of times: a newcomer reads the steps, not each call."""
    appels = logging.getLogger("limpide.appels")
    avant = appels.level
    appels.setLevel(logging.WARNING)
    try:
        yield
    finally:
        appels.setLevel(avant)


def _euros(centimes: int) -> str:
    return f"{centimes / 100:,.2f} €".replace(",", " ").replace(".", ",")


def _table_du_mois(bilan: Bilan, emission: Emission) -> Table:
    table = Table(title=f"Mois de {bilan.mois:%m/%Y}", caption=f"{len(emission.fichiers)} fichiers de virement")
    table.add_column("Prestation")
    for titre in ("Foyers", "Droits ouverts", "Montant net", "Secondes"):
        table.add_column(titre, justify="right")
    for droit in liste_droits():
        ouverts, centimes = bilan.ouverts.get(droit.code, 0), bilan.centimes.get(droit.code, 0)
        table.add_row(droit.libelle, str(bilan.foyers), str(ouverts), _euros(centimes), "")
    table.add_section()
    table.add_row(
        "Ensemble",
        str(bilan.foyers),
        str(sum(bilan.ouverts.values())),
        _euros(bilan.total_centimes),
        f"{bilan.secondes:.1f}",
    )
    table.add_row("Virements émis", str(emission.virements), "", _euros(emission.centimes), f"{emission.secondes:.1f}")
    return table


def _acces(acces: list[comptes.CompteDemo], port: int) -> str:
    """One account per paragraph: these lines are copied by hand, a table would fold them."""
    lignes = [f"Comptes de démonstration — http://localhost:{port}/"]
    for compte in acces:
        lignes += ["", f"  {compte.role} — http://localhost:{port}{compte.adresse}"]
        lignes.append(f"    identifiant {compte.identifiant}    mot de passe {compte.mot_de_passe}")
        if compte.secret_otp:
            lignes.append(
                f"    second facteur : clé {compte.secret_otp} (code du moment : {comptes.code_actuel(compte)} ; "
                "un nouveau : limpide code_demo)"
            )
    return "\n".join(lignes)
