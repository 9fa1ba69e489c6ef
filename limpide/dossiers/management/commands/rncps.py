"""`limpide rncps publier|interroger|campagne|habiliter|effacer|…`: what changed, who may ask, questions, traces.

Exit 1 when the RNCPS is silent or refuses a line.
"""

import contextlib
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from limpide.dossiers import campagnes_rncps, consultation_differee, consultation_rncps, habilitations_rncps, rncps
from limpide.dossiers.models import CritereCampagne, ModeConsultation, MotifCampagne
from limpide.dossiers.models.rncps_campagnes import PLAFOND
from limpide.identite.erreurs import ErreurSaisie
from limpide.socle import base_de_donnees
from limpide.socle.appel import PartenaireInjoignable

SANS_ADRESSE = "L'adresse du Rncps n'est pas connue : posez LIMPIDE_RNCPS_URL et LIMPIDE_RNCPS_JETON."


@contextlib.contextmanager
def saisie_dite() -> Iterator[None]:
    """What is refused, field by field, on the error output."""
    try:
        yield
    except ErreurSaisie as refus:
        raise CommandError(" ".join(refus.champs.values()), returncode=2) from refus


class Command(BaseCommand):
    help = "Rncps : publier prestations et adresses, poser les questions en attente, effacer les réponses, traces."
    traitement = (
        rncps.PUBLIER,
        consultation_differee.DIFFERER,
        consultation_rncps.TRACES,
        campagnes_rncps.CAMPAGNE,
        habilitations_rncps.HABILITER,
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="actions")
        publier = actions.add_parser("publier", help="envoie ce qui a changé ; reprend là où un envoi s'est arrêté")
        publier.add_argument(
            "--a-blanc", action="store_true", help="dit combien de dossiers ont changé, sans rien écrire"
        )

        interroger = actions.add_parser("interroger", help="pose en différé les questions en attente ; se reprend")
        interroger.add_argument("--executer", action="store_true", help="le faire (sinon : essai à blanc)")
        self._arguments_des_campagnes(actions)
        effacer = actions.add_parser("effacer", help="efface les réponses de plus d'un mois ; les traces restent un an")
        effacer.add_argument("--executer", action="store_true", help="le faire (sinon : essai à blanc)")
        exporter = actions.add_parser("exporter-traces", help="écrit les traces de consultation, pour la Cnav")
        exporter.add_argument("--sortie", type=Path, required=True, help="fichier à créer (une ligne JSON par trace)")

    def _arguments_des_campagnes(self, actions: Any) -> None:
        campagne = actions.add_parser("campagne", help="décide une consultation collective, au nom d'un agent habilité")
        campagne.add_argument("agent", help="identifiant de l'agent habilité qui décide")
        campagne.add_argument("--finalite", required=True, choices=MotifCampagne.values)
        campagne.add_argument("--critere", required=True, choices=CritereCampagne.values)
        campagne.add_argument("--valeur", required=True, help="un nombre de mois, ou le code d'une prestation")
        habiliter = actions.add_parser("habiliter", help="habilite un agent, dans un ou plusieurs modes")
        habiliter.add_argument("agent", help="identifiant de l'agent")
        habiliter.add_argument("--mode", required=True, nargs="+", choices=ModeConsultation.values)
        habiliter.add_argument("--decision", required=True, help="référence de la décision d'habilitation")
        habiliter.add_argument("--jusqu-au", required=True, type=dt.date.fromisoformat, help="AAAA-MM-JJ, dans l'année")
        retirer = actions.add_parser("retirer-habilitation", help="met fin aux habilitations d'un agent")
        retirer.add_argument("agent", help="identifiant de l'agent")
        actions.add_parser("habilitations", help="les agents habilités aujourd'hui")
        for action in (campagne, habiliter, retirer):
            action.add_argument("--executer", action="store_true", help="le faire (sinon : essai à blanc)")

    def handle(self, *, action: str, **options: Any) -> None:
        base_de_donnees.assurer()
        {
            "publier": self._publier,
            "interroger": self._interroger,
            "campagne": self._campagne,
            "habiliter": self._habiliter,
            "retirer-habilitation": self._retirer,
            "habilitations": self._lister,
            "effacer": self._effacer,
            "exporter-traces": self._exporter,
        }[action](**options)

    def _interroger(self, *, executer: bool, **_: Any) -> None:
        try:
            bilan = consultation_differee.interroger(executer=executer)
        except PartenaireInjoignable as panne:
            raise CommandError(SANS_ADRESSE, returncode=2) from panne
        if not executer:
            self.stdout.write(f"{bilan.en_attente} question(s) en attente ; rien n'a été demandé (--executer).")
            return
        self.stdout.write(
            f"{bilan.en_attente} question(s) en attente ; {bilan.repondues} répondue(s), {bilan.sans_suite} sans suite."
        )
        if bilan.arrete:
            raise CommandError("Le Rncps ne répond plus : ce qui reste attend, relancez la commande.", returncode=1)

    def _campagne(self, *, agent: str, finalite: str, critere: str, valeur: str, executer: bool, **_: Any) -> None:
        with saisie_dite():
            nombre = campagnes_rncps.decider_au_nom_de(
                agent, finalite, critere, campagnes_rncps.valeur_de(critere, valeur), executer=executer
            )
        if executer:
            self.stdout.write(f"Campagne décidée : {nombre} question(s) attendent (limpide rncps interroger).")
        else:
            trop = f", plus que {PLAFOND} : resserrez le critère" if nombre > PLAFOND else " (--executer pour décider)"
            self.stdout.write(f"{nombre} personne(s) seraient interrogées{trop}.")

    def _habiliter(self, *, agent: str, mode: list[str], decision: str, jusqu_au: dt.date, **options: Any) -> None:
        with saisie_dite():
            habilitations_rncps.habiliter(agent, mode, decision, jusqu_au, executer=options["executer"])
        fin = "est habilité" if options["executer"] else "serait habilité (--executer)"
        dits = ", ".join(ModeConsultation(m).label for m in sorted(set(mode)))
        self.stdout.write(f"{agent} {fin} jusqu'au {jusqu_au:%d/%m/%Y} : {dits}.")

    def _lister(self, **_: Any) -> None:
        siennes = habilitations_rncps.en_cours()
        for h in siennes:
            self.stdout.write(
                f"{h['organisme']}  {h['agent']}  {ModeConsultation(h['mode']).label}, "
                f"jusqu'au {h['jusqu_au']:%d/%m/%Y}  ({h['decision']})"
            )
        self.stdout.write(f"{len(siennes)} habilitation(s) en cours.")

    def _retirer(self, *, agent: str, executer: bool, **_: Any) -> None:
        with saisie_dite():
            nombre = habilitations_rncps.retirer(agent, executer=executer)
        self.stdout.write(f"{nombre} habilitation(s) {'retirée(s)' if executer else 'à retirer (--executer)'}.")

    def _effacer(self, *, executer: bool, **_: Any) -> None:
        nombre = consultation_rncps.effacer_les_reponses(timezone.localdate(), executer=executer)
        fin = "effacée(s)" if executer else "à effacer (--executer)"
        self.stdout.write(f"{nombre} réponse(s) du Rncps {fin}.")

    def _exporter(self, *, sortie: Path, **_: Any) -> None:
        traces = consultation_rncps.traces()
        try:
            with sortie.open("x", encoding="utf-8") as fichier:
                fichier.writelines(json.dumps(trace, ensure_ascii=False) + "\n" for trace in traces)
        except OSError as erreur:
            raise CommandError(f"« {sortie} » : {erreur.strerror}.", returncode=2) from erreur
        self.stdout.write(f"{len(traces)} trace(s) écrite(s) dans {sortie}.")

    def _publier(self, *, a_blanc: bool, **_: Any) -> None:
        try:
            bilan = rncps.publier(a_blanc=a_blanc)
        except PartenaireInjoignable as panne:
            raise CommandError(SANS_ADRESSE, returncode=2) from panne
        if a_blanc:
            self.stdout.write(f"{bilan.a_publier} dossier(s) à publier ; rien n'a été envoyé.")
            return
        self.stdout.write(f"{bilan.a_publier} dossier(s) changés ; {bilan.recues} reçus, {bilan.refusees} refusés.")
        if bilan.arrete or bilan.refusees:
            suite = (
                "le Rncps n'a pas tout reçu, relancez la commande" if bilan.arrete else "des lignes ont été refusées"
            )
            raise CommandError(f"Publication incomplète : {suite}.", returncode=1)
