"""Given names: the commonest of the countries whose ministers, officers and envoys meet, in Arabic and in Latin letters.

A given name with another name behind it is a person where no title says so. Facts: the lists of commonest
given names that statistical offices and civil registries publish (among them CAPMAS for Egypt, DoS for Jordan, TÜİK
for Türkiye, ISTAT, INSEE, INE, Destatis, ONS and the U.S. Social Security Administration), the Kurdish and
Persian names of the region, and the usage of the Arab press for European names. No list is whole; what is
missing is found by offices and ranks.
"""

from __future__ import annotations

from statements.text.arabic import fold

_ARAB = """
محمد أحمد محمود محمدي حامد حمد حمدان حمدي حميد علي حسن حسين حسان حسني عباس جعفر كاظم موسى عيسى إبراهيم إسماعيل إسحاق يعقوب يوسف داود
سليمان يحيى زكريا عمر عمرو عثمان خالد وليد طارق زياد زيد سعد سعيد سعود سالم سلمان سليم سلطان سامح سامي سامر سمير سهيل سيف صالح صلاح صباح
صادق صفوان صقر صابر عادل عامر عمار عماد عمران ناصر نصر نصير نزار نبيل نبيه نوري نواف ناجي نادر نايف نجيب نعيم نعمان نهاد هاشم هشام هادي همام هاني
هيثم مهدي منير منيب منذر مروان مصطفى مازن ماجد ماهر مالك مبارك متعب مثنى مجدي محسن مختار مدحت مراد مرزوق مسعود مشاري مشعل مطلق معاذ معتز
معن مقداد ممدوح منصور موفق مؤيد كريم كمال كامل كاسب قاسم قيس قحطان قصي فؤاد فهد فيصل فاضل فارس فاروق فايز فائز فادي فراس فريد فلاح فتحي فوزي
فياض غسان غازي غالب غانم عدنان عدي عبدالله عبدالرحمن عبدالعزيز عبدالكريم عبدالوهاب عبدالقادر عبدالأمير عبدالفتاح عبداللطيف عبدالمجيد
عبدالحميد عبدالسلام عبدالرزاق عبدالمحسن عبدالحكيم عبدالرحيم عبدالهادي عبدالنبي عبدالمنعم عبدالناصر عبدالجبار عبدالسميع طالب طه طلال طاهر
طلعت ضياء شوقي شاكر شريف شهاب شكري شعبان رياض رياد رعد رشيد رشاد رامي رائد رأفت ربيع راشد رضا رفيق رمزي رمضان خليل خليفة خلف خميس خيري خضر
حيدر حمزة حازم حاتم حارث حافظ حبيب حاكم جمال جميل جمعة جواد جاسم جابر جبار جلال جهاد ثامر ثابت ثائر تميم تامر تركي توفيق تيسير بشار بشير بسام
بدر باسل برهم بلال بندر بهاء بركات أيمن أيوب أنور أنس أمين أمجد أكرم أشرف أسامة أسعد أياد إياد إحسان أيهم أدهم أديب أزهر إلياس أمير بطرس
بولس جورج جوزيف جوزاف ميشال ميشيل شارل شربل نقولا جبران سمعان سعدالله سعدي علاء عصام عزيز عزت عبيد عوض عواد عيد عطية عقيل علوان لؤي لقمان ليث
لطفي ياسر ياسين يونس يزيد يزن يعرب ظافر عاصم زهير زاهر زكي وسام وائل وجدي وديع وضاح هلال بدرالدين نورالدين صلاحالدين عزالدين خيرالدين سيفالدين
منى نورا نور ليلى فاطمة مريم زينب عائشة سارة هدى سهى ندى رانيا دينا سلمى أمل آمال نجلاء هند سميرة لطيفة نادية ناديا صفية رقية آمنة خديجة سمية
عبير غادة هالة هيفاء وفاء ريم ريما لمى نهى سناء ابتسام إيمان حنان نوال سوسن بشرى ميسون شيماء زهراء هبة دلال لبنى رشا رنا رندا رولا ريا غالية
نرمين نيفين مي مها منال ماجدة لولوة لينا لين كوثر فايزة فريال عليا علياء عفاف سحر سعاد سلوى سامية روضة خلود حصة جميلة جواهر بثينة بدرية أسماء
أميرة إلهام آلاء نبيلة نجاة نعيمة ياسمين
جوهر قباد مسرور نيجيرفان هوشيار شورش ريبر بافل بختيار دلشاد كاوه سيروان ريبوار آزاد هيوا بيستون آرام لاهور كوسرت هيمن سردار شيروان مظلوم
رجب هاكان يشار مولود خلوصي إبراهيم بولنت جودت علي أحمد محمد مصطفى أرطغرل متين سردار تورغوت حقان فاتح براق منير ياوز سليم أورهان طاهر
نجاح نجم نجدت بهجت شوكت رفعت عصمت حكمت نشأت طلعت مجيد ستار جاسم عدي عناد رسول شياع حسام حسنين كنعان
حسن عباس محمدجواد جواد حسين قاسم علیرضا رضا مجتبى مهرداد بهرام كيومرث سعيد كاظم
جيهان تولاي أمينة
"""
_WESTERN_IN_ARABIC = """
جون جو جوش جوشوا جيمس جيم جيك جاك جايك جانيت جينيفر جيسيكا جورج جوردان جوزيف جوزاف جوزيب جوزف جوناثان جوليا جولي جوليان جيرالد جيريمي جين جاريد جاستن
ديفيد دايفيد ديفد ديريك دان دانا دانيال دانييل دانيل دوروثي دوغلاس دومينيك دونالد ديبرا ديان دينيس دين دميتري
مايكل مايك مارك ماركو ماركوس ماثيو ماتيو مات مارتن ماريو ماري ماريا ماريون ماريوس مارغريت مادلين ميشيل ميشال ميغيل ميرا ميري ميلاني مانويل ماكس ماكسيم
روبرت روبرتو روب روبن روجر رون رونالد رولف رودريغو روز روزماري ريكس ريتشارد ريموند راين رايان رافائيل رامون ريشي راجنات
ويليام وليام ويندي ويل ويلي والتر توماس توم تومي تيم تيموثي تيد تيري تييري تيريزا تود توني تيدروس توبياس
تشارلز تشارلي تشاك شارل شارلوت شون شين شانون شيلا ستيفن ستيفان ستيف ستيفاني ستيفانو ستيوارت سكوت سام سامانتا سامويل ساره سارا ساندرا سوزان
سيباستيان سيمون سيلفي سيرجي سيرغي سيرجيو سيليست سينثيا سالي
أنتوني أنطوني أنطونيو أنطوان أندرو أندريه أندرس أندريا أندرياس أنغيلا أنجيلا أنالينا آنا آن آني آنالينا ألان آلان ألبرت ألبيرتو ألكسندر ألكسندرا أليساندرو أليكس أليستر
ألفريدو ألفونسو ألينا إليزابيث إيلين إيما إيمانويل إيميلي إيفان إيفيت إيفو إدوارد إدواردو إد إريك إيريك إرنستو أوليفر أوليفييه أولاف أورسولا أوغستو أوسكار أرولدو أرنو آرثر
بنجامين بن بوب بول باولو باولا باتريك باتريشا باربرا بارت باري بات براد برادلي بريان برايان بريت برنار برنارد برونو بروس بريندا بوريس بيتر بيت بيترا بيل بيير بييترو بيدرو بيلار بوني
فيليب فيليبي فيكتور فيكتوريا فينس فينسنت فيرجينيا فيرناندو فرناندو فرانك فرانسوا فرانسوازا فرانسيس فرانسيسكو فرانشيسكو فرانكو فريدريك فريدريش فلاديمير فلورنس فولفغانغ
كريس كريستيان كريستينا كريستوفر كريستوف كارل كارلا كارلوس كارلو كارين كاثرين كاترين كاميرون كلود كلوديا كلاوديو كونستانتين كوندوليزا كيث كير كيفن كيلي كيم كين كولن كونراد كاسبر
غابرييل غاري غراهام غريغ غريغوري غوردن غوستافو غويدو غيدو غيوم غييرمو غيرهارد جاسيندا جاكوب جان جانا جياني جورجيا جيورجيا جيوفاني جوزيبي جوسيبي جيلبير
لويد لويس لويجي لورا لورنس لورين لوران لوكا لوكاس ليام ليزا ليزلي ليندا ليندسي ليون ليو ليونيل لي لارس
نيكول نيكولا نيكولاس نيكولاي نيك نيل نانسي ناتالي ناتاشا نوربرت نيلز نيكوس يانيس يورغوس يانوس يورغن يوهان يان ينس يوشكا يوليا يوكو يوري
هاري هارولد هانز هانس هاينز هايكو هيلاري هيلين هيرفيه هيربرت هوغو هنري هنريك هوراسيو هيو
فابريس فابيو فاليري فاليريا خوان خوسيه خوسي خافيير خورخي خيسوس خوليو تيودورو إنريكي إنريكو إيناسيو سلفادور سانتياغو باكو رافائيل آنخيل
إميلي تيمور سيرغي سيرجي فياتشيسلاف أناتولي إيغور أليكسي أليكسندر ميخائيل نيكيتا كيريل أوليغ فاسيلي يفغيني
"""
_LATIN = """
mohammed muhammad mohamed mohammad mohamad muhammed mohd mehmet mahmoud mahmud ahmed ahmad achmed hamad hamed hamid hamdan hamdi ali aly hassan hasan hussein hussain husain hossein hussien
hassane houssine abbas jafar jaafar kadhim kazem musa mousa moussa issa isa essa ibrahim ibraheem ismail ishaq ishaaq yaqub yaqoub yousef youssef yusuf yousif youcef joussef dawood dawud daoud
suleiman sulaiman soliman yahya yehia zakaria omar umar amr osman othman khaled khalid khalifa khalil walid waleed tariq tarek tareq ziad ziyad zayed zaid said saeed saad saud salem salim salman
sultan sameh sami samer samir suhail sohail saif saleh salah sabah sabri sadiq sadeq adel adil amer ammar imad emad imed imran nasser nasir nasr naser nizar nabil nabih nuri nouri nawaf naji nader nayef naif najib
naim numan hashim hisham hesham hicham hadi hani haitham mahdi mehdi mounir munir muneer marwan mustafa mostafa mustapha mazen mazin majid majed maher malik mubarak miteb majdi mohsen muhsin mukhtar
murad masoud massoud mishal mishaal meshal muath moataz mutaz mamdouh mansour mansur karim kareem kamal kamel kamil qasim qassim kassem qais kais qusay fuad fouad fahad fahd faisal faysal feisal fadhel fadel faris fares farouk
farooq fayez fadi firas farid faleh falih fathi fawzi fayyad ghassan ghazi ghaleb ghanem adnan uday abdullah abdulla abdallah abdulaziz abdelaziz abdulrahman abdelrahman abdelkader
abdelmajid abdelmadjid abdellatif abdullatif abdulatif abdelfattah abdulkarim abdelkarim abdulwahab abdulqadir abdulamir abdelouafi abdelilah abdelhamid abdul abdel abd taha talal taher tahar talaat dhiaa shawki shaker sharif sherif shihab shukri
riyad riad raad rashid rasheed rachid rami raed rafat rabih rashad rashed reda ridha rida rafik ramzi ramadan haidar haider haydar hamza hazem hazim hatem harith hafez habib jamal jameel jamil jumaa juma jawad
jasim jassim jasem jaber jabir jalal jihad thamer thabit thabet tamim tamer turki tawfiq taoufik bashar bashir bassam badr basem basim bassem basil barham bilal bandar baha ayman aymen ayoub anwar anas amin amine amjad akram
ashraf osama usama asaad iyad ayad ihsan adham azhar elias amir boutros george joseph michel michael charbel nicolas gebran jibran alaa esam issam aziz ezzat obaid awad eid luay laith lutfi yasser yasir yassin
yassine younis younes yunus yazan zuhair zaher zaki wissam wael walid hilal nechirvan masrour hoshyar shorish shoresh rebar qubad bafel barham fouad mazloum sirwan rebwar azad hiwa lahur aram fayiz hosni
mona noura nour nur layla leila fatima fatma maryam mariam zainab zeinab aisha sara sarah huda suha nada rania dina salma amal amina hind hend samira latifa nadia safia ruqayya khadija ghada hala haifa wafa reem rima
lama noha sana iman eman hanan nawal sawsan bushra lubna lolwah lulwa rasha rana randa rola mai maha manal lina nivine nermine asma ameera amira ilham reema sahar suad salwa jawaher
recep hakan yasar yaşar mevlut mevlüt hulusi ibrahim i̇brahim bulent bülent cevdet ertugrul metin serdar turgut fatih burak yavuz selim orhan munir münir umit ümit emine kemal kenan levent omer ömer sedat suleyman tayyip volkan zeki
ehud yair yoav benny benjamin ebrahim hassan hossein javad mohammad-javad abbas amir bahram mojtaba kazem
shri rajnath narendra subrahmanyam ajit anil manoj sanjay rajiv rajesh vikram vinay arun ashok amit amitabh anand deepak dinesh giridhar gautam harsh jaishankar kumar mukesh nirbhay prashant pradeep rahul ravi sandeep shashi sunil suresh vijay vivek
asim qamar nadeem shehbaz imran bilawal ishaq khawaja sahir zafar
john joe josh joshua james jim jimmy jake jack jacob jason janet jennifer jessica jordan jonathan jon julia julie julian gerald jeremy jane jared justin jeffrey jeff jerry joel joan joanna judith judy jamie jan jean jens johan johannes johanna jose josé josep juan javier jorge julio jesus joao joão
david dave derek dan dana daniel danielle dorothy douglas doug dominic dominique donald debra deborah diana diane dennis dean dmitry denis dieter
michelle mike mark marc marco marcus marcos matthew matt matteo martin martina mario mary maria marie marion margaret madeleine miguel mira miriam melanie melissa manuel max maxim maurice mette monica mitch morgan
robert roberto rob robin roger ron ronald rolf rodrigo rose rosemary rex richard rick raymond ray ryan rafael raphael ramon rishi rachel rebecca ralph randy rory ross russell rupert ruth
william will wendy walter warren wayne wesley willem wolfgang thomas tom tommy tim timothy ted terry thierry theresa therese todd tony teresa tobias tracy trevor tyler
charles charlie chuck charlotte sean shannon sheila shane stephen steven stephan stefan steve stephanie stéphanie stefano stuart scott sam samantha samuel sandra susan suzanne sebastian sébastien simon sylvie sergei sergey sergio celeste cynthia sally sofia sophie sonia stella stanley
anthony antony antoine antonio andrew andre andré anders andrea andreas angela annalena anna ann anne annie alan allan albert alberto alexander alexandra alessandro alessandra alex alexis alistair alice alfred alfredo alfonso alina allison amanda amy april arthur arnaud agnieszka audrey austin aroldo aurora
elizabeth eleanor elaine ellen emma emmanuel emily evan yvette edward eduardo ed erik eric ernest ernesto eugene eva evelyn elena elisabeth elissa enrique enrico esther oliver olivier olaf ursula oscar otto owen
ben bob paul paolo paola patrick patricia barbara bart barry pat brad bradley brian bryan brett bernard bruno bruce brenda boris peter pete petra bill pierre pietro pedro pilar bonnie barack benoit benoît bettina brent byron pablo pascal penny perry philippa piotr
philip philippe phil felipe victor victoria vince vincent virginia fernando frank françois francois françoise francis francisco francesco franco frederick frédéric friedrich vladimir florence fabio fabrice valerie valeria vanessa vera viktor vivian federica felix fiona filippo florian floyd ford fred
chris christian christina christine christopher christophe karl carl carla carlos carlo karen kathleen katherine catherine cameron claude claudia claudio constantine konstantinos condoleezza keith keir kevin kelly kim ken kenneth colin conrad carsten carol caroline casey cecilia chad clara clarence clark craig curtis kaja kamala kate kathy kerry kirk klaus kurt kyle kyriakos
gabriel gary graham greg gregory gordon gustavo guido guillaume guillermo gerhard jacinda giovanni giuseppe gianni giorgia giorgio gilbert gerard gina glenn gloria grace grant guy georgios gian
lloyd louis louise luigi laura lawrence lauren laurent luca lucas lukas liam lisa leslie linda lindsey lindsay leon leo lionel lars larry lee leonard lewis lily lorenzo lucia lucy luis luke lydia lynn linas
nicole nicola nicholas nikolas nikolai nikolaos nikos nick neil nancy natalie natasha norbert niels nils nathan nathaniel nina noah norman ned giannis ioannis dimitrios jens jurgen jürgen joschka yoko yuri yulia
harry harold hans heinz heiko hillary helen helga hervé herve herbert hugo henry henrik horacio hugh howard heather hector holly hubert ian igor ingrid inigo irene iris isaac isabel isabelle ivan ivo ulf ulrich ulrike urmas uwe ulrika
oleg oleksandr oleksii olena andriy andrii anatoly aleksandr alexei dmytro kirill mikhail rustem valery vasily viacheslav volodymyr yevgeny svetlana
teodoro sigrid ruben hanke kajsa krisjanis micheal mícheál radoslaw radosław mateusz zbigniew tomasz jakub mariusz wladyslaw władysław gitanas dace pal pål tobias espen ine antti elina petteri troels jakob morten mikael
"""
#: Given names in Arabic letters, folded.
ARABIC_GIVEN = frozenset(fold(name) for name in (_ARAB + _WESTERN_IN_ARABIC).split()) - {
    fold(word) for word in "آن آنا لي إد مات حاكم خلف عيد رائد لو بل".split()
}
#: Those of them that are European: what stands behind one is most likely a name.
EUROPEAN = frozenset(fold(name) for name in _WESTERN_IN_ARABIC.split()) & ARABIC_GIVEN
#: Family names that stand first, of East Asia; facts: the census of the Republic of Korea, the ministry of public security of China.
FAMILY_FIRST = frozenset(
    "kim lee yi park pak choi choe jung jeong chung kang cho jo yoon yun jang lim im han oh seo suh shin kwon hwang ahn an song yoo yu ryu hong moon chang xi li wang zhang liu chen yang zhao huang zhou wu nguyen tran".split()
)
#: Given names in Latin letters, folded.
LATIN_GIVEN = frozenset(fold(name) for name in _LATIN.split()) - {
    "will",
    "april",
    "may",
    "grant",
    "guy",
    "ford",
}
#: Nouns that open a compound given name: «عبد الله», «أبو زيد», "Abdul Amir".
COMPOUND = frozenset(fold(word) for word in "عبد أبو أبي".split())


def is_given(word: str) -> bool:
    """Whether a folded word is a common given name, or «عبد» written onto an attribute («عبدالمحسن»)."""
    return (
        word in ARABIC_GIVEN
        or word in LATIN_GIVEN
        or (word.startswith("عبدال") and len(word) > 7)
        or word in ("عبد", "ابو")
    )
