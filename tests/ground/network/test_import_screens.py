"""The import on screen: upload, mapping, dry run, confirmation, undo; and who may."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from entremise.foundation.imports.enums import BatchState
from entremise.foundation.imports.models import ImportBatch
from entremise.ground.network.models import Membership, Site
from entremise.ground.network.operations import imports
from tests.cast import AT, record
from tests.ground.network.test_import_lists import MAPPING, ONE, TWO, csv_of

UPLOAD = reverse("site_imports")
ADDED_KINDS = {"Bus": "bus", "antenne": "branch"}


def file_of(content: bytes, name: str = "liste.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/csv")


@pytest.fixture
def head(sign_in):
    return sign_in("network_head")


def answers_of(response) -> dict:
    """Return what the mapping form shows, as the browser would send it back."""
    form = response.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def page_of(batch: ImportBatch) -> str:
    return reverse("site_import", args=[batch.pk])


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("network_head", 200),
        ("director_lyon", 403),
        ("mediator_lyon", 403),
        ("admin", 403),
        ("dpo", 403),
        ("stranger", 404),
    ],
)
def test_who_may_import_places(cast, sign_in, who, code):
    assert sign_in(who).get(UPLOAD).status_code == code


def test_visitor_is_asked_to_sign_in(cast, sign_in):
    assert sign_in("visitor").get(UPLOAD).status_code == 302


def test_list_goes_from_upload_to_the_network_and_back(cast, head):
    uploaded = head.post(UPLOAD, {"file": file_of(csv_of(ONE, TWO))})
    batch = ImportBatch.objects.get()
    guessed = answers_of(head.get(page_of(batch)))
    answers = guessed | {"source": "essai", "phone": "tel", "opened_on": "ouvert"}

    checked = head.post(page_of(batch), answers, follow=True)
    kept_before = Site.objects.filter(source="essai").count()
    confirmed = head.post(reverse("confirm_site_import", args=[batch.pk]), follow=True)
    kept = Site.objects.filter(source="essai").count()
    undone = head.post(reverse("undo_site_import", args=[batch.pk]), follow=True)

    assert uploaded.url == page_of(batch)
    assert (guessed["name"], guessed["commune"], guessed["identifier"]) == ("nom", "insee", "id")
    assert checked.context["report"]["created"] == 2
    assert (kept_before, kept, Site.objects.filter(source="essai").count()) == (0, 2, 0)
    assert [r.status_code for r in (checked, confirmed, undone)] == [200, 200, 200]
    batch.refresh_from_db()
    assert batch.state == BatchState.UNDONE


def test_kinds_of_the_file_are_matched_by_their_words(cast, head):
    head.post(UPLOAD, {"file": file_of(csv_of(ONE, TWO))})
    batch = ImportBatch.objects.get()

    form = head.get(page_of(batch)).context["form"]

    assert {form.kinds[f.name]: f.value() for f in form.kind_values()} == ADDED_KINDS


def test_known_header_proposes_the_shipped_profile(cast, head):
    header = (
        "id_fs,insee_dep,lib_fs,adresse,complement_adresse,insee_com,code_postal,lib_com,latitude,"
        "longitude,telephone,h_lundi,h_mardi,h_mercredi,h_jeudi,h_vendredi,h_samedi,prise_rdv,"
        "commentaire,type_fs,format_fs,groupe_fs,labellisation_fs"
    )
    head.post(UPLOAD, {"file": file_of(f"{header}\n1{',' * 22}\n".encode())})

    batch = ImportBatch.objects.get()

    assert batch.mapping["source"] == "france-services"
    assert answers_of(head.get(page_of(batch)))["hours_Mo"] == "h_lundi"


def test_mapping_file_of_ones_own_is_followed(cast, head):
    toml = 'source = "essai"\nid = ["id"]\n[columns]\nname = "nom"\ncommune = "insee"\n'

    head.post(
        UPLOAD, {"file": file_of(csv_of(ONE)), "mapping_file": file_of(toml.encode(), "m.toml")}
    )

    assert ImportBatch.objects.get().mapping["columns"] == {"name": "nom", "commune": "insee"}


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04 a workbook", "XLSX"),
        (b"\xd0\xcf\x11\xe0 an old one", "XLS"),
        (b"\x00\x01\x02,\x00\n\x00,\x00", "texte"),
        (b"id,nom\n" + b"1,Mairie\n" * 1_200_000, "10 Mo"),
        (b"   ", "vide"),
        (b"id,nom\n1,\x81\n", "encodage"),
    ],
)
def test_file_that_cannot_be_read_gets_its_sentence_beside_the_field(cast, head, content, word):
    response = head.post(UPLOAD, {"file": file_of(content), "structure": "lyon"})

    assert word in str(response.context["form"].errors["file"])
    assert response.context["form"]["structure"].value() == "lyon"
    assert ImportBatch.objects.count() == 0


def test_wrong_mapping_file_is_refused_with_its_line(cast, head):
    toml = file_of(b'source = "essai"\nid = []\n', "m.toml")

    response = head.post(UPLOAD, {"file": file_of(csv_of(ONE)), "mapping_file": toml})

    assert "m.toml" in str(response.context["form"].errors["mapping_file"])


def test_answers_are_kept_when_the_mapping_is_refused(cast, head):
    head.post(UPLOAD, {"file": file_of(csv_of(ONE))})
    batch = ImportBatch.objects.get()
    answers = answers_of(head.get(page_of(batch))) | {"source": "Pas Un Code", "address": "nom"}

    response = head.post(page_of(batch), answers)

    assert response.status_code == 200
    assert response.context["form"]["address"].value() == "nom"
    assert set(response.context["form"].errors) == {"source"}


def _kept(cast, *rows: str) -> ImportBatch:
    return imports.keep_list(
        file_name="liste.csv",
        content=csv_of(*rows),
        mapping=MAPPING,
        by=cast["network_head"],
        at=AT,
    )


def test_confirming_after_the_network_changed_shows_the_new_dry_run_and_writes_nothing(cast, head):
    batch = _kept(cast, ONE, TWO)
    signed = {"by": cast["network_head"], "at": AT}
    imports.check_list(batch.pk, mapping=MAPPING, **signed)
    imports.import_list(_kept(cast, TWO).pk, **signed)

    response = head.post(reverse("confirm_site_import", args=[batch.pk]), follow=True)

    assert response.context["report"]["created"] == 1
    assert response.context["batch"].state == BatchState.CHECKED
    assert Site.objects.filter(source="essai").count() == 1


def test_undo_of_a_list_with_an_act_is_refused_with_a_sentence(cast, head):
    batch = imports.keep_list(
        file_name="liste.csv", content=csv_of(ONE), mapping=MAPPING, structure="lyon",
        by=cast["network_head"], at=AT,
    )  # fmt: skip
    imports.import_list(batch.pk, by=cast["network_head"], at=AT)
    Membership.objects.filter(pk=cast.memberships["mediator_lyon"].pk).update(site=None)
    record(cast, site=Site.objects.get(source="essai").pk)

    response = head.post(reverse("undo_site_import", args=[batch.pk]))

    assert response.status_code == 409
    assert Site.objects.filter(source="essai").count() == 1


def test_rows_of_a_report_are_filtered_by_their_fate(cast, head):
    batch = _kept(cast, ONE, TWO, ONE)
    imports.check_list(batch.pk, mapping=MAPPING, by=cast["network_head"], at=AT)

    everything = head.get(page_of(batch)).context["page_obj"].object_list
    refused = head.get(page_of(batch), {"lignes": "refused"}).context["page_obj"].object_list
    said = head.get(page_of(batch), {"lignes": "warnings"}).context["page_obj"].object_list

    assert [row.row for row in everything] == [2, 3, 4]
    assert [row.row for row in refused] == [4]
    assert [row.row for row in said] == [3]


def test_list_of_imports_costs_the_same_for_one_as_for_three(cast, head):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            head.get(UPLOAD)
        return len(captured)

    _kept(cast, ONE)
    queries()
    one = queries()
    for rank in (1, 2):
        batch = _kept(cast, ONE)
        ImportBatch.objects.filter(pk=batch.pk).update(uploaded_at=AT + timedelta(rank))

    assert queries() == one
