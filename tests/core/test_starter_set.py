"""What the starter set says in the language of the site."""

from wagtail.models import Task, Workflow

from cms.core.starter_set import name_approval


def test_approval_of_a_fresh_site_has_a_danish_name(db: None) -> None:
    assert Workflow.objects.get().name == Task.objects.get().name == "Moderators approval"

    name_approval()

    assert Workflow.objects.get().name == Task.objects.get().name == "Godkendelse"


def test_approval_that_an_editor_has_named_stays(db: None) -> None:
    Workflow.objects.update(name="Juristernes godkendelse")

    name_approval()

    assert Workflow.objects.get().name == "Juristernes godkendelse"
