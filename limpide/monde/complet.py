"""Solange, the person with everything: rights, a debt told by a person, an appeal, a guardian, a spouse who left.

Her household lives Amina's life; then agents act on it through the real verbs, as they would. All of it is resumable.
"""

import datetime as dt

from limpide.dossiers.models import Decision, Dossier
from limpide.dossiers.previsualisation import Correction, appliquer, previsualiser
from limpide.dossiers.services import Origine
from limpide.identite import protection
from limpide.identite.mesures import POUVOIRS
from limpide.identite.models import Compte, Personne
from limpide.monde import chargement, numeros, temoin
from limpide.monde.foyers import FaitSynthetique, FoyerSynthetique, Membre, mois_decale
from limpide.paiements import recours
from limpide.paiements.models import Creance
from limpide.paiements.services import confirmer
from limpide.registre.contexte import SYSTEME, Acteur, traitement

RANG = 6_000_000
ORGANISME = "751"
MOTIF = "Création du monde fictif de démonstration"
NOM_DU_PARTI = "Vassermoy"
MOIS_DEPUIS_LA_SEPARATION = 30
SALAIRE_CORRIGE = 320_000
"""Cents: what the employer says she earned, far above what she had declared."""
CAUSE = "Votre employeur a déclaré un autre salaire que le vôtre."
PROTECTEUR = "Odile Sauvernet"


def foyer(mois: dt.date) -> FoyerSynthetique:
    """Her household, as known at the first day of `mois`; its file remembers a spouse who left long ago."""
    sien = temoin.foyer(mois, RANG, "Courtandin", ("Solange", "Maïa", "Élie"))
    naissance, parti_le = dt.date(mois.year - 36, 3, 2), mois_decale(mois, -MOIS_DEPUIS_LA_SEPARATION)
    salaire = FaitSynthetique("salaire_net", 1_430.0, mois_decale(parti_le, -3), parti_le)
    nir = numeros.nir(naissance, RANG * 8 + len(sien.membres))
    parti = Membre("conjoint", NOM_DU_PARTI, "Rémi", naissance, nir, nee_a_l_etranger=False)
    parti.parti_le, parti.faits = parti_le, [salaire]
    sien.membres.append(parti)
    return sien


def charger(mois: dt.date) -> int:
    """Add her household once, before the months are liquidated."""
    return chargement.charger_lot(ORGANISME, [foyer(mois)])


def dossier() -> Dossier | None:
    """Her file, when the world holds it."""
    with traitement(chargement.TRAITEMENT, acteur=SYSTEME, motif=MOTIF, organisme=ORGANISME):
        numero = chargement.numero_allocataire(RANG)
        sien: Dossier | None = Dossier.objects.filter(organisme_id=ORGANISME, numero=numero).first()
        return sien


def vivre(mois: dt.date, aujourd_hui: dt.date) -> None:
    """What happens to her once the months are paid: a debt, an appeal, a guardian."""
    sien = dossier()
    if sien is None:
        return
    elle = agente()
    _devoir(sien, mois_decale(mois, -2), elle)
    _contester(sien, aujourd_hui, elle)
    _proteger(sien, aujourd_hui, elle)


def agente() -> Acteur:
    """The agent of Paris who acts on her file."""
    with traitement(chargement.TRAITEMENT, acteur=SYSTEME, motif=MOTIF):
        numero = Compte.objects.filter(identifiant="agent.paris").values_list("pk", flat=True)[0]
    return Acteur("agent", int(numero), "Caf 751")


def _devoir(sien: Dossier, mois: dt.date, agente: Acteur) -> None:
    """A wage corrected after it was paid: what was not due is proposed, then told by a person."""
    with traitement("traitement_indus", acteur=agente, organisme=ORGANISME, motif=MOTIF):
        if Creance.objects.filter(dossier_id=sien.pk).exists():
            return
    with traitement("correction_dossier", acteur=agente, organisme=ORGANISME, motif=MOTIF):
        fiche = Dossier.objects.get(pk=sien.pk)
        corrections = [
            Correction("salaire_net", SALAIRE_CORRIGE, mois, mois_decale(mois, 1), fiche.allocataire_id)
        ]  # fmt: skip
        prevue = previsualiser(fiche, corrections)
        appliquer(fiche, corrections, Origine("agent", f"compte {agente.identifiant}"), prevue.empreinte, CAUSE)
    with traitement("traitement_indus", acteur=agente, organisme=ORGANISME, motif=MOTIF):
        proposees = list(Creance.objects.filter(dossier_id=sien.pk, etat=Creance.Etat.PROPOSEE).order_by("pk"))
        for creance in proposees:
            confirmer(creance, "La personne n'a pas répondu.")


def _contester(sien: Dossier, aujourd_hui: dt.date, agente: Acteur) -> None:
    """She appeals against the decision that found the debt."""
    with traitement("suivi_recours", acteur=agente, organisme=ORGANISME, motif=MOTIF):
        if recours.du_dossier(sien.pk).exists():
            return
        decision = Decision.objects.filter(dossier_id=sien.pk).order_by("-pk").first()
        if decision is None:
            return  # the correction changed nothing: nothing to contest
        droit = decision.effets[0]["droit"]
        objet = recours.Objet(droit, decision=decision.pk)
        recours.deposer(Dossier.objects.get(pk=sien.pk), recours.voies_ouvertes(droit)[0], objet, aujourd_hui)


def _proteger(sien: Dossier, aujourd_hui: dt.date, agente: Acteur) -> None:
    """A judge gave her a guardian two years ago."""
    debut = mois_decale(aujourd_hui, -24)
    with traitement("mesures_protection", acteur=agente, organisme=ORGANISME, motif=MOTIF):
        if protection.mesures_de(sien.allocataire_id):
            return
        jugement = protection.Jugement(
            "tutelle", "personne", PROTECTEUR, debut, "Tribunal judiciaire de Paris", debut,
            mois_decale(debut, 60), frozenset(POUVOIRS), "2 rue du Puits, 75999 Paris",
        )  # fmt: skip
        protection.enregistrer(Personne.objects.get(pk=sien.allocataire_id), jugement, aujourd_hui)
