"""Cue words: the files are sound, every language's lines are known, and ordinary sentences are left alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize

import pytest

from declutter.errors import RulesError
from declutter.vocabulary import Vocabulary, class_tokens, phrases, read_cues, speaking, vocabulary
from declutter.vocabulary.files import POSITIONS, SECTIONS, languages
from declutter.vocabulary.folding import fold
from declutter.vocabulary.phrases import Phrases

REQUIRED = {*"zh en ja ko es pt fr de it nl pl ru uk el tr ar hi id vi th".split()}

LINES = """
en | related | READ MORE:Bridge reopens after repairs
en | promo | Advertisement
en | promo | Share your story
en | promo | Send us your photos and videos of the flood
en | promo | Banner advertisement
en | comment | Leave a Reply
en | published | Published on May 28, 2023
zh | related | 相关阅读
zh | related | 延伸閱讀
zh | promo | 【广告】
zh | promo | 河道週刊現已開設Facebook專頁
zh | editor | 责任编辑：王小明
ja | related | 関連記事
ja | tags | タグ：経済
ko | related | 관련기사
ko | related | 관련기사: 장터 대장장이의 마지막 호미
ko | chrome | 무단전재 및 재배포 금지
ko | published | 입력 2023.05.29 07:30
ko | editor | 편집: 문가온
ko | comment | 댓글 3
es | related | Lea también: El puente reabre tras las obras
pt | related | Leia também: Ponte reabre depois das obras
fr | related | À lire aussi
fr | promo | Publicité
de | related | Lesen Sie auch: Brücke nach Umbau wieder offen
de | promo | Anzeige
it | related | Leggi anche: Il mulino che macina di notte
it | related | POTREBBE INTERESSARTI ANCHE
it | promo | Iscriviti alla newsletter
it | comment | Lascia un commento
it | author | di Elisa Contarini
it | updated | Aggiornato il 14 marzo 2023
nl | related | Lees ook: Het gemaal dat nooit mag zwijgen
nl | related | Meest gelezen
nl | promo | Schrijf je in voor onze nieuwsbrief
nl | author | Door Maaike Terpstra
nl | chrome | Alle rechten voorbehouden
pl | related | Czytaj także: Most znów otwarty
pl | promo | REKLAMA
ru | related | Читайте также
ru | related | Ещё по теме
uk | related | Читайте також: Міст знову відкрито
uk | related | Вас також може зацікавити
uk | promo | Підписуйтесь на наш Telegram-канал
uk | comment | Залишити відповідь
uk | source | Джерело: Укрінформ
el | related | Διαβάστε επίσης
tr | related | İlginizi Çekebilir
tr | related | İLGİLİ HABERLER
tr | related | Sıradaki haber
tr | tags | Etiketler: sahaf, kitap
tr | promo | Bültenimize abone olun, her sabah e-postanıza gelsin
tr | comment | Yorum Yaz
tr | updated | Son Güncelleme: 30 Mayıs 2023
ar | related | اقرأ أيضاً: السد القديم الذي رفض أن يجف
ar | related | مواضيع ذات صلة
ar | promo | اشترك في نشرتنا البريدية
ar | comment | اترك تعليقاً
ar | author | بقلم: سلمى الحداد
ar | chrome | جميع الحقوق محفوظة © 2023
hi | related | यह भी पढ़ें: कुम्हार का चाक और बिजली का बिल
hi | related | संबंधित ख़बरें
hi | promo | विज्ञापन
hi | comment | टिप्पणी करें
hi | author | लेखक: मीरा जोशी
hi | editor | संपादन: अरुण पाठक
id | related | Baca juga: Tukang Perahu Terakhir di Teluk Bira
id | related | Artikel Terkait
id | promo | Ikuti kami di Google News dan dapatkan berita terbaru
id | comment | Tinggalkan Balasan
id | editor | Editor: Ratih Maharani
vi | related | Xem thêm: Người gánh muối qua đồng
vi | related | Có thể bạn quan tâm
vi | tags | Từ khóa: nước ngọt, hạn mặn
vi | promo | Đăng ký nhận bản tin
vi | comment | Bình luận (1)
vi | chrome | Điều khoản sử dụng
fi | related | Lue myös: Viimeinen veneenveistäjä
fi | tags | Aiheet: jää, saaristo
fi | promo | Tilaa uutiskirjeemme
fi | comment | Jätä kommentti
fi | source | Lähde: STT
da | related | Læs også: Den sidste skibsbygger
da | promo | Tilmeld dig vores nyhedsbrev
da | chrome | Alle rettigheder forbeholdes
nb | related | Les også: Den siste båtbyggeren
nb | promo | Annonsørinnhold
en | promo | Get 20% off your first order
en | promo | Shop our autumn knits
en | promo | Drop your email and the recipe is yours
fr | promo | Livraison gratuite dès 40 € d'achat
de | promo | Kostenloser Versand ab 30 Euro
nl | promo | Gratis verzending vanaf 40 euro
tr | promo | Bağımsız gazeteciliği destekleyin
zh | promo | 按讚追蹤我們的粉絲專頁
zh | promo | 訂閱解鎖完整內容
ja | promo | Google ニュースでフォロー
ko | promo | 구글 뉴스에서 팔로우하기
ro | promo | Conținut exclusiv pentru abonați
sl | promo | Spremljajte nas na omrežjih
et | promo | Lae alla meie äpp
ca | promo | Contingut exclusiu per a subscriptors
he | promo | רוצים לדעת ראשונים? הצטרפו לערוץ הטלגרם שלנו
fa | promo | برای خبرهای تازه به کانال ما بپیوندید
hu | promo | Csatlakozz a Telegram-csatornánkhoz
es | related | Seguí leyendo
ja | comment | コメント38件
ko | comment | 댓글 17개
zh | comment | 评论38条
zh | chrome | 网站备案号：0000
nb | comment | Legg igjen en kommentar
th | related | อ่านเพิ่มเติม: งอบใบลานใบสุดท้ายของตำบล
th | related | ข่าวที่เกี่ยวข้อง
th | tags | แท็ก: คลอง ชุมชน
th | promo | กดติดตามเพจของเราเพื่อไม่พลาดข่าว
th | comment | แสดงความคิดเห็น
th | chrome | สงวนลิขสิทธิ์ 2566
bg | related | Прочетете още: Последният майстор на лодки
bg | promo | Последвайте ни в Google News
bg | comment | Напишете коментар
hr | related | Pročitajte i: Posljednji graditelj lađa
hr | tags | Oznake: rijeka, mlin
hr | comment | Ostavi komentar
sr | related | Прочитајте још: Последњи градитељ чамаца
sr | related | Pročitajte još: Poslednji graditelj čamaca
sr | promo | Пратите нас на Facebook страници
sr | chrome | Sva prava zadržana
sk | related | Čítajte aj: Posledný staviteľ lodí
sk | promo | Odoberajte náš newsletter
sk | meta | 4 minúty čítania
sl | related | Preberite tudi: Zadnji čolnar
sl | promo | Prijavite se na e-novice
sl | chrome | Vse pravice pridržane
ca | related | Llegeix també: L'últim mestre d'aixa
ca | tags | Etiquetes: riu, molí
ca | comment | Deixa un comentari
lt | related | Taip pat skaitykite: Paskutinis laivadirbys
lt | promo | Užsisakykite naujienlaiškį
lt | chrome | Visos teisės saugomos
lv | related | Lasi arī: Pēdējais laivu meistars
lv | comment | Pievienot komentāru
lv | chrome | Pārpublicēt aizliegts bez rakstiskas atļaujas
et | related | Loe ka: Viimane paadimeister
et | promo | Telli meie uudiskiri
et | comment | Lisa kommentaar
ms | related | Baca juga: Tukang perahu terakhir
ms | related | Berita Berkaitan
ms | comment | Tinggalkan Komen
bn | related | আরও পড়ুন: শেষ নৌকার কারিগর
bn | promo | বিজ্ঞাপন
bn | comment | মন্তব্য করুন
ur | related | یہ بھی پڑھیں: آخری کشتی ساز
ur | tags | ٹیگز: دریا، پل
ur | chrome | جملہ حقوق محفوظ ہیں
sv | promo | Artikeln fortsätter efter annonsen
sv | meta | 4 minuters läsning
nb | promo | Følg meg på Instagram for flere bilder av fyret
nb | chrome | Lagre artikkel
da | promo | Artiklen fortsætter under annoncen
da | comment | Deltag i debatten
fi | promo | Mainos alkaa
fi | chrome | Huomasitko virheen? Kerro siitä toimitukselle
cs | promo | Článek pokračuje po reklamě
cs | chrome | Našli jste v článku chybu?
sk | promo | Tento článok je pre predplatiteľov
sk | chrome | Uložiť na neskôr
hu | related | Ezek is érdekelhetik
hu | promo | Ha fontos önnek a független újságírás, támogassa lapunkat
ro | related | Pe aceeași temă
ro | promo | Articolul continuă după publicitate
bg | related | Още от рубриката: Лодкарят
bg | promo | Подкрепете блога
hr | promo | Članak se nastavlja ispod oglasa
hr | meta | Vrijeme čitanja: 4 minute
sr | chrome | Вајбер
sr | comment | Komentariši
sl | promo | Članek se nadaljuje pod oglasom
sl | meta | O avtorici
lt | chrome | Pastebėjote klaidą? Praneškite mums
lt | promo | Straipsnis tęsiamas po reklama
lv | promo | Raksts turpinās zem reklāmas
lv | related | Jaunākās ziņas
et | promo | Artikkel jätkub tellijale
et | chrome | Leidsid vea? Anna teada
ca | promo | Subscriu-t'hi
ca | chrome | Has trobat un error? Avisa'ns
he | related | עוד באותו נושא
he | promo | הכתבה ממשיכה אחרי הפרסומת
fa | meta | انتهای پیام/
fa | comment | دیدگاهتان را بنویسید
ur | promo | خبروں کے لیے ہمارا واٹس ایپ چینل جوائن کریں
bn | promo | গুগল নিউজে আমাদের অনুসরণ করুন
ms | promo | Sertai saluran Telegram kami
de | promo | Angebote unserer Partner
fr | promo | Offres de nos partenaires
pl | promo | Oferty partnerów
ru | promo | Материалы партнеров
el | promo | Από τους συνεργάτες μας
zh | promo | 扫码加入读者群
ja | related | あわせて読みたい
ko | chrome | 글자 크기
en | comment | Join the discussion
en | promo | If you buy something through our links we may earn a small commission.
en | chrome | Press enter or click to view image in full size
en | comment | Comments are now closed for this story
fr | promo | En achetant via nos liens, vous nous soutenez : nous pouvons percevoir une commission.
ru | chrome | Включите JavaScript, чтобы увидеть опрос
zh | promo | 快到粉絲專頁按讚
ja | promo | 当サイトはアフィリエイト広告を利用しています
ko | promo | 이 포스팅은 파트너스 활동의 일환입니다
"""

ORDINARY = """
Note: the ferry does not run in winter.
Note: le bac ne circule pas en hiver.
Related to the finch by blood, the siskin keeps to the alders in winter and is seldom seen near houses.
Advertisements from the twenties cover the walls of the old station, three layers deep in places.
Commentators of the period agreed on one thing only, and it was the wrong thing.
Published poets rarely lived from their verse, and the ones who did rarely admitted it.
Stories that you share with a neighbour come back to you changed, and not always for the better.
Tagore wrote the song in a single afternoon while the boat waited for the tide.
Bystanders said that the bell had rung twice before anybody moved.
相关部门的回答来得很慢，村里人已经自己把桥修好了。
广告人出身的他，写小说时也舍不得多用一个字。
評論家たちはこの小説を最初のうち理解しなかった。
광고인으로 일하던 그는 마흔이 되어서야 소설을 쓰기 시작했다.
댓글러라는 말이 생기기 전에도 신문의 독자들은 편지를 썼다.
입력장치가 고장 난 기계 앞에서 노인은 오래 서 있었다.
Pubblicità e teatro furono i due mestieri di mio nonno, e nessuno dei due gli diede da vivere.
Leggiamo poco, diceva la maestra, e quel poco lo leggiamo in fretta.
Commentò la notizia con un gesto della mano e tornò al suo banco.
Di notte il porto si svuota e restano soltanto le lampare.
Doorgaans vertrekken de boten bij hoogwater, maar die ochtend bleef iedereen aan de kade.
Leesbaar was het handschrift allang niet meer, en toch begreep iedereen de brief.
Reclamezuilen staan er nog drie in de stad, allemaal leeg.
Reagerend op het geluid sprong de hond over de sloot.
Рекламація надійшла на завод лише восени, коли партію вже розпродали.
Коментатор замовк, і стадіон почув, як дощ б'є по даху.
Lue kirja uudestaan, sanoi opettaja, ja ymmärrät miksi kettu palasi.
Læsere skrev til avisen i årevis, og ingen svarede.
Annonsene i den gamle avisen handlet mest om sild.
Темою розмови того вечора стала дорога, якої не було.
Автором листа виявився сільський учитель.
İlgisiz görünen bu iki olay, aynı sabah aynı sokakta yaşandı.
Yorumcular o yıl takımın küme düşeceğinden emindi.
Reklamcılık okuyan kızı, babasının tabelasını baştan çizdi.
Kaynakçı ustası, demiri tanımak için önce sesini dinlerdi.
إعلانه المفاجئ عن السفر لم يترك لأحد فرصة للسؤال.
تعليقه الوحيد كان ابتسامة قصيرة ثم مضى إلى عمله.
مصدره الوحيد للرزق كان قاربا ورثه عن أبيه.
विज्ञापनों से भरी दीवार के पीछे एक पुराना कुआँ छिपा था।
टिप्पणीकार भी उस दिन चुप थे, क्योंकि मैदान खाली था।
लेखकों की उस पीढ़ी ने गाँव को पहली बार भीतर से देखा।
Tagihan listrik sekolah itu dibayar dengan ikan asin setiap akhir bulan.
Komentator itu terdiam ketika perahu kecil tersebut melewati garis akhir.
Iklannya sederhana, hanya papan kayu dengan tulisan kapur.
Bacaan anak-anak di pulau itu datang bersama kapal garam.
Theo chân ông Bảy ra bến, tôi mới hiểu vì sao nước ngọt quý đến thế.
Nguồn nước ở khúc sông này lợ quanh năm, mùa khô thì mặn hẳn.
Quảng trường vắng người khi chúng tôi đến lúc bốn giờ sáng.
คลองบางโหนดเคยเป็นถนน ตลาด และสนามเด็กเล่นในเวลาเดียวกัน
ที่มุมตลาดมีร้านก๋วยเตี๋ยวเรือเพียงร้านเดียวที่ยังเปิดอยู่
Werbefachleute hatten den Turm schon lange vor den Malern entdeckt.
Publicitaires et poètes se disputaient alors les mêmes cafés.
Relacionarse con los vecinos era, en aquel valle, una cuestión de agua.
Рекламный щит упал ночью, и утром за ним увидели сад.
Komentatorzy zamilkli, kiedy na boisko wbiegł pies.
Рекламите по стената на старата гара се бяха изтрили до неузнаваемост.
Прочетената книга остана на пейката и никой не я прибра до вечерта.
Oglasna ploča u selu godinama je nosila istu poruku o izgubljenoj kravi.
Komentirajući vijest, starac je samo odmahnuo rukom i nastavio tesati.
Рекламни панои стајали су крај пута још од сајма.
Komentátor stíchol, keď na ihrisko vbehol pes.
Oglasil se je zvon in vsi na trgu so se obrnili proti cerkvi.
Etiquetes de paper groc penjaven de cada ampolla del celler.
Reklaminis stulpas aikštėje stovi dar nuo karo laikų.
Reklāmas stabs laukumā bija vecāks par pašu laukumu.
Reklaamtahvel tee ääres oli tuulest viltu vajunud.
Iklannya ditampal pada pokok, kerana pejabat pos sudah lama tutup.
Komennya pendek sahaja, tetapi semua orang di jeti terdiam.
বিজ্ঞাপনদাতা কেউ ছিলেন না, তবু পত্রিকাটি দশ বছর চলেছিল।
تبصرہ نگار خاموش تھے اور میدان میں صرف ہوا کی آواز تھی۔
Artikeln i tidningen fortsatte att skava långt efter att vi hade vikt ihop den.
Lagret av ved räckte till mars, sedan eldade de med stolarna.
Mainosten takaa paljastui vanha ovi, jota kukaan ei ollut avannut.
Článek o zvoníkovi vyšel až po jeho smrti.
The shop our aunt kept was never open on a Tuesday.
Gazeteciliği bırakıp köyünde fırın açan adam hiç pişman olmadı.
La livraison du pain était gratuite pour les veuves.
Uložil noviny pod vankúš a zaspal skôr, než dočítal titulok.
Érdekelte minden, ami a kút mélyén történt.
Susținea că ceasul merge bine și că lumea întârzie.
Подкрепата на моста се срути през пролетта, но никой не пострада.
Napisao je pismo bratu i nikada ga nije poslao.
Pastebėjęs dūmus, sargas uždarė vartus ir laukė lietaus.
Turpinājums sekoja tikai pēc desmit gadiem, citā pilsētā un citā valodā.
Leidsin vea alles siis, kui raamat oli trükitud.
a = 1
"""


@pytest.mark.parametrize("line", [line for line in LINES.splitlines() if line])
def test_a_portals_line_is_known_in_every_language(line: str) -> None:
    _, section, text = line.split(" | ", 2)

    sections = {cue.section for cue in vocabulary().find(text)}

    assert section in sections


@pytest.mark.parametrize("sentence", [line for line in ORDINARY.splitlines() if line])
def test_a_sentence_that_only_begins_like_a_cue_holds_none(sentence: str) -> None:
    assert () == vocabulary().find(sentence)


def test_all_languages_are_there() -> None:
    found = {language.language for language in languages()}

    assert set() == REQUIRED - found


@pytest.mark.parametrize("cues", languages(), ids=lambda cues: cues.language)
class TestFile:
    def test_no_phrase_stands_twice_in_one_place(self, cues) -> None:  # noqa: ANN001 - a parameter of the class
        lists = [getattr(getattr(cues, section), position) for section in SECTIONS for position in POSITIONS]
        lists += [cues.flash.kicker, cues.flash.report, cues.flash.agency]

        twice = [phrase for phrases in lists for phrase, count in Counter(phrases).items() if count > 1]

        assert [] == twice

    def test_phrases_are_written_as_texts_are_folded(self, cues) -> None:  # noqa: ANN001 - as above
        phrases = [p for s in SECTIONS for position in POSITIONS for p in getattr(getattr(cues, s), position)]

        other = [phrase for phrase in phrases if normalize("NFC", fold(" ".join(phrase.split()))) != phrase]

        assert [] == other

    def test_every_month_has_its_words(self, cues) -> None:  # noqa: ANN001 - as above
        assert 12 == len(cues.months)
        assert all(cues.months)

    def test_flashes_have_kickers_reports_and_agencies(self, cues) -> None:  # noqa: ANN001 - as above
        is_lesser = not cues.related.label  # only bylines and dates are known of it

        assert is_lesser or all((cues.flash.kicker, cues.flash.report, cues.flash.agency))

    def test_relative_times_have_their_units_and_near_days(self, cues) -> None:  # noqa: ANN001 - as above
        ago = cues.ago

        assert all((ago.today, ago.before or ago.after or not ago.day))
        assert bool(ago.before or ago.after) == bool(ago.day) or not ago.minute


@pytest.mark.parametrize(
    "kicker",
    [
        "BREAKING",
        "快讯",
        "속보",
        "Ultim'ora",
        "Терміново",
        "SON DAKİKA",
        "عاجل",
        "Tin nóng",
        "ด่วน",
        "ब्रेकिंग न्यूज़",
        "Juuri nyt",
        "Kortnytt",
        "Depesze",
    ],
)
def test_words_before_a_briefs_headline_are_kickers(kicker: str) -> None:
    assert vocabulary().kickers.match(kicker) is not None


@pytest.mark.parametrize(
    "text",
    ["ROMA, 12 MAR (ANSA) - A gennaio", "LISSE (ANP) - De omzet", "مسقط (رويترز) - وقعت", "Theo TTXVN, giá gạo nếp"],
)
def test_agencies_and_reports_are_known_where_a_brief_names_them(text: str) -> None:
    words = vocabulary()

    assert words.agencies.search(text) is not None
    assert words.reports.search(text) is not None


def test_month_words_are_numbered_with_and_without_the_turkish_dot() -> None:
    months = vocabulary().months

    assert [5, 5, 12, 1, 5] == [months[word] for word in ("mayıs", "mayis", "aralık", "يناير", "mei")]


def words_with(cues: Mapping[str, object]) -> Vocabulary:
    with speaking((cues,)):
        return vocabulary()


def test_decomposed_hindi_letters_do_not_end_a_word() -> None:
    cues = words_with({"language": "hi", "promo": {"holds": ["मेरा शब्द"]}})

    assert "holds" in {cue.position for cue in cues.find("यह मेरा शब्द है")}
    assert () == cues.find("यह मेरा शब्दों है")


def test_a_callers_cues_count_beside_the_built_in_ones() -> None:
    words = words_with({"language": "eo", "related": {"lead": ["Legu Ankaŭ:"]}})

    assert "eo" in {cue.language for cue in words.find("Legu ankaŭ: La ponto")}
    assert "related" in {cue.section for cue in words.find("Related articles")}


def test_a_callers_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "eo.json"
    path.write_text(json.dumps({"language": "eo", "tags": {"label": ["etikedoj"]}}), "utf-8")

    assert "tags" in {cue.section for cue in words_with(read_cues(path)).find("Etikedoj")}


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("{", "is not JSON"),
        ("[]", "not a set of cues"),
        ('{"relatd": {}}', "relatd"),
        ('{"related": {"label": "one"}}', "related.label"),
        ('{"related": {"label": [""]}}', "`related.label` holds an empty phrase"),
        ('{"flash": {"report": ["*"]}}', "`flash.report` holds an empty phrase"),
        ('{"months": [["jan"]]}', "1 lists, not twelve"),
        ('{"flash": {"report": ["a * b * c * d # e"]}}', "`flash.report`: 'a * b * c * d # e' has more than 3 of"),
        ('{"tags": {"holds": ["a****"]}}', "`tags.holds`: 'a****' has more than 3 of"),
        ("[" * 100_000, "is nested too deeply"),
        (f'{{"name": "{"x" * 8_000_000}"}}', "a cues file may have at most 8,000,000 bytes"),
    ],
)
def test_a_malformed_file_is_refused_with_its_name_and_the_place(tmp_path: Path, content: str, wrong: str) -> None:
    path = tmp_path / "mine.json"
    path.write_text(content, "utf-8")

    with pytest.raises(RulesError) as refused:
        read_cues(path)

    assert str(path) in str(refused.value)
    assert wrong in str(refused.value)


def test_a_phrase_with_wildcards_that_takes_too_long_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    wild = Phrases(["alpha * a * omega"])
    assert ("alpha * a * omega", 0, 17) == wild.search("alpha x a x omega")

    monkeypatch.setattr(phrases, "_MAX_SECONDS", 1e-9)
    with pytest.raises(RulesError, match="'alpha . a . omega' takes too long"):
        wild.search("alpha " + "a " * 5000)


def test_the_most_wildcards_that_a_phrase_may_have_take_no_time_to_speak_of() -> None:
    wild = Phrases(["alpha*a*a*omega"])

    for text in ("alpha" + "a" * 235, "alpha " * 40, "alpha a " * 30):
        assert wild.search(text) is None  # within a second, or it would be an error


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"absent\.json"):
        read_cues(tmp_path / "absent.json")


def test_class_tokens_name_a_label() -> None:
    assert "comment" == class_tokens()["comments"]


@pytest.mark.parametrize("text", ["about AdChoices here", "ABOUT ADCHOICES", "about (adchoices)", "AdChoices"])
def test_a_phrase_is_found_in_whatever_case_it_is_written(text: str) -> None:
    assert Phrases(["adchoices"]).search(text)


def test_a_phrase_of_marks_alone_is_not_found_in_other_marks() -> None:
    words = words_with({"promo": {"lead": ["(*)"]}})

    assert [] == [cue for cue in words.find("***") if cue.section == "promo"]


def test_a_month_behind_by_is_a_name_only_before_another_name() -> None:
    def sections(text: str) -> list[str]:
        return [cue.section for cue in vocabulary().find(text)]

    assert ["author"] == sections("By April Stone")
    assert [] == sections("By April 2024") == sections("By April")


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("» Von: Jan Nowak", "Jan Nowak"),
        ("▶ 作者：张三", "张三"),
        ("• Published: May 2024", "May 2024"),
    ],
)
def test_what_follows_a_lead_begins_where_the_lead_ends_whatever_marks_stand_before_it(text: str, behind: str) -> None:
    lead = next(cue for cue in vocabulary().find(text) if cue.position == "lead")

    assert behind == lead.behind(text)
