"""Words that stand before names: ranks, courtesies, offices and what they are for, in both languages, folded.

Sources: the ranks of the armed forces of the Arab League and of NATO (STANAG 2116), the styles of courts and
churches, protocol lists of foreign ministries, and the usage of the press for offices.
"""

from __future__ import annotations

from statements.search.lexicon import HELD_BY_HER
from statements.text.arabic import fold
from statements.text.tense import TOLD


def folded(words: str) -> frozenset[str]:
    return frozenset(HELD_BY_HER.get(word, word) for word in map(fold, words.split()))


RANKS = folded(
    "الفريق الأول أول الركن ركن اللواء لواء العميد عميد العقيد عقيد المقدم الرائد النقيب الملازم المشير العماد الجنرال جنرال الأدميرال أدميرال الكولونيل الفريقان "
    "المارشال البريغادير الكوموندور القبطان فريق طيار مهندس حقوقي بحري متقاعد general gen lt lieutenant maj major adm admiral col colonel brig brigadier capt captain "
    "vice rear staff air marshal field commodore cmdr sgt sergeant retd ret"
)
#: Words that complete a rank and are none by themselves.
AFTER_RANK = folded(
    "الأول أول الركن ركن طيار مهندس حقوقي بحري متقاعد vice rear staff air field retd ret"
)
#: Royal and noble styles: whoever bears one may be called by his first name.
ROYAL = folded(
    "الملك الملكة الأمير الأميرة الشيخ الشيخة السلطان king queen prince princess sheikh shaikh sheikha shaikha sayyid sultan emir"
)
COURTESY = (
    folded(
        "السيد السيدة السير اللورد البارونة الدكتور الدكتورة الأستاذ الأستاذة المهندس المهندسة القاضي المحامي النائب النائبة السيناتور الحاج الملا "
        "البطريرك المطران الإمام البابا الكاردينال السفير السفيرة mr mrs ms miss dr sir dame lord lady baroness shri smt prof professor eng engr judge hon patriarch pope cardinal imam mullah"
    )
    | ROYAL
)
#: What stands among titles and tells nobody by itself.
HONORIFIC = folded(
    "معالي سعادة دولة فخامة سمو جلالة صاحب صاحبة السمو الملكي الملكية الجلالة المعالي السعادة سيادة غبطة نيافة قداسة فضيلة "
    "the his her their excellency excellencies highness majesty royal h e hrh hm hh honorable honourable right"
)
TITLES = (
    COURTESY
    | HONORIFIC
    | folded(
        "ministers secretaries presidents leaders secretary minister president premier chancellor prime ambassador chairman chairwoman chairperson senator representative congressman "
        "spokesman spokeswoman spokesperson defense foreign interior director adviser advisor envoy counterpart governor deputy assistant under chief commander "
        "undersecretary attache charge affaires coordinator counselor counsellor counsel commissioner speaker general crown"
    )
)
#: Words that head an office in Arabic; behind their qualifiers a name may stand.
OFFICES = folded(
    "وزير وزيرة رئيس رئيسة قائد سفير سفيرة السفير السفيرة مستشار مستشارة مدير مديرة نائب نائبة المتحدث المتحدثة الناطق الناطقة "
    "متحدث ناطق أمين أمينة الأمين الأمينة وكيل وكيلة مبعوث مبعوثة المبعوث المبعوثة موفد الموفد الموفدة ممثل ممثلة الممثل الممثلة مساعد مساعدة محافظ القنصل قنصل الوزير الرئيس "
    "المستشار المستشارة المدير المديرة القائد القائم مفتش المفتش مفوض مفوضة المفوض المفوضة منسق منسقة المنسق ملحق الملحق ولي والي عضو رئيسي حاكم عاهل أمير نظيره نظيرها نظيرته نظيرتها كبير"
)
#: Indefinite nouns that say what an office is for: «رئيس ‹هيئة أركان› الجيش», «وكيل ‹جهاز› المخابرات».
INSTITUTIONS = folded(
    "جهاز هيئة هيأة وزارة مجلس مكتب مديرية إدارة لجنة أركان جيش قوات قوة قيادة خارجية داخلية دفاع شؤون شئون ديوان رئاسة حكومة دائرة قسم شعبة وكالة "
    "مؤسسة بعثة سفارة حزب تيار كتلة منطقة إقليم ولاية محافظة جهة مدينة جمهورية مملكة دولة سلطنة إمارة اتحاد منظمة حلف تحالف حرس شرطة درك خفر أمن "
    "مخابرات استخبارات مكافحة شرق غرب شمال جنوب عمليات عام عامة أول ثان لشؤون لشئون باسم لدى جمهوريه عمليات قطاع ملف مهمة أمانة مركز تصريف وزراء وفد برنامج سلاح "
    "مشاة طيران بحرية فرقة لواء دول إدارة مصالح غرفة برلمان برلماني مديريات ممثلية صندوق بنك شركة جامعة كلية أكاديمية معهد كردستان كوردستان"
)
#: Verbs that the press puts behind an office or a name.
VERBS = (
    folded(
        "استعرض استعرضت استقبل استقبلت استضاف استضافت استمع استهل استبعد اعتبر اعتبرت انتقد التقى التقت اختتم اختتمت اطلع اتفق اتفقا اجتمع اجتمعت افتتح افتتحت انطلق انعقد انضم اتصل اتهم اقترح امتدح "
        "بحث بحثا بحثت تباحث تحادث تحدث تفقد تلقى تلقت تناول تناولا تناولت توجه توصل تعهد تمنى ثمن ثمنت جدد جددت حث حذر حضر دان دشن رأس رأى رفض رحب سلط شجب شكر شدد صافح صدق صرح ضم ضمت طالب طلب "
        "عاد عبر عقد عقدت عرض علق عين غرد غادر قاد قام قدم قلد كرم كشف لفت مثل نوه نقل ناشد نفى هنأ هاتف واصل وافق ودع وقع وقعا يبحث يلتقي يستقبل يزور يؤكد يصل يغادر يترأس يترأسان يشارك يلتقيان يبحثان"
    )
    | TOLD
)
#: Words that stand behind an office or before a name and are no part of one.
NOT_NAMES = (
    folded(
        "معه معها معهم معهما له لها لهم لهما به بها بهم فيه فيها عليه عليها إليه إليها منه منها عنه عنها لديه "
        "في من إلى على عن مع أن إن إنه أنه أنها الذي التي الذين اللذين حول خلال بين ضمن عبر نحو ضد لدى عند منذ حتى اليوم أمس غدا قال قالت أكد أكدت "
        "هذا هذه ذلك تلك لم لن لا قد لقد كان كانت بعد قبل أثناء عقب بشأن بشكل بحضور برئاسة بمشاركة بدعوة بهدف بصفته ونظيره نظيره نظيرته وفد لقاء "
        "اجتماع اجتماعا زيارة بيان كلمة أعلن أعلنت أضاف أشار شدد بحث ناقش زار التقى استقبل وصل غادر دعا رحب وقع وجه تسلم أجرى أوضح ذكر كشف جدد حذر "
        "أعرب عبر قدم ترأس شارك حضر السابق الحالي الجديد السابقة الحالية الجديدة بالوكالة أيضا كل كلا جميع عدد عدة كافة هو هي هم أو أم ثم لكن بل إذا "
        "حيث كما فيما عندما بينما دون غير سوى مثل أي ما ماذا لماذا كيف متى أين هنا هناك مرحبا دعم تعزيز تعاون مشترك مشتركة مشتركا عام عامة أجل صباح مساء ظهر يوم "
        "شهر سنة جديد جديدة رسمي رسمية عسكري عسكرية أمني أمنية قوات جيش دولة دول حكومة ملف ملفات سبل آخر أخرى مستقبل مسار دور إثر لبحث لمناقشة جانب جانبا بجانب إضافة فضلا "
        "وعددا وعدد وذلك عددا جلسة مباحثات محادثات مشاورات مؤتمر ندوة اتصال اتصالا هاتفيا هاتفي جولة موسعة موسعا وفدا مهنئا ممثلا مشيرا مؤكدا موضحا مضيفا لافتا معربا مذكرا مثمنا مشددا "
        "حاليا سابقا لاحقا رفقة رفقته يرافقه ترافقه برفقة مرفوقا محاطا ابن أبرز أهم أحد إحدى بعض غداة مطلع نهاية أواخر أوائل منتصف بداية إطار مقر عاصمة سيادة علاقات استعداد حرص "
        "تمرين تمارين تمرينا مناورة مناورات تدريب تدريبات برنامج مشروع مشاريع خطة عملية عمليات اتفاق اتفاقية مذكرة بروتوكول قمة حوار مساعدة مساعدات صفقة انسحاب وقف إطلاق "
        "رئاسي حكومي نيابي وزاري رفيع المستوى كبار مسؤول مسؤولون مسؤولين مسؤولي قادة قائد وزراء رؤساء سفراء شخصيات خبراء ضباط عسكريين عسكريون دبلوماسي دبلوماسيين نواب أعضاء "
        "a an the and or of in on at to for from with by as is was were has had have will would but not after before when while yesterday today tomorrow "
        "monday tuesday wednesday thursday friday saturday sunday during since both then also however meanwhile his her their its this that these those he she it they we i you our my "
        "who which about between among under over against including attended accompanied led chaired"
    )
    - VERBS
)
#: Capitalised English words that no name has.
GENERIC = folded(
    "joint security cooperation dialogue statement commission committee ministry department agency council force forces army navy air command operation "
    "operations defense defence foreign affairs interior strategic framework agreement partnership national international coalition global higher high military "
    "united states kingdom republic government embassy house office university press news center centre middle east north south west european union "
    "northern southern eastern western session round memorandum understanding task combined peshmerga kurdistan region regional "
    "administration authority organization organisation association assembly parliament congress senate cabinet bureau directorate service services guard police corps fleet mission unit group bank fund "
    "programme program project initiative conference summit forum meeting exercise company corporation institute school college academy hospital airport base port city province governorate sea gulf ocean "
    "river mountain strait island valley peninsula state federal royal central public private general special supreme joint staff acquisition procurement construction integration construct prosperity "
    "islamic arab african asian american nations nato league pact treaty charter protocol convention resolution act law order award medal day week month year visit talks note media release "
    "ministerial structured security strategic industrial technical maritime naval aerial counter counterterrorism terrorism anti war peace peacekeeping intelligence innovation space cyber"
)
#: Between a name and that of the father or the house.
SON = {
    "بن",
    "ابن",
    "بنت",
    "ال",
    "بو",
    "ابو",
    "ولد",
    "دي",
    "دو",
    "دا",
    "ديل",
    "فان",
    "فون",
    "لو",
    "اوف",
    "تير",
    "دير",
}
LATIN_PARTICLES = frozenset(
    "al el bin ibn bint ben de del della der den di da dos du la le van von ter zu und abu ould st".split()
)
#: What offices are for, in English.
FIELDS = GENERIC | folded(
    "state policy political water resources oil electricity trade transport health education finance planning justice labor labour culture youth "
    "agriculture industry migration displaced environment communications housing human rights arms control legal economic "
    "energy climate near levant africa asia europe america programs partnerships plans conflict stability military production expatriates executive"
)
SAID = folded(
    "said says told added noted stressed wrote met signed thanked welcomed met visited discussed emphasized emphasised underlined underscored reiterated affirmed confirmed praised commended "
    "expressed explained announced declared stated led chaired attended received called held arrived travelled traveled briefed represented hosted joined spoke warned urged"
)
#: Nouns of persons beside which a name stands between commas: "the mission's senior civilian, Margriet Prins".
PERSONS = folded(
    "civilian diplomat official officer successor predecessor negotiator aide wife husband son daughter brother sister soldier pilot lawyer analyst researcher expert "
    "historian author host colleague veteran engineer scientist economist activist lawmaker parliamentarian professor journalist "
    "سلف سلفه سلفها خلف خلفه خلفها نجل نجله نجلها شقيق شقيقه قرينته عقيلته زوجته زوجها زميله زميلته الباحث الباحثة الخبير الخبيرة المحلل الدبلوماسي الدبلوماسية الضابط الصحفي الكاتب الأكاديمي المفاوض"
)
#: Offices of several at once: their holders stand in a row.
PLURAL = folded(
    "ministers secretaries presidents chiefs leaders officials generals commanders senators envoys ambassadors representatives governors advisers advisors directors congressmen spokespersons counterparts "
    "وزراء الوزراء رؤساء الرؤساء قادة القادة سفراء السفراء زعماء الزعماء وزيري وزيرا رئيسي رئيسا سفيري مستشاري مستشارو نواب النواب أعضاء السيناتورين نظرائه نظيريه نظيريهما"
)
#: An office somewhere in a phrase between commas: "the Ambassador of Greece to Egypt", "chief of the general staff".
ENGLISH_OFFICE = frozenset(
    "minister ministers secretary undersecretary president premier chancellor ambassador chief commander chairman chairwoman chair director head adviser advisor envoy "
    "representative spokesman spokeswoman spokesperson coordinator counselor counsellor commissioner governor speaker attache inspector superintendent administrator "
    "deputy assistant general-secretary secretary-general charge consul counsel officer manager raksha mantri member".split()
)
