"""« Qui a consulté mon dossier »: by month, page by page, and as a file to keep. Reading the list is journalled."""

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format

from limpide.dossiers.models import Dossier
from limpide.socle.tableur import en_csv
from limpide.usagers import consultations as lecture
from limpide.usagers.views.compte import page_du_compte

PAR_PAGE = 25


class FiltreConsultations(forms.Form):
    """A month, and whether to show one's own visits."""

    mois = forms.ChoiceField(
        label="Mois",
        required=False,
        widget=forms.Select(attrs={"class": "fr-select"}),
        error_messages={"invalid_choice": "Choisissez un des mois de la liste : le journal en garde douze."},
    )
    moi = forms.BooleanField(label="Montrer aussi mes propres visites", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mois"].choices = [  # type: ignore[attr-defined]
            ("", "Les douze derniers mois"),
            *((f"{m:%Y-%m}", date_format(m, "F Y")) for m in lecture.mois_proposes()),
        ]
        if "mois" in self.errors:
            self.fields["mois"].widget.attrs |= {"aria-describedby": "erreur-mois", "aria-invalid": "true"}

    def trouvees(self, personne: int) -> list[lecture.Consultation]:
        """The accesses asked for; the form must be valid."""
        texte = self.cleaned_data["mois"]
        mois = dt.date.fromisoformat(f"{texte}-01") if texte else None
        return lecture.consultations(personne, mois, aussi_moi=self.cleaned_data["moi"])


@page_du_compte("Vous consultez la liste des accès à votre dossier")
def consultations(request: Any, dossier: Dossier) -> HttpResponse:
    """Who read my data, when, why, under which processing."""
    filtre = FiltreConsultations(request.GET)
    contexte: dict[str, Any] = {"filtre": filtre, "reserves": lecture.reserves()}
    if not filtre.is_valid():
        return render(request, "usagers/compte/consultations.html", contexte, status=422)
    page = Paginator(filtre.trouvees(dossier.allocataire_id), PAR_PAGE).get_page(request.GET.get("page"))
    parametres = request.GET.copy()
    parametres.pop("page", None)
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    contexte |= {"page": page, "pages": pages, "parametres": parametres.urlencode()}
    return render(request, "usagers/compte/consultations.html", contexte)


def _fichier(request: Any, dossier: Dossier, forme: str) -> HttpResponse:
    """The same list as a file: CSV for a spreadsheet, JSON for a program."""
    filtre = FiltreConsultations(request.GET)
    if not filtre.is_valid():
        return render(request, "usagers/compte/consultations.html", {"filtre": filtre}, status=422)
    lignes = filtre.trouvees(dossier.allocataire_id)
    reponse: HttpResponse
    if forme == "csv":
        contenu = en_csv(lecture.COLONNES, (ligne.cellules() for ligne in lignes))
        reponse = HttpResponse(contenu, content_type="text/csv; charset=utf-8")
    else:
        reponse = JsonResponse(_en_json(lignes), json_dumps_params={"ensure_ascii": False, "indent": 1})
    reponse["Content-Disposition"] = f'attachment; filename="acces-a-mon-dossier.{forme}"'
    return reponse


def _en_json(lignes: list[lecture.Consultation]) -> dict[str, Any]:
    return {
        "etabli_le": timezone.localtime().isoformat(timespec="seconds"),
        "acces": [
            {
                "quand": timezone.localtime(x.quand).isoformat(timespec="minutes"),
                "service": x.service,
                "action": x.action,
                "motif": x.motif,
                "traitement": x.finalite,
                "nombre": x.nombre,
            }
            for x in lignes
        ],
        "non_montres": [{"traitement": r.intitule, "raison": r.raison, "jours": r.jours} for r in lecture.reserves()],
    }


@page_du_compte("Vous téléchargez la liste des accès à votre dossier")
def export_csv(request: Any, dossier: Dossier) -> HttpResponse:
    return _fichier(request, dossier, "csv")


@page_du_compte("Vous téléchargez la liste des accès à votre dossier")
def export_json(request: Any, dossier: Dossier) -> HttpResponse:
    return _fichier(request, dossier, "json")
