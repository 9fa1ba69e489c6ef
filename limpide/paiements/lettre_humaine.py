"""The letter of a human decision: who took it, in what capacity, for which service, why, and what to do next.

Not a calculated decision: it has no rules, no mention of an algorithm, and can't be built with them (CRPA L212-1: it
names and states the capacity of its author).
"""

import datetime as dt
from dataclasses import dataclass

from limpide.dossiers.lettres import Lettre, destinataire
from limpide.dossiers.models import Dossier
from limpide.dossiers.templatetags.affichage import jour_fr
from limpide.dossiers.voies_de_recours import recours_de
from limpide.socle.pdf import DocumentPDF

from .models import DecisionHumaine

PAR_QUI = "Cette décision a été prise par une personne, après examen de votre recours. Aucun calcul ne l'a prise."


@dataclass(frozen=True, kw_only=True)
class LettreHumaine(Lettre):
    """The letter of a human decision on an appeal. `LettreIncomplete` if its author or its reasons are missing."""

    droit: str
    depose_le: dt.date
    decide_le: dt.date
    issue: str
    service: str
    signataire: str
    qualite: str
    motifs: str

    def _exiges(self) -> dict[str, str]:
        return super()._exiges() | {
            "l'issue": self.issue,
            "le service": self.service,
            "le signataire": self.signataire,
            "sa qualité": self.qualite,
            "les motifs": self.motifs,
        }

    @property
    def titre(self) -> str:
        return f"Réponse à votre recours du {jour_fr(self.depose_le)}"

    @property
    def objet(self) -> str:
        return f"Votre recours du {jour_fr(self.depose_le)} conteste une décision sur : {self.droit}."


def emettre(decision: DecisionHumaine, dossier: Dossier) -> LettreHumaine:
    """The letter of this decision; it needs the appeal and the file to be readable."""
    recours = decision.recours
    voies = recours_de(recours.droit)
    return LettreHumaine(
        caisse=dossier.organisme.nom,
        dossier=dossier.numero,
        destinataire=destinataire(dossier.allocataire),
        reference=f"{dossier.organisme_id}-R{recours.pk}",
        le=decision.enregistree_le,
        recours=voies["apres"].strip(),
        droit=voies["libelle"],
        depose_le=recours.depose_le,
        decide_le=recours.decide_le,
        issue=recours.get_issue_display(),
        service=decision.service,
        signataire=decision.signataire,
        qualite=decision.qualite,
        motifs=decision.motifs,
    )


def en_pdf(lettre: LettreHumaine) -> bytes:
    """The letter as a document to keep: always the same bytes."""
    document = DocumentPDF(lettre.titre, emetteur=lettre.caisse, le=lettre.le)
    document.paragraphe(f"{lettre.destinataire}, dossier n° {lettre.dossier}. Référence : {lettre.reference}.")
    document.paragraphe(lettre.objet)
    document.titre("Ce qui a été décidé")
    document.paragraphe(f"{lettre.issue} (décision du {jour_fr(lettre.decide_le)}).")
    document.titre("Pourquoi")
    document.paragraphe(lettre.motifs)
    document.titre("Qui a décidé")
    document.paragraphe(PAR_QUI)
    document.paragraphe(f"{lettre.signataire}, {lettre.qualite} – {lettre.service}")
    document.titre("Si vous n'êtes pas d'accord")
    document.paragraphe(lettre.recours)
    return document.octets()
