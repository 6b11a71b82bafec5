"""An example for each field of the desk, where the model does not give one itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

EXAMPLES = {
    "name_en": _("E.g. “Thabit al-Abbasi”, “Ministry of Defence of Iraq”."),
    "name_ar": _("E.g. “ثابت العباسي”, “وزارة الدفاع العراقية”."),
    "title_en": _("E.g. “Joint statement of the second Joint Security Cooperation Dialogue”."),
    "title_ar": _("E.g. “البيان المشترك للجولة الثانية من حوار التعاون الأمني المشترك”."),
    "question_en": _("E.g. “On which day did Austin meet al-Abbasi?”"),
    "question_ar": _("E.g. “في أي يوم التقى أوستن العباسي؟”"),
    "official_en": _("E.g. “Republic of Iraq”."),
    "official_ar": _("E.g. “جمهورية العراق”."),
    "rank_en": _("E.g. “Lieutenant General”."),
    "rank_ar": _("E.g. “فريق أول ركن”."),
    "note_en": _("A remark for readers, e.g. “The day is taken from the press.”"),
    "note_ar": _("The same remark in Arabic, e.g. “اليوم مأخوذ من الصحافة.”"),
    "description_en": _("One or two sentences, e.g. “Yearly talks of the two defence ministries.”"),
    "description_ar": _("The same in Arabic, e.g. “محادثات سنوية بين وزارتي الدفاع.”"),
    "summary_en": _("What is undertaken, e.g. “Begin work on a memorandum of understanding.”"),
    "summary_ar": _("The same in Arabic, e.g. “بدء العمل على مذكرة تفاهم.”"),
    "left_words": _(
        "Exactly as printed, e.g. “Chief of Defense”; runs of words on lines of their own, “…” for what is left out."
    ),
    "right_words": _(
        "As printed in the other version, e.g. “الوزير”; empty when it leaves it out."
    ),
    "sentence_en": _(
        "What differs, e.g. “The English has the Chief of Defense meet him, the Arabic the Minister.”"
    ),
    "sentence_ar": _(
        "The same in Arabic, e.g. “التقاه في الإنكليزية رئيس الأركان وفي العربية الوزير.”"
    ),
    "value_en": _("What these sources say, e.g. “Tuesday 23 July 2024”."),
    "value_ar": _("The same in Arabic, e.g. “الثلاثاء 23 تموز 2024”."),
    "iso2": _("E.g. “IQ”."),
    "iso3": _("E.g. “IRQ”."),
    "country": _("E.g. “Iraq”; for a participant, the delegation."),
    "countries": _("The parties, e.g. “Iraq” and “United States”."),
    "place": _("E.g. “Washington, D.C.”"),
    "parent": _("What it is part of, e.g. the ministry of a directorate, the round of a meeting."),
    "type": _("The kind that fits best, e.g. “joint statement”, “round”, “ministry”."),
    "mode": _("E.g. “in person” or “by video”."),
    "level": _("Who meets, e.g. “ministers”."),
    "organization": _("E.g. “Ministry of Defence of Iraq”."),
    "organizations": _("Bodies that were represented, e.g. “U.S. Central Command”."),
    "post": _("E.g. “Minister of Defence of Iraq”."),
    "official": _("E.g. “Lloyd Austin”; leave empty when the source names only the post."),
    "role": _("E.g. “head of delegation”, or for a name “as printed”."),
    "standing": _("How sure the sources are, e.g. “reported”."),
    "order": _("Place in the list, e.g. 1."),
    "passage": _(
        "The passage that says so, found by its statement's title, e.g. “second Joint Security”."
    ),
    "status": _("The step or state, e.g. “signed”."),
    "acting": _("E.g. a minister who holds a second post for a time."),
    "disputed": _(
        "Sources disagree on whether or when it was held, e.g. on the day of the handover."
    ),
    "event": _("E.g. “Joint Security Cooperation Dialogue, second round”."),
    "events": _("Other events that the text refers to, e.g. a visit."),
    "dialogue": _("E.g. “Joint Security Cooperation Dialogue”."),
    "number": _("E.g. 2; empty when the sources do not say."),
    "uncertain": _(
        "The number is not certain, e.g. when only one newspaper calls it the third round."
    ),
    "agreement": _("E.g. “Strategic Framework Agreement”."),
    "agreements": _("E.g. “Strategic Framework Agreement”."),
    "related": _(
        "Agreements that this one renews, carries out or replaces, e.g. “Strategic Framework Agreement”."
    ),
    "issuers": _("E.g. “U.S. Department of Defense” and “Ministry of Defence of Iraq”."),
    "speaker": _("Who spoke, for remarks and readouts, e.g. “Lloyd Austin”."),
    "original_language": _("The language it was first issued in, e.g. English."),
    "sources": _(
        "The pages in which the facts were found; start typing the publisher, e.g. “DoD News”."
    ),
    "source": _("The page it was found in; start typing the publisher, e.g. “DoD News”."),
    "language": _("E.g. “ar” or “en”."),
    "title": _("The title exactly as printed, e.g. “بيان مشترك بشأن …”."),
    "origin": _("E.g. “original”, or “press text or translation” for a newspaper's own rendering."),
    "extent": _("How much of the text the copy seen shows, e.g. “a part of the text”."),
    "publisher": _("E.g. “Al-Marsad”."),
    "address": _("E.g. “https://www.example.org/page”."),
    "form": _("E.g. “official page”."),
    "reliability": _("E.g. “official”, or “press” for a newspaper."),
    "outlet": _("E.g. “Al-Marsad”."),
    "rights": _("What readers may see, e.g. “excerpts” for a newspaper's text."),
    "relation": _(
        "E.g. “carries” of an article that prints the whole text, “stronger” of a passage that promises more than the earlier one."
    ),
    "article": _("E.g. “New understandings between Baghdad and Washington”."),
    "statement": _("E.g. “Joint statement of the second Joint Security Cooperation Dialogue”."),
    "theme": _("E.g. “Coalition transition”."),
    "themes": _("E.g. “Coalition transition”."),
    "strength": _("The force of the verb, e.g. “decided” for قرر, “intends” for تعتزم."),
    "follows": _(
        "The earlier passage it takes up, if there is one, e.g. passage 6 of the first round."
    ),
    "outcome": _("What became of it, e.g. “fulfilled”."),
    "as_of": _("The day on which that was so, e.g. “27 September 2024”."),
    "earlier": _("The earlier passage it is compared with, e.g. passage 6 of the first round."),
    "earlier_statement": _(
        "The earlier statement as a whole, when it has no such passage, e.g. that of the first round."
    ),
    "body": _("E.g. “Higher Military Commission”; empty when the dialogue has no standing body."),
    "as_printed": _("The words exactly as printed, e.g. “وزير الدفاع العراقي”."),
    "start": _("Where the words begin, counting characters from 0; for a tenure, its first day."),
    "end": _("Where the words end; for a tenure, its last day."),
    "reason_en": _("Why, e.g. “The only official with this surname in the text.”"),
    "reason_ar": _("The same in Arabic, e.g. “المسؤول الوحيد بهذا اللقب في النص.”"),
    "layer": _("Whether the words stand in the text or in the archive's digest of it."),
    "capture": _("The source as found; made when a text is pasted or fetched."),
    "removed": _(
        "A removed passage keeps its address, which says that it was removed, e.g. a paragraph that was site furniture."
    ),
    "kind": _("E.g. “official”."),
    "slug": _("The last part of the web address, e.g. “thabit-al-abbasi”."),
    "target": _("Where the old address leads now, e.g. “thabit-al-abbasi”."),
}

#: Beside the help text that the model gives.
BESIDE = {
    "doubtful": _("E.g. when a single newspaper tells of the meeting."),
    "attested": _("E.g. “24 July 2024, November 2024”."),
    "rights": _("E.g. “excerpts” for a newspaper's text."),
    "title": _("E.g. “تفاهمات جديدة بين بغداد وواشنطن”."),
    "title_ours": _("E.g. “An agency report on the reduced mission”."),
    "country": _("E.g. “Iraq”."),
    "post": _("E.g. “Director of the Counter Terrorism Service”."),
    "body": _("E.g. “Higher Military Commission”."),
    "decided": _("E.g. after looking at the words where they stand."),
    "ruling": _("E.g. 2."),
    "refused": _("E.g. when both only say the same in other words."),
}
