from io import StringIO

import pytest
from builders.parties import a_person, an_organisation
from django.core.management import CommandError, call_command

from originmark.origin.parties.models import Membership, Organisation, Person

pytestmark = pytest.mark.django_db


def test_the_first_officer_comes_with_the_office_and_a_password() -> None:
    said = StringIO()

    call_command("create_officer", "Li@example.org", organisation="Yangqu brand", stdout=said)

    membership = Membership.objects.get()
    assert membership.role == "manager"
    assert membership.organisation.name == "Yangqu brand"
    assert membership.organisation.runs_programme
    password = said.getvalue().split("Password: ")[1].split("\n")[0]
    assert Person.objects.get(email="li@example.org").check_password(password)


def test_a_second_officer_joins_the_same_office() -> None:
    for email in ("li@example.org", "wang@example.org"):
        call_command("create_officer", email, organisation="Yangqu brand", stdout=StringIO())

    assert Organisation.objects.count() == 1
    assert Membership.objects.count() == 2


def test_somebody_who_is_here_keeps_the_password() -> None:
    li = a_person("li@example.org", password="the-old-password")
    said = StringIO()

    call_command("create_officer", "li@example.org", stdout=said)

    li.refresh_from_db()
    assert li.check_password("the-old-password")
    assert "Password" not in said.getvalue()


def test_an_office_that_runs_nothing_is_refused() -> None:
    an_organisation("mill", name="Mill")

    with pytest.raises(CommandError, match="does not run the programme"):
        call_command("create_officer", "li@example.org", organisation="mill", stdout=StringIO())

    assert not Person.objects.exists()


def test_who_is_officer_already_is_told_so() -> None:
    call_command("create_officer", "li@example.org", stdout=StringIO())

    with pytest.raises(CommandError, match="belongs to Programme office already"):
        call_command("create_officer", "li@example.org", stdout=StringIO())
