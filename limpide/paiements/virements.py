"""Paying: what each household's account holds, one order per household, one file per Caf.

The orders, their entry and the fingerprint of the file are committed together, the bytes being already on the disk
beside; then the file takes its name. Killed anywhere, a second run finishes the same file or makes the same one.
"""

import dataclasses
import datetime
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Max
from django.utils import timezone

from limpide.dossiers import exclusion
from limpide.dossiers.liquidation import caisses
from limpide.dossiers.lots import Bigint, executer, interroger
from limpide.dossiers.models import Dossier, Liquidation
from limpide.dossiers.mois import avec_de, ecrire, premier_jour
from limpide.identite import delais
from limpide.identite.iban import IbanInvalide, lire_iban
from limpide.identite.models import CoordonneesBancaires, Organisme
from limpide.registre.contexte import SYSTEME, traitement

from . import sepa
from .calendrier import date_de_paiement, date_de_presentation
from .fichiers import dossier_des_virements, ecrire_atomiquement, empreinte
from .models import VIREMENTS, Ecriture, FichierVirement, OrdrePaiement

TRAITEMENT = "paiement_prestations"
Progres = Callable[[str, int, int], None]


class EmissionRefusee(RuntimeError):
    """Nothing can be paid as things are; the message (French) says what to do."""


@dataclasses.dataclass
class Emission:
    """What was paid: for the table of the command. `sans_coordonnees`: files that wait for a valid IBAN.

    `suspendus`: files whose payment an agent suspended. Both: cents that stay on their account.
    """

    mois: datetime.date
    virements: int = 0
    centimes: int = 0
    fichiers: list[str] = dataclasses.field(default_factory=list)
    sans_coordonnees: dict[int, int] = dataclasses.field(default_factory=dict)
    suspendus: dict[int, int] = dataclasses.field(default_factory=dict)
    occupees: list[str] = dataclasses.field(default_factory=list)
    secondes: float = 0.0


def emettre_virements(
    mois: str | datetime.date,
    organismes: Iterable[str] | None = None,
    progress: Progres | None = None,
    *,
    executer_vraiment: bool = True,
) -> Emission:
    """Pay what is owed up to this month, Caf by Caf. Without `executer_vraiment`, only says what would be paid.

    Raises `EmissionRefusee` for a Caf whose month is not liquidated.
    """
    echeance, debut = premier_jour(mois), time.perf_counter()
    codes = list(organismes) if organismes is not None else caisses()
    emission = Emission(echeance)
    for rang, code in enumerate(codes, 1):
        try:
            _payer_caisse(code, echeance, emission, executer_vraiment)
        except exclusion.CaisseOccupee:
            emission.occupees.append(code)
        if progress is not None:
            progress(code, rang, len(codes))
    emission.secondes = time.perf_counter() - debut
    return emission  # fmt: skip


def _payer_caisse(organisme: str, echeance: datetime.date, emission: Emission, executer_vraiment: bool) -> None:
    motif = f"Paiement des droits {avec_de(echeance)}"
    with traitement(TRAITEMENT, acteur=SYSTEME, organisme=organisme, motif=motif):
        exclusion.seul(organisme)
        fichier = FichierVirement.objects.filter(mois=echeance, etat=FichierVirement.Etat.PREPARE).first()
        if fichier is None:
            fichier = _preparer(organisme, echeance, emission, executer_vraiment)
        elif executer_vraiment:
            _refaire(fichier)
    if fichier is None or not executer_vraiment:
        return
    with traitement(TRAITEMENT, acteur=SYSTEME, organisme=organisme, motif=motif):
        exclusion.seul(organisme)
        _publier(fichier)
    emission.virements += fichier.nombre
    emission.centimes += fichier.total_centimes
    emission.fichiers.append(fichier.nom)


_SOLDES = """
SELECT dossier_id, -sum(montant_centimes)::bigint
  FROM paiements_ligneecriture
 WHERE organisme_id = %(organisme)s AND compte = 'allocataires' AND mois <= %(echeance)s
 GROUP BY dossier_id HAVING sum(montant_centimes) < 0
 ORDER BY dossier_id"""


def soldes_a_payer(organisme: str, echeance: datetime.date) -> dict[int, int]:
    """Cents owed to each file of the Caf for rights up to this month."""
    return dict(interroger(_SOLDES, {"organisme": organisme, "echeance": echeance}))


def _preparer(
    organisme: str, echeance: datetime.date, emission: Emission, executer_vraiment: bool
) -> FichierVirement | None:
    """Orders, entry and fingerprint in this transaction; the bytes wait on the disk under a working name."""
    _exiger_liquidation(organisme, echeance)
    soldes = soldes_a_payer(organisme, echeance)
    suspendus = _suspendus(soldes)
    emission.suspendus |= {d: soldes.pop(d) for d in suspendus}
    comptes = _comptes_valides(soldes, date_de_paiement(echeance))
    emission.sans_coordonnees |= {d: solde for d, solde in soldes.items() if d not in comptes}
    payes = {d: soldes[d] for d in sorted(comptes)}
    if not executer_vraiment:
        emission.virements += len(payes)
        emission.centimes += sum(payes.values())
        return None
    if not payes:
        return None
    numero = (FichierVirement.objects.filter(mois=echeance).aggregate(n=Max("numero"))["n"] or 0) + 1
    fichier = FichierVirement(
        organisme_id=organisme, mois=echeance, numero=numero,
        msg_id=f"LIMPIDE-{organisme}-{echeance:%Y%m}-{numero:02d}",
        date_execution=date_de_paiement(echeance), nombre=len(payes), total_centimes=sum(payes.values()),
    )  # fmt: skip
    octets = _octets(fichier, payes, comptes)
    fichier.sha256 = empreinte(octets)
    fichier.save(force_insert=True)
    nature = "mensuel" if numero == 1 else f"complement-{numero}"
    OrdrePaiement.objects.bulk_create(
        OrdrePaiement(
            organisme_id=organisme, dossier_id=dossier, mois=echeance, nature=nature, montant_centimes=montant,
            coordonnees_id=comptes[dossier].pk, fichier=fichier,
        )
        for dossier, montant in payes.items()
    )  # fmt: skip
    _comptabiliser(fichier, list(payes))
    ecrire_atomiquement(_en_attente(fichier), octets)
    return fichier


def _exiger_liquidation(organisme: str, echeance: datetime.date) -> None:
    faite = Liquidation.objects.filter(
        mois=echeance, genre=Liquidation.Genre.MENSUELLE, etat=Liquidation.Etat.TERMINEE
    ).exists()
    if not faite:
        raise EmissionRefusee(
            f"Le mois {ecrire(echeance)} n'est pas liquidé pour la caisse {organisme} : "
            f"lancez d'abord « limpide liquider --mois {ecrire(echeance)} --caf {organisme} --executer »."
        )


def _suspendus(dossiers: Iterable[int]) -> list[int]:
    """Files whose allocataire's payment an agent suspended for want of a civil-status document (CSS R114-7, IV).

    What is due stays on their account, and leaves with the next file once the suspension is over.
    """
    allocataires = dict(Dossier.objects.filter(pk__in=list(dossiers)).values_list("allocataire_id", "pk"))
    return sorted(allocataires[personne] for personne in delais.paiement_suspendu(list(allocataires)))


def _comptes_valides(dossiers: Iterable[int], jour: datetime.date) -> dict[int, CoordonneesBancaires]:
    """The account each file is paid on that day, when there is one and its IBAN is valid."""
    allocataires = dict(Dossier.objects.filter(pk__in=list(dossiers)).values_list("allocataire_id", "pk"))
    comptes = {}
    for compte in CoordonneesBancaires.objects.filter(personne_id__in=list(allocataires), valide__contains=jour):
        try:
            lire_iban(compte.iban.en_clair())
        except IbanInvalide:
            continue  # the file stays in `sans_coordonnees`: listed, its money kept on its account
        comptes[allocataires[compte.personne_id]] = compte
    return comptes


def _octets(fichier: FichierVirement, payes: dict[int, int], comptes: dict[int, Any]) -> bytes:
    caisse = Organisme.objects.get(pk=fichier.organisme_id)
    if caisse.iban_emetteur is None:
        raise EmissionRefusee(f"La caisse {fichier.organisme_id} n'a pas de compte payeur.")
    emetteur = sepa.Emetteur(caisse.nom, caisse.iban_emetteur.en_clair(), caisse.bic_emetteur)
    libelle = f"{caisse.nom} prestations {fichier.mois:%m/%Y}"
    virements = [
        sepa.Virement(f"{fichier.msg_id}-{dossier:08d}", montant, comptes[dossier].titulaire,
                      comptes[dossier].iban.en_clair(), libelle)
        for dossier, montant in payes.items()
    ]  # fmt: skip
    return sepa.construire(
        fichier.msg_id, date_de_presentation(fichier.mois), fichier.date_execution, emetteur, virements
    )


_POSTER = """
INSERT INTO paiements_ligneecriture (ecriture_id, organisme_id, compte, dossier_id, droit, mois, montant_centimes)
SELECT %(ecriture)s, %(organisme)s, 'allocataires', dossier_id, droit, mois, -sum(montant_centimes)
  FROM paiements_ligneecriture
 WHERE organisme_id = %(organisme)s AND compte = 'allocataires' AND mois <= %(echeance)s
   AND dossier_id = ANY (%(dossiers)s)
 GROUP BY dossier_id, droit, mois HAVING sum(montant_centimes) <> 0
UNION ALL
SELECT %(ecriture)s, %(organisme)s, %(virements)s, NULL, NULL, NULL, -%(total)s::bigint"""


def _comptabiliser(fichier: FichierVirement, dossiers: list[int]) -> None:
    """The households' accounts are emptied into the transfers on their way, right by right, month by month."""
    ecriture = Ecriture.objects.create(
        organisme_id=fichier.organisme_id, cle=f"virement:{fichier.msg_id}", libelle=f"Virements {fichier.msg_id}",
        date_comptable=fichier.date_execution, fichier=fichier, creee_le=timezone.now(),
    )  # fmt: skip
    executer(
        _POSTER,
        {"ecriture": ecriture.pk, "organisme": fichier.organisme_id, "echeance": fichier.mois,
         "dossiers": Bigint(dossiers), "virements": VIREMENTS, "total": fichier.total_centimes},
    )  # fmt: skip


def _en_attente(fichier: FichierVirement) -> Any:
    return dossier_des_virements() / f"{fichier.nom}.en-attente"


def _refaire(fichier: FichierVirement) -> None:
    """A prepared file whose writing was cut: the bytes still waiting, or made again from its orders."""
    attente, definitif = _en_attente(fichier), dossier_des_virements() / fichier.nom
    for chemin in (attente, definitif):
        if chemin.exists() and empreinte(chemin.read_bytes()) == fichier.sha256:
            return
    ordres = OrdrePaiement.objects.filter(fichier=fichier)
    payes = {ordre.dossier_id: ordre.montant_centimes for ordre in ordres}
    par_compte = {ordre.coordonnees_id: ordre.dossier_id for ordre in ordres}
    comptes = {par_compte[c.pk]: c for c in CoordonneesBancaires.objects.filter(pk__in=list(par_compte))}
    octets = _octets(fichier, payes, comptes)
    if empreinte(octets) != fichier.sha256:
        raise EmissionRefusee(
            f"Le fichier {fichier.nom} ne peut pas être refait à l'identique : son empreinte a changé. "
            "Vérifiez que le dossier de données et les clés n'ont pas été remplacés."
        )
    ecrire_atomiquement(attente, octets)


def _publier(fichier: FichierVirement) -> None:
    """Give the file its name and note that it is written. Repeated after a cut, it finds its work done."""
    attente, definitif = _en_attente(fichier), dossier_des_virements() / fichier.nom
    if attente.exists() and empreinte(octets := attente.read_bytes()) == fichier.sha256:
        ecrire_atomiquement(definitif, octets)
    attente.unlink(missing_ok=True)
    if empreinte(definitif.read_bytes()) != fichier.sha256:
        raise EmissionRefusee(f"Le fichier {fichier.nom} écrit sur le disque n'est pas celui qui a été préparé.")
    fichier.etat, fichier.ecrit_le = FichierVirement.Etat.ECRIT, timezone.now()
    fichier.save(update_fields=["etat", "ecrit_le"])
