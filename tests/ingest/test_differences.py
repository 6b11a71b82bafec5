"""What two versions of a statement say differently: told, and nothing told where they say the same."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from statements.actions import save_body
from statements.ingest.confirming import DocumentChoice, confirm
from statements.ingest.decisions import Decision, keep, proposals
from statements.ingest.differences import compare
from statements.ingest.draft import paste
from statements.ingest.knowledge import Knowledge
from statements.ingest.versions import of_draft, of_statement
from statements.models import Divergence, Layer, Statement, Version
from statements.text.edtf import EDTF
from statements.text.parallel import parallel
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
WHO, BODY, PLACE, NUMBER, DATE, FORCE, TEXT, LEFT_OUT = Divergence.Kind

SAME = [
    ("بحث الوزيران تدريب مئتين وخمسين ضابطا عراقيا.", "The two ministers discussed training 250 Iraqi officers."),
    ("يُعقد الاجتماع المقبل في تشرين الأول 2024 في بغداد.", "The next meeting will be held in Baghdad in October 2024."),
    ("ناقش الوفدان تبادل المعلومات واتفقا على عقد اجتماعات دورية.", "The delegations discussed information sharing and agreed to hold regular meetings."),
    ("حضر الاجتماع العقيد جيمس هارتلي والسفيرة ألينا رومانوسكي.", "The meeting was attended by Colonel James Hartley and Ambassador Alina Romanowski."),
    ("The United States reaffirmed its support for Iraq's sovereignty.", "The US reiterated its backing for the sovereignty of Iraq."),
    ("وأعرب الجانبان عن ارتياحهما لمستوى التعاون.", "The two sides expressed satisfaction at the level of cooperation."),
    ("جددت الحكومة العراقية تعهدها حماية أفراد التحالف.", "The Iraqi Government repeated that it would protect the people of the Coalition."),
    ("تقرر أن تعقد الجولة المقبلة في بغداد.", "The next round is to be held in Baghdad."),
    ("أعلنت الحكومتان أنهما ستوسعان التعاون في الطاقة.", "The two governments said that they would expand cooperation in energy."),
    ("التقى وزير الدفاع ثابت العباسي نظيره الأمريكي.", "Minister of Defence Thabit al-Abbasi met his American counterpart."),
]  # fmt: skip
DIFFERENT = [
    ("بحث الوزيران تدريب 250 ضابطا عراقيا.", "The two ministers discussed training 350 Iraqi officers.", (NUMBER, ("250",), ("350",))),
    ("تبرعت الحكومة بخمسة ملايين دولار للمخيمات.", "The government donated $15 million to the camps.", (NUMBER, ("خمسة ملايين",), ("15 million",))),
    ("عقدت اللجنة اجتماعها الثامن.", "The committee held its second meeting.", (NUMBER, ("الثامن",), ("second",))),
    ("The forces leave 4 bases within 12 months.", "The forces leave four bases within 18 months.", (NUMBER, ("12",), ("18",))),
    ("يُعقد الاجتماع في 12 تشرين الأول 2024 في بغداد.", "The meeting is in Baghdad on 2 October 2024.", (DATE, ("12 تشرين الأول 2024",), ("2 October 2024",))),
    ("قرر الجانبان تشكيل لجنة لمراجعة الاتفاق.", "The two sides discussed forming a committee on the agreement.", (FORCE, ("قرر",), ("discussed",))),
    ("يعتزم الجانبان توقيع مذكرة تفاهم.", "The two sides committed to sign a memorandum of understanding.", (FORCE, ("يعتزم",), ("committed to",))),
    ("وتعهد العراق بحماية البعثات كلها.", "وأعرب العراق عن أمله في حماية البعثات كلها.", (FORCE, ("وتعهد",), ("وأعرب … أمله",))),
    ("ناقش الجانبان توسيع التدريب.", "The two sides will expand the training.", (FORCE, ("ناقش",), ("will",))),
    ("قرر الجانبان عقد جولة أخرى.", "Another round was discussed by the two sides.", (FORCE, ("قرر",), ("was discussed",))),
    ("The delegation was led by Thabit al-Abbasi and met Lloyd Austin.", "The delegation was led by Qasim al-Araji and met Lloyd Austin.", (WHO, ("Thabit al-Abbasi",), ("Qasim al-Araji",))),
    ("شارك ممثلون عن جهاز مكافحة الإرهاب والبيشمركة.", "Representatives of the Counter Terrorism Service took part.", (BODY, ("البيشمركة",), ())),
    ("التقى الوفدان في أربيل.", "The delegations met in Baghdad.", (PLACE, ("أربيل",), ("Baghdad",))),
]  # fmt: skip


def differences(left: str, right: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    pairs = parallel([left], [right])
    found = compare([left], [right], pairs, Knowledge.of_the_archive(), EDTF("2024-07-24"))
    return [(one.kind, one.left, one.right) for row in found for one in row.differences]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_what_is_said_in_another_way_is_no_difference(left: str, right: str) -> None:
    assert differences(left, right) == []
    assert differences(right, left) == []


@pytest.mark.parametrize(("left", "right", "told"), DIFFERENT)
def test_who_number_date_and_force_are_told_apart(left: str, right: str, told: Any) -> None:
    kind, one, other = told
    assert told in differences(left, right)
    assert (kind, other, one) in differences(right, left)


def test_what_one_version_leaves_out_is_told() -> None:
    longer = "أكد الطرفان أهمية الشراكة. وأضافا أن أي عمل عسكري لا يجري إلا بعلم السلطات المختصة، وأن الطائرات تحلق بموافقة مسبقة، وأن المعلومات تُتبادل كل أسبوع."
    assert (LEFT_OUT, (longer,), ()) in differences(
        longer, "Both sides affirmed their partnership."
    )
    shorter = "The two sides discussed equipment."
    assert differences(shorter, f"{shorter} The mission goes on until the work is done at last.")


def test_the_versions_of_the_demo_archive_differ_in_who_met_the_general_and_hardly_elsewhere() -> (
    None
):
    found = {
        statement.slug: of_statement(statement)
        for statement in Statement.objects.prefetch_related("versions")
    }
    july = [
        (row.left, difference)
        for versions in found["us-iraq-jscd-2-joint-statement"]
        for row in versions.rows
        for difference in row.differences
    ]
    assert [(left, difference.kind, difference.sides) for left, difference in july] == [
        ([4], WHO, (("Chief of Defense",), ("الوزير",)))
    ]
    assert sum(versions.count for one in found.values() for versions in one) <= 2
    assert sum(bool(one) for one in found.values()) == 28


# A draft beside the version that is there


STATEMENT = """Joint statement

The Ministry of Defence and the Department of Defense met in Baghdad on 3 March 2021.

Secretary Lloyd Austin met 12 officers and decided to extend the training.

Both sides intend to meet again."""
ARABIC = """بيان مشترك

عقدت وزارة الدفاع العراقية ووزارة الدفاع الأمريكية اجتماعا في بغداد في 3 آذار 2021.

والتقى الوزير لويد أوستن 20 ضابطا وقرر تمديد التدريب.

ويعتزم الجانبان الاجتماع ثانية."""


@pytest.fixture
def statement() -> Statement:
    made = Statement.objects.create(
        title_en="Statement of March", date="2021-03-03", original_language="en"
    )
    version = Version.objects.create(statement=made, language="en", publisher="DoD", rights="full")
    save_body(version, STATEMENT.partition("\n\n")[2])
    return made


def test_a_draft_is_compared_before_it_is_confirmed_and_takes_the_numbers_of_what_it_renders(
    statement: Statement, client: Client
) -> None:
    editor = cast.user("editor", "comparing")
    middle = ARABIC.split("\n\n")
    kept = paste("\n\n".join([middle[0], *middle[2:]]), editor)
    found = of_draft(kept, 0, statement)
    assert found is not None
    told = [(row.left, one.kind, one.sides) for row in found.rows for one in row.differences]
    assert ([2], NUMBER, (("12",), ("20",))) in told
    assert [left for left, kind, _sides in told if kind == LEFT_OUT] == [[1]], (
        "a paragraph is left out"
    )
    keep(kept, {0: {"statement": str(statement.pk), "type": "joint_statement"}}, {}, editor)
    client.force_login(editor)
    shown = client.get(reverse("admin:statements_paste_change", args=[kept.pk])).content.decode()
    assert "Beside the version of DoD" in shown
    assert "which number" in shown
    choice = DocumentChoice(publisher="وكالة", language="ar", rights="full", type="joint_statement", statement=statement)  # fmt: skip
    confirm(kept, [choice], editor)
    arabic = statement.versions.get(language="ar").texts.order_by("passage__number")
    assert [text.passage.number for text in arabic] == [2, 3]
    page = client.get(f"/en/admin/statements/statement/{statement.pk}/change/").content.decode()
    assert "Where the versions differ" in page
    assert "which number" in page


def test_what_an_editor_decided_counts_before_what_is_read(statement: Statement) -> None:
    kept = paste(ARABIC, cast.user("editor", "deciding"))
    official = next(
        one for one in proposals(kept.draft) if "official/lloyd-austin" in one.candidates
    )
    before = Counter(
        one.kind for row in of_draft(kept, 0, statement).rows for one in row.differences
    )  # type: ignore[union-attr]
    keep(kept, {}, {official.key: Decision("link", "official/qasim-al-araji")}, None)
    after = Counter(
        one.kind for row in of_draft(kept, 0, statement).rows for one in row.differences
    )  # type: ignore[union-attr]
    assert after[WHO] == before[WHO] + 1


def test_of_a_summary_only_contradictions_are_told(statement: Statement) -> None:
    version = statement.versions.get()
    version.rights = "digest"
    version.save()
    save_body(
        version, "The two met.\n\nAustin met 12 officers.\n\nThey intend to meet.", Layer.DIGEST
    )
    save_body(version, "")
    found = of_draft(paste(ARABIC, None), 0, statement)
    assert found is not None
    assert found.summary
    assert [(one.kind, one.sides) for row in found.rows for one in row.differences] == [
        (NUMBER, (("12",), ("20",)))
    ]
