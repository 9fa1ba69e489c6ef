"""Certificates: composed from what was paid or is in force, sealed, checked by a code that says nothing of anybody.

The quotient familial is composed in `quotient`: the paper says the figure and the parts, never the income behind them.
"""

import datetime as dt
import hashlib
import json
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

import segno
from django.utils import timezone

from limpide.dossiers import explications
from limpide.dossiers.models import Dossier
from limpide.dossiers.mois import decaler, ecrire, premier_jour
from limpide.dossiers.templatetags.affichage import en_euros, jour_fr, mois_en_lettres
from limpide.identite import chiffrement
from limpide.identite.confidentiel import TexteScelle
from limpide.identite.erreurs import ErreurSaisie, refus_en_francais
from limpide.registre.conservation.durees import Duree
from limpide.socle.pdf import DocumentPDF
from limpide.usagers import dossier as lecture
from limpide.usagers.models import Attestation, GenreAttestation
from limpide.usagers.quotient import contenu_du_quotient, detail_du_quotient

VALIDITE = Duree(mois=3, proposee=True)
"""How long a code answers: ours, no text gives it."""
MOIS_PROPOSES, MOIS_AU_PLUS = 24, 12
PAR_JOUR = 20
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""32 signs that are not mistaken for one another (neither I, L, O nor U)."""
SIGNES = 16
"""80 bits: nobody guesses one, however many certificates exist."""
USAGE = "attestation"
SANS_LES_UNIQUES = "Total du mois, sans ce qui n'est pas versé chaque mois"
"""Whoever reads a certificate takes its total for what comes every month."""
SANS_QUOTIENT = "Cette attestation ne donne pas le quotient familial : une attestation à part le dit."


@dataclass(frozen=True)
class Demandee:
    """What is asked: a kind, and for payments the first and last months."""

    genre: str
    debut: dt.date
    fin: dt.date


@dataclass(frozen=True)
class Page:
    """One certificate as its holder reads it."""

    attestation: Attestation
    contenu: dict[str, Any]
    code: str

    @property
    def etat(self) -> str:
        """« valable », « expiree » or « annulee »."""
        if self.attestation.retiree_le is not None:
            return "annulee"
        return "valable" if self.attestation.expire_le > timezone.now() else "expiree"

    @property
    def adresse(self) -> str:
        """Where the code is checked. After « # »: a browser never sends that part, no log keeps it."""
        return f"{self.contenu['adresse']}#{self.code}"


def nouveau_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(SIGNES))


def lire_code(saisie: str) -> str:
    """What was typed, as the code was drawn; empty if it cannot be one."""
    lu = "".join(saisie.upper().translate(str.maketrans("OIL", "011")).replace("-", " ").split())
    return lu if len(lu) == SIGNES and set(lu) <= set(ALPHABET) else ""


def ecrire_code(code: str) -> str:
    """In groups of four."""
    return "-".join(code[i : i + 4] for i in range(0, SIGNES, 4))


def mois_proposes(jour: dt.date) -> list[dt.date]:
    """Months whose payments may be certified, newest first."""
    return [decaler(premier_jour(jour), -n) for n in range(MOIS_PROPOSES)]


def emettre(dossier: Dossier, voulue: Demandee, *, adresse: str, auteur: str) -> Attestation:
    """Within `mes_attestations`. `adresse`: the page that checks. Raises ErreurSaisie if nothing is certified."""
    maintenant = timezone.now()
    recentes = Attestation.objects.filter(dossier_id=dossier.pk, emise_le__gt=maintenant - dt.timedelta(days=1))
    if recentes.count() >= PAR_JOUR:
        raise ErreurSaisie({"genre": f"{PAR_JOUR} attestations ont déjà été faites depuis hier : revenez demain."})
    expire = VALIDITE.apres(timezone.localdate(maintenant))
    qui = dossier.allocataire
    commun = {
        "genre": voulue.genre,
        "caisse": dossier.organisme.nom,
        **_dit(dossier, voulue),
        "emise_le": maintenant.isoformat(),
        "expire_le": expire.isoformat(),
    }
    nom = qui.nom_usage or qui.nom_naissance
    contenu = json.dumps(
        {
            **commun, "titulaire": f"{qui.prenoms} {nom}", "naissance": qui.date_naissance.isoformat(),
            "numero": dossier.numero, "adresse": adresse, "detail": _detail(dossier, voulue),
        },
        ensure_ascii=False, sort_keys=True,
    )  # fmt: skip
    code = nouveau_code()
    attestation = Attestation(
        pk=uuid.uuid4(), dossier_id=dossier.pk, organisme_id=dossier.organisme_id, personne_id=qui.pk,
        genre=voulue.genre, empreinte_code=chiffrement.empreinte(code, USAGE),
        empreinte=hashlib.sha256(contenu.encode()).hexdigest(), emise_le=maintenant,
        expire_le=timezone.make_aware(dt.datetime.combine(expire, dt.time.min)), auteur=auteur,
    )  # fmt: skip
    attestation.code, attestation.contenu = TexteScelle(code), TexteScelle(contenu)
    montre = {**commun, "initiales": f"{qui.prenoms[0]}. {nom[0]}."}
    attestation.montre = TexteScelle(json.dumps(montre, ensure_ascii=False, sort_keys=True))
    with refus_en_francais():
        attestation.save(force_insert=True)
    return attestation


def _dit(dossier: Dossier, voulue: Demandee) -> dict[str, Any]:
    """What is certified, by kind."""
    if voulue.genre == GenreAttestation.PAIEMENTS:
        return _paiements(dossier, voulue)
    return contenu_du_quotient(dossier) if voulue.genre == GenreAttestation.QUOTIENT else _droits(dossier)


def _detail(dossier: Dossier, voulue: Demandee) -> list[str]:
    """How the figure was found, read by its holder and never printed nor shown to who checks."""
    return detail_du_quotient(dossier) if voulue.genre == GenreAttestation.QUOTIENT else []


def _paiements(dossier: Dossier, voulue: Demandee) -> dict[str, Any]:
    if voulue.debut > voulue.fin:
        raise ErreurSaisie({"fin": "Le dernier mois vient avant le premier : choisissez un mois égal ou plus récent."})
    if decaler(voulue.debut, MOIS_AU_PLUS) <= voulue.fin:
        raise ErreurSaisie({"fin": f"{MOIS_AU_PLUS} mois au plus par attestation : rapprochez les deux mois."})
    apres = decaler(voulue.fin, 1)
    payes = [p for p in reversed(lecture.paiements(dossier.pk)) if voulue.debut <= p.date < apres]
    lignes = [
        [jour_fr(p.date), f"Droits de {mois_en_lettres(p.echeance)}{' (complément)' if p.complement else ''}",
         en_euros(p.centimes)]
        for p in payes
    ]  # fmt: skip
    return {
        "debut": ecrire(voulue.debut), "fin": ecrire(voulue.fin), "lignes": lignes,
        "total": en_euros(sum(p.centimes for p in payes)),
    }  # fmt: skip


def _droits(dossier: Dossier) -> dict[str, Any]:
    vigueur = explications.en_vigueur(explications.toutes_les_lignes(dossier.pk))
    mois = max(vigueur, default=None)
    ouverts = [x for x in vigueur[mois] if x.ouvert and x.net > 0] if mois and dossier.clos_le is None else []
    if mois is None or not ouverts:
        raise ErreurSaisie(
            {"genre": "Aucun droit n'est ouvert en ce moment : demandez plutôt une attestation de paiements."}
        )
    une_fois = any(x.une_fois for x in ouverts)
    return {
        "debut": ecrire(mois), "fin": ecrire(mois),
        "lignes": [[mois_en_lettres(mois), _droit_atteste(x), en_euros(x.net)] for x in ouverts],
        "total": en_euros(sum(x.net for x in ouverts if not x.une_fois)),
        **({"total_nom": SANS_LES_UNIQUES} if une_fois else {}),
    }  # fmt: skip


def _droit_atteste(ligne: explications.LigneVue) -> str:
    return f"{ligne.libelle} (montant versé {ligne.une_fois})" if ligne.une_fois else ligne.libelle


def page_de(attestation: Attestation) -> Page:
    """Within `mes_attestations`. The content is checked against its print before anything is shown."""
    texte = attestation.contenu.en_clair()
    if hashlib.sha256(texte.encode()).hexdigest() != attestation.empreinte:
        raise chiffrement.Indechiffrable("Le contenu de cette attestation n'est plus celui qui a été scellé.")
    return Page(attestation, json.loads(texte), ecrire_code(attestation.code.en_clair()))


def retirer(attestation: Attestation) -> bool:
    """Its code answers no more; False if it was withdrawn already."""
    siennes = Attestation.objects.filter(pk=attestation.pk, retiree_le=None)
    return bool(siennes.update(retiree_le=timezone.now()))


def verifier(code: str) -> dict[str, Any] | None:
    """Within `verification_attestations`. What a checker may read; None alike for unknown, expired and withdrawn."""
    trouvee = Attestation.objects.filter(
        empreinte_code=chiffrement.empreinte(code, USAGE), retiree_le=None, expire_le__gt=timezone.now()
    ).first()
    if trouvee is None:
        return None
    montre: dict[str, Any] = json.loads(trouvee.montre.en_clair())
    return {**montre, "empreinte": trouvee.empreinte, "emise_le": trouvee.emise_le, "expire_le": trouvee.expire_le,
            "titre": titre(montre)}  # fmt: skip


def titre(contenu: dict[str, Any]) -> str:
    """The document's name, with its months."""
    if contenu["genre"] == GenreAttestation.DROITS:
        return f"Attestation de droits en cours, {mois_en_lettres(contenu['debut'])}"
    if contenu["genre"] == GenreAttestation.QUOTIENT:
        return f"Attestation de quotient familial, {mois_en_lettres(contenu['debut'])}"
    if contenu["debut"] == contenu["fin"]:
        return f"Attestation de paiements, {mois_en_lettres(contenu['debut'])}"
    return f"Attestation de paiements, de {mois_en_lettres(contenu['debut'])} à {mois_en_lettres(contenu['fin'])}"


def entete(contenu: dict[str, Any]) -> tuple[str, str, str]:
    """Titles of the columns."""
    if contenu["genre"] == GenreAttestation.DROITS:
        return ("Mois", "Droit", "Montant net")
    if contenu["genre"] == GenreAttestation.QUOTIENT:
        return ("Mois", "Élément", "Valeur")
    return ("Payé le", "Pour", "Montant")


def phrase(contenu: dict[str, Any]) -> str:
    """What the Caf certifies, in one sentence."""
    naissance = jour_fr(dt.date.fromisoformat(contenu["naissance"]))
    qui = f"{contenu['titulaire']}, né(e) le {naissance}, allocataire n° {contenu['numero']}"
    if contenu["genre"] == GenreAttestation.DROITS:
        return f"{contenu['caisse']} atteste que les droits ci-dessous sont ouverts à {qui}."
    if contenu["genre"] == GenreAttestation.QUOTIENT:
        return f"{contenu['caisse']} atteste le quotient familial du foyer de {qui}."
    if not contenu["lignes"]:
        return f"{contenu['caisse']} atteste n'avoir fait aucun virement à {qui} pendant cette période."
    return f"{contenu['caisse']} atteste avoir fait les virements ci-dessous à {qui}."


def en_pdf(page: Page) -> bytes:
    """The paper: always the same file for the same certificate."""
    contenu, attestation = page.contenu, page.attestation
    document = DocumentPDF(titre(contenu), emetteur=contenu["caisse"], le=attestation.emise_le)
    document.paragraphe(phrase(contenu))
    if contenu["lignes"]:
        document.tableau(entete(contenu), contenu["lignes"], (3, 6, 3))
    document.paragraphe(f"{contenu.get('total_nom', 'Total')} : {contenu['total']}", gras=True)
    document.paragraphe(f"Fait le {jour_fr(timezone.localdate(attestation.emise_le))}.")
    if contenu["genre"] != GenreAttestation.QUOTIENT:
        document.paragraphe(SANS_QUOTIENT)
    document.titre("Vérifier cette attestation")
    document.paragraphe(
        f"Toute personne qui la reçoit peut vérifier qu'elle vient de la Caf, jusqu'au "
        f"{jour_fr(timezone.localdate(attestation.expire_le) - dt.timedelta(days=1))}, "
        f"à l'adresse {contenu['adresse']} avec ce code :"
    )
    document.paragraphe(page.code, gras=True)
    document.dessin([list(rangee) for rangee in segno.make(page.adresse, error="m").matrix_iter(border=2)])
    document.paragraphe(f"Empreinte SHA-256 du contenu : {attestation.empreinte}")
    return document.octets()
