"""Contacts on the agents' side: one file's, with the form of three fields; the notes that wait; how many, of nobody."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from limpide.dossiers import presentation
from limpide.dossiers.models import Dossier
from limpide.dossiers.views.acces import page_agent, page_dossier
from limpide.identite.erreurs import ErreurSaisie
from limpide.relation import chiffres, contacts, panneau, termes
from limpide.relation.formulaires_contacts import FormulaireContact
from limpide.relation.models import Contact, Relecture

MONTRES, A_RELIRE = 50, 50
NOTE = "Le contact est noté."
EN_RELECTURE = "Le contact est noté. Sa note attend un encadrant : personne d'autre que vous ne la lit d'ici là."


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@page_dossier(contacts.CONTACTS_AGENTS, toujours="Contact avec la personne")
def du_dossier(request: Any, dossier: Dossier) -> HttpResponse:
    """GET: the contacts of this file. POST: one more; a flagged note comes back, to write again or to have reviewed."""
    formulaire = FormulaireContact(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulaire.is_valid() and (fait := _noter(request, dossier, formulaire)):
        messages.success(request, EN_RELECTURE if fait.relecture == Relecture.ATTEND else NOTE)
        return redirect("relation:contacts", dossier.pk)
    contexte = {
        "dossier": dossier, "nom": presentation.nom_complet(dossier.allocataire), "onglet": "contacts",
        "formulaire": formulaire, "contacts": panneau.derniers(dossier.pk, _moi(request), MONTRES),
    }  # fmt: skip
    return render(request, "relation/contacts.html", contexte, status=422 if formulaire.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page_agent(contacts.RELIRE, "Relecture d'une note de contact")
def relire(request: Any) -> HttpResponse:
    """The notes that wait, for a named supervisor; one is accepted or erased by a POST."""
    encadre = contacts.encadre(request.user.pk)
    if request.method == "POST":
        if not encadre:
            raise Http404("Vous ne relisez pas les notes de contact.")
        _relire(request)
        return redirect("relation:notes_a_relire")
    attendent = contacts.a_relire() if encadre else Contact.objects.none()
    contexte = {
        "encadre": encadre, "moi": _moi(request), "nombre": attendent.count(), "montrees": A_RELIRE,
        "notes": [(c, c.note.en_clair(), termes.reperes(c.note.en_clair())) for c in _lisibles(attendent)],
    }  # fmt: skip
    return render(request, "relation/notes_a_relire.html", contexte)


@require_safe
@page_agent(chiffres.CHIFFRES, "Contacts de la Caf, en chiffres")
def en_chiffres(request: Any) -> HttpResponse:
    """Sums by month, of nobody."""
    graphique, tableaux = chiffres.lire(timezone.localdate())
    contexte = {"graphique": graphique, "tableaux": tableaux, "seuil": chiffres.SEUIL, "pas": chiffres.PAS}
    return render(request, "relation/contacts_en_chiffres.html", contexte)


def _lisibles(attendent: Any) -> Any:
    return attendent.select_related("dossier")[:A_RELIRE]


def _relire(request: Any) -> None:
    try:
        cle = uuid.UUID(request.POST.get("contact", ""))
    except ValueError:
        raise Http404("Cette note n'existe pas.") from None
    contact, acte = Contact.objects.filter(pk=cle).first(), request.POST.get("acte")
    if contact is None or acte not in ("accepter", "refuser"):
        raise Http404("Cette note n'existe pas dans votre Caf.")
    try:
        contacts.relire(contact, _moi(request), timezone.now(), accepter=acte == "accepter")
    except ErreurSaisie as refus:
        messages.error(request, " ".join(refus.champs.values()))
    else:
        messages.success(request, "La note est gardée." if acte == "accepter" else "La note est effacée.")


def _noter(request: Any, dossier: Dossier, formulaire: FormulaireContact) -> Contact | None:
    """None when it is refused: what was typed stays on the form."""
    lu = formulaire.cleaned_data
    saisie = contacts.Saisie(
        lu["cle"], lu["canal"], lu["motif"], lu["note"], _moi(request), timezone.now(),
        a_relire=request.POST.get("acte") == "faire_relire",
    )  # fmt: skip
    try:
        return contacts.noter(dossier, saisie)
    except ErreurSaisie as refus:
        for champ, message in refus.champs.items():
            formulaire.add_error(champ or None, message)
        formulaire.a_relire = bool(termes.reperes(saisie.note))
        return None


def _moi(request: Any) -> str:
    return f"compte {request.user.pk}"
