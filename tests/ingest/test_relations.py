"""Undertakings, delegations, what is carried, and follow-ups: each read by itself, in both languages."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from statements.ingest.draft import understand
from statements.ingest.followups import Earlier, Precedents
from statements.text.carried import carried, relation

pytestmark = pytest.mark.django_db


def statement(text: str, date: str, title: str = "Joint Statement") -> dict[str, Any]:
    """The draft of a statement of one paragraph."""
    (document,) = understand(f"{title}\n\n{text}\n\n{date}\n")["documents"]
    return document


def promises(text: str, date: str = "8 August 2023", title: str = "Joint Statement") -> list[tuple[str, str, str | None]]:  # fmt: skip
    return [
        (one["strength"], " ".join(sorted(one["countries"])), one["due"])
        for one in statement(text, date, title)["undertakings"]
    ]


def arabic(text: str) -> list[tuple[str, str, str | None]]:
    return promises(text, "8 آب 2023", "بيان مشترك")


@pytest.mark.usefixtures("demo")
class TestUndertakings:
    def test_a_promise_has_its_parties_and_its_term(self) -> None:
        assert arabic(
            "اتفق الجانبان العراقي والأمريكي على إنشاء لجنة مشتركة بحلول نهاية عام 2024."
        ) == [("decided", "iq us", "2024~")]
        assert promises(
            "The United States and Iraq agreed to set up a joint commission by the end of 2024."
        ) == [("decided", "iq us", "2024~")]

    def test_one_side_promises_for_itself(self) -> None:
        assert arabic(
            "ناقش وفدا العراق والولايات المتحدة التعاون. وتعهدت الحكومة العراقية بحماية البعثات."
        )[-1] == ("committed", "iq", None)
        found = promises(
            "Iraq and the United States discussed aid. The Government of Iraq pledged to protect the missions."
        )
        assert found[-1] == ("committed", "iq", None)

    def test_verbs_that_name_nobody_are_said_of_who_was_named_before(self) -> None:
        assert arabic("ناقش العراق والولايات المتحدة التدريب، وقررا تعزيزه.") == [
            ("discussed", "iq us", None),
            ("decided", "iq us", None),
        ]
        assert promises("Iraq and the United States discussed training, and decided to widen it.") == [
            ("discussed", "iq us", None),
            ("decided", "iq us", None),
        ]  # fmt: skip

    def test_what_others_say_promises_nothing(self) -> None:
        assert arabic("التقى الوزيران في بغداد. وأكد خبراء أن المنطقة تحتاج إلى السلام.") == []
        assert promises("The ministers of Iraq and the United States met. Analysts decided to wait.") == []  # fmt: skip

    def test_a_day_of_the_past_is_no_term(self) -> None:
        assert promises("Iraq and the United States reaffirmed the agreement of 17 November 2008.") == [
            ("affirmed", "iq us", None)
        ]  # fmt: skip

    def test_parties_that_the_archive_does_not_know_are_left_to_the_editor(self) -> None:
        assert promises("The two sides agreed to meet again.") == [("decided", "", None)]

    def test_the_words_and_the_verb_stand_where_they_say(self) -> None:
        text = "Joint Statement\n\nIraq and the United States discussed aid, and agreed to meet in Rome.\n\n8 August 2023"
        (document,) = understand(text)["documents"]
        words = [text[one["start"] : one["end"]] for one in document["undertakings"]]
        assert words == ["Iraq and the United States discussed aid", "agreed to meet in Rome"]
        assert [text[slice(*one["verb"])] for one in document["undertakings"]] == [
            "discussed",
            "agreed to",
        ]

    def test_every_reading_says_why_in_both_languages(self) -> None:
        document = statement("Iraq and the United States agreed to meet.", "8 August 2023")
        assert document["undertakings"][0]["reason"] == (
            "The verb “agreed to” tells of a decision; it is said of the parties together."
        )
        told = understand("Joint Statement\n\nIraq pledged to protect them.\n\n8 August 2023", "ar")
        assert told["documents"][0]["undertakings"][0]["reason"] == (
            "الفعل «pledged» يفيد الالتزام، والفاعل العراق."
        )


@pytest.mark.usefixtures("demo")
class TestDelegations:
    @pytest.mark.parametrize(
        "text",
        [
            "اجتمع الوفد العراقي برئاسة وزير الدفاع ثابت العباسي في واشنطن.",
            "ترأس الوفد العراقي وزير الدفاع ثابت العباسي في واشنطن.",
            "ترأس وزير الدفاع ثابت العباسي الوفد العراقي في واشنطن.",
            "وصل رئيس الوفد العراقي ثابت العباسي إلى واشنطن.",
            "The Iraqi delegation, led by Minister of Defence Thabit al-Abbasi, met in Washington.",
            "Minister of Defence Thabit al-Abbasi led the Iraqi delegation to Washington.",
            "The Iraqi side was headed by Thabit al-Abbasi in Washington.",
            "Thabit al-Abbasi led for Iraq at the talks in Washington.",
        ],
    )
    def test_a_head_is_read_however_it_is_said(self, text: str) -> None:
        document = understand(f"{text}\n\nThe talks lasted two days.")["documents"][0]
        found = [
            (document["mentions"][one["mention"]]["slug"], one["role"], one["party"], one["certain"])
            for one in document["delegates"]
        ]  # fmt: skip
        assert found == [("thabit-al-abbasi", "head", "iq", True)]

    @pytest.mark.parametrize(
        "text",
        [
            "ضم الوفد العراقي رئيس جهاز مكافحة الإرهاب، والتقى لويد أوستن.",
            "The Iraqi delegation included the Head of the Counter Terrorism Service, who met Lloyd Austin.",
        ],
    )
    def test_members_are_of_their_own_country_only(self, text: str) -> None:
        document = understand(f"{text}\n\nThe talks lasted two days.")["documents"][0]
        assert [
            (document["mentions"][one["mention"]]["slug"], one["role"])
            for one in document["delegates"]
        ] == [("iq-cts-head", "member")]

    @pytest.mark.parametrize(
        "text",
        [
            "ترأس وزير الخارجية الأمريكي أنتوني بلينكن ووزير الخارجية العراقي فؤاد حسين الاجتماع.",
            "Secretary of State Antony Blinken and Foreign Minister Fuad Hussein chaired the meeting.",
        ],
    )
    def test_two_who_chair_together_each_lead_their_side(self, text: str) -> None:
        document = understand(f"{text}\n\nThe talks lasted two days.")["documents"][0]
        assert {(one["party"], one["role"]) for one in document["delegates"]} == {
            ("us", "head"),
            ("iq", "head"),
        }

    @pytest.mark.parametrize(
        "text",
        [
            "قاد ثابت العباسي عملية في الأنبار، وزار الجانب الأيمن من الموصل.",
            "عقد اجتماع برئاسة ثابت العباسي في بغداد.",
            "Thabit al-Abbasi led the fight against ISIS, beside the Coalition.",
            "The Coalition, led by the United States, thanked Thabit al-Abbasi.",
        ],
    )
    def test_who_leads_something_else_leads_no_delegation(self, text: str) -> None:
        assert understand(f"{text}\n\nThe talks went on.")["documents"][0]["delegates"] == []


FIRST = (
    "اتفق الجانبان على عقد الجولة المقبلة في بغداد قبل نهاية العام الجاري بمشاركة جميع المؤسسات."
)


class TestCarried:
    def test_spelling_is_no_difference_and_another_word_is(self) -> None:
        printed = "التقى الوزير الأمريكي نظيره في واشنطن وبحثا التعاون بين البلدين."
        spelled = "التقى الوزير الأميركي نظيره فى واشنطن وبحثا التعاون بين البلدين."
        changed = "التقى الوزير الأميركي ضيفه في واشنطن وبحثا التعاون بين البلدين."
        assert [one.how for one in carried([f"وقال البيان: {spelled}"], [printed])] == ["same"]
        assert [one.how for one in carried([changed], [printed])] == ["near"]

    def test_each_passage_says_where_the_article_has_it(self) -> None:
        english = "The two sides agreed to meet again in Baghdad before the end of the year."
        found = carried(
            ["A lead of its own.", f"“{english}”", "More."],
            ["Something else entirely here.", english],
        )
        assert [(one.number, one.how, one.where) for one in found] == [
            (1, "absent", ()),
            (2, "same", (2,)),
        ]

    def test_a_sentence_out_of_a_long_passage_is_carried_nearly(self) -> None:
        rest = " ".join(f"كلمة{n}" for n in range(60))
        assert [one.how for one in carried([FIRST], [f"{FIRST} {rest}"])] == ["near"]

    def test_an_article_carries_quotes_or_reports(self) -> None:
        others = [f"فقرة رقم {n} عن موضوع {n * 7} لا يذكره أحد {n * 13}" for n in range(4)]
        for own, how in (
            ([FIRST], "quotes"),
            (["تحدث المقال عن أمر آخر كليا."], "reports"),
            ([FIRST, *others], "carries"),
            (["قال إنه «اتفق الجانبان على عقد الجولة المقبلة» ثم سكت عن الباقي كله وانصرف"], "quotes"),
        ):  # fmt: skip
            whole = [FIRST, *others]
            assert relation(own, whole, carried(own, whole)) == how

    def test_two_hundred_passages_all_alike_are_all_there(self) -> None:
        same = ["a b " * 500] * 200
        assert {one.how for one in carried(same, same)} == {"same"}


class TestFollowUps:
    day = datetime.date(2023, 8, 8)
    earlier = [
        Earlier("s#p1", ("The sides will form a higher military commission.",), day, "commission-work"),
        Earlier("s#p2", ("Iraq protects the diplomatic sites and convoys of the Coalition.",), day, ""),
        Earlier("s#p3", ("The sides discussed places in military schools.",), day, ""),
    ]  # fmt: skip

    def test_the_undertaking_with_the_same_rare_words_comes_first(self) -> None:
        found = Precedents(self.earlier).likely(
            "Iraq commits itself to protect convoys and diplomatic sites"
        )
        assert found[0].earlier.passage == "s#p2"
        assert "convoys" in found[0].reason.en
        assert "8 August 2023" in found[0].reason.en
        assert "8 آب" in found[0].reason.ar

    def test_words_that_every_promise_has_make_none_follow(self) -> None:
        assert (
            Precedents(self.earlier).likely("The two sides affirmed the importance of cooperation")
            == []
        )

    def test_of_two_alike_the_later_round_is_offered_first(self) -> None:
        again = Earlier("t#p9", self.earlier[1].texts, datetime.date(2024, 1, 1), "")
        found = Precedents([*self.earlier, again]).likely(
            "Iraq protects convoys and diplomatic sites"
        )
        assert [one.earlier.passage for one in found] == ["t#p9", "s#p2"]

    def test_nothing_earlier_is_nothing_to_follow(self) -> None:
        assert Precedents([]).likely("The sides agreed to meet") == []


@pytest.mark.usefixtures("demo")
def test_an_article_that_speaks_of_a_statement_of_the_archive_reports_it() -> None:
    told = "قال بيان مشترك إن الجولة الثانية من حوار التعاون الأمني المشترك بين الولايات المتحدة والعراق عقدت في واشنطن يومي 22 و23 تموز 2024."
    page = f"خبر من واشنطن عن الحوار\n\nجريدة المرفأ | سلمى الهاشم | 25 تموز 2024\n\n{told}\n\nومضى المقال في شأن آخر."
    (used,) = [one for one in understand(page)["used"] if one["statement"] == "us-iraq-jscd-2-joint-statement"]  # fmt: skip
    assert (used["document"], used["relation"], used["passages"]) == (0, "reports", [])
    silent = page.replace("قال بيان مشترك إن", "علمنا أن")
    assert understand(silent)["used"] == []
