"""What the clause before a date says of it: that it is over, or that it is still to come.

English writes what is planned by the calendar in the simple present ("phase one ends in September": Quirk et al.,
"A Comprehensive Grammar of the English Language" § 4.45); Arabic by the imperfect, with س or without (Wright,
"A Grammar of the Arabic Language" II § 8), and headlines put the day alone behind it: «اللجنة تجتمع الخميس».
"""

from __future__ import annotations

import re

from statements.text.arabic import fold
from statements.text.wording import Words

#: Verbs behind which agencies put the day alone: «قال الجمعة إن», «التقى الثلاثاء وزير الدفاع».
_VERBS = (
    "قال أعلن أكد ذكر أفاد صرح أضاف أوضح أشار شدد كشف نفى حذر دعا رحب جدد بحث ناقش التقى استقبل زار وصل غادر عقد اختتم افتتح "
    "وقع أجرى ترأس تسلم شهد بدأ أبلغ عاد انطلق اتفق شارك حضر ودع أعرب طالب نشر أصدر استأنف اجتمع تلقى هاتف"
)
TOLD = frozenset(
    particle + fold(verb) + ending
    for verb in _VERBS.split()
    for particle in ("", "و", "ف")
    for ending in ("", "ت", "ا", "وا")
)
#: The imperfect of verbs that say what is planned for a day, without its first letter: «يجتمع», «تزور», «ستنطلق».
_PLANNED = "جتمع زور لتقي بحث صل عقد نعقد نطلق بدأ نتهي غادر ستأنف توجه ستقبل ستضيف حل وقع تسلم ترأس شارك حضر فتتح ختتم قام دخل تواصل ستمر كون تم جري"
DUE = frozenset(
    future + person + fold(stem)
    for stem in _PLANNED.split()
    for future in ("", "س", "وس", "و")
    for person in "يت"
)
#: Words that say of what follows that it is still to come, and how far before a date they may stand.
COMING = (
    frozenset(
        fold(word)
        for word in "will shall expires expire due expected scheduled planned plans prepare preparing ahead upcoming tomorrow غدا المقرر المزمع المرتقب يعتزم تعتزم سوف المنتظر".split()
    )
    | frozenset("ends begins starts opens closes concludes convenes resumes".split())
    | {word for word in DUE if word.startswith("س")}
)
#: What sets a day or month as a limit, right before it or with an hour between: "before noon on Thursday".
LIMITS = frozenset("by before until till بحلول قبل لغايه".split())
REACH = 16
#: Within an Arabic sentence what is planned may go on behind commas: «من المقرر أن يتوجه، غدا، إلى بغداد … الأربعاء».
LONG_REACH = 28
STOPS = frozenset((".", ";", "؛", ":", "!", "?", "؟", ",", "،"))
BEEN = frozenset(fold(word) for word in "كان كانت كانوا وكان وكانت قد".split())
#: English past tenses that end in no -ed.
PAST = frozenset(
    "lost met took held left began came went won fell made sent gave said told saw struck hit fought built kept brought spoke flew rose was were had became agreed freed decreed guaranteed".split()
)
_ED = re.compile(r"[a-z]{3,}(?:[^e]|e(?!e))ed")
#: Words that end so and are no verbs.
_NOT_PAST = frozenset("united need speed indeed allied proposed planned expected scheduled".split())


class Tense(Words):
    """Asks the words before a date whether it is over or to come."""

    def ahead(self, at: int) -> bool:
        """Whether the clause before a date says that it is still to come: "will visit on Thursday", «من المقرر … الخميس»."""
        if any(self.text(place) in LIMITS for place in (at - 2, at - 1)):
            return True
        arabic = not self.text(at).isascii()
        for place in range(at - 1, max(-1, at - 1 - (LONG_REACH if arabic else REACH)), -1):
            text = self.text(place)
            if text == "،" and arabic:
                continue
            if text in STOPS or text in TOLD or text in BEEN:
                return False
            if text in COMING or (
                text == "to" and self.text(place - 1) in ("was", "is", "are", "were")
            ):
                return True
        return False

    def behind(self, at: int) -> bool:
        """Whether the clause before a date tells of what happened: "lost three soldiers on 28 January"."""
        for place in range(at - 1, max(-1, at - 1 - REACH), -1):
            text = self.text(place)
            if text in STOPS or text in COMING or text == "to":
                return False
            if text in TOLD or text in PAST or (_ED.fullmatch(text) and text not in _NOT_PAST):
                return True
        return False
