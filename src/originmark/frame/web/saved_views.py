"""Views of a list that a person keeps under a name."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from originmark.frame.web.models import SavedView

NOT_KEPT = ("page", "format")


class KeepForm(forms.Form):
    """A name for a list as it is shown now."""

    path = forms.CharField(max_length=200, widget=forms.HiddenInput)
    query = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Keep this view as"), max_length=60, help_text=_("As in: Lots to pack.")
    )

    def clean_path(self) -> str:
        """Return the path, which has to be a page of ours."""
        path = str(self.cleaned_data["path"])
        try:
            resolve(path)
        except Resolver404:
            raise forms.ValidationError(_("There is no such page.")) from None
        return path

    def clean_query(self) -> str:
        """Return the query without what belongs to a moment."""
        query = QueryDict(self.cleaned_data["query"], mutable=True)
        for name in NOT_KEPT:
            query.pop(name, None)
        return query.urlencode()


@require_GET
@login_required
@vary_on_headers("HX-Request")
def saved_views(request: HttpRequest) -> HttpResponse:
    """Show the views that the person keeps of one list, and a form to keep the present one."""
    path, query = request.GET.get("path", ""), request.GET.get("query", "")
    form = KeepForm(initial={"path": path, "query": query}, auto_id="keep_%s")
    return _show(request, form, path)


@require_POST
@login_required
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep a view; one of the same name is replaced."""
    form = KeepForm(request.POST, auto_id="keep_%s")
    if not form.is_valid():
        return _show(request, form, request.POST.get("path", ""), status=422)
    kept = form.cleaned_data
    SavedView.objects.update_or_create(
        person_id=_owner(request),
        path=kept["path"],
        name=kept["name"],
        defaults={"query": kept["query"]},
    )
    return HttpResponseRedirect(_address(kept["path"], kept["query"]))


@require_POST
@login_required
def drop_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forget a view of one's own."""
    own = SavedView.objects.filter(person_id=_owner(request))
    view = get_object_or_404(own, pk=view_id)
    view.delete()
    return HttpResponseRedirect(view.path)


def _show(request: HttpRequest, form: KeepForm, path: str, *, status: int = 200) -> HttpResponse:
    own = SavedView.objects.filter(person_id=_owner(request), path=path)
    views = [{"view": view, "url": _address(view.path, view.query)} for view in own]
    context: dict[str, Any] = {"form": form, "views": views}
    is_part = "HX-Request" in request.headers
    template = "web/_saved_views.html" if is_part else "web/saved_views.html"
    return render(request, template, context, status=status)


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _owner(request: HttpRequest) -> int:
    """Return who is signed in; 0, which is nobody, cannot happen behind the sign-in."""
    return request.user.pk or 0
