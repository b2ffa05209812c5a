"""Forms of invented persons' names: cases, and ways of writing them in Latin letters.

`FRESH` was written down after the key of sounds (gate/sound.py) was first finished (it changed once since), from what newspapers,
passports and addresses of pages do to such names.
"""

from __future__ import annotations

from collections.abc import Callable

import iuliia
from iuliia.schema import Schema

# name: its forms as they stand in Russian texts
RUSSIAN = {
    "Дармен Ожарбаев": "Ожарбаева Ожарбаеву Ожарбаевым Ожарбаеве Ожарбаевы Ожарбаевых Ожарбаевой Ожарбаевыми",
    "Ефросинья Ковригина": "Ковригиной Ковригину Ковригиною Ковригин Ковригина Ковригины Ковригиных Ковригиным",
    "Елисей Домбровицкий": "Домбровицкого Домбровицкому Домбровицким Домбровицком Домбровицкая Домбровицкую Домбровицких",
    "Остап Галушкевич": "Галушкевича Галушкевичу Галушкевичем Галушкевиче Галушкевичи Галушкевичей",
    "Прасковья Лихолет": "Лихолета Лихолету Лихолетом Лихолете Лихолеты",
    "Тарас Перебийнос": "Перебийноса Перебийносу Перебийносом Перебийносе",
    "Марк Вайсберг": "Вайсберга Вайсбергу Вайсбергом Вайсберге Вайсбергов",
    "Савва Журавель": "Журавеля Журавелю Журавелем Журавеле",
    "Нина Скороход": "Скорохода Скороходу Скороходом",
    "Илья Кочубей": "Кочубея Кочубею Кочубеем Кочубее",
    "Роман Дзюба": "Дзюбы Дзюбе Дзюбу Дзюбой",
}
KAZAKH = {
    "Бейбарыс Тоқтамұратов": "Тоқтамұратовтың Тоқтамұратовқа Тоқтамұратовты Тоқтамұратовта Тоқтамұратовтан Тоқтамұратовпен Тоқтамұратовтар Тоқтамұратовтікі",
    "Айсұлу Жұмаділда": "Жұмаділданың Жұмаділдаға Жұмаділданы Жұмаділдада Жұмаділдадан Жұмаділдамен Жұмаділдалар Жұмаділдаларға",
    "Ерсін Қойлыбайұлы": "Қойлыбайұлының Қойлыбайұлына Қойлыбайұлын Қойлыбайұлында Қойлыбайұлынан Қойлыбайұлымен",
    "Нұрсипат Шәңгерей": "Шәңгерейдің Шәңгерейге Шәңгерейді Шәңгерейде Шәңгерейден Шәңгереймен Шәңгерейлер Шәңгерейдікі",
    "Құндыз Бөлтірік": "Бөлтіріктің Бөлтірікке Бөлтірікті Бөлтірікте Бөлтіріктен Бөлтірікпен Бөлтірігі Бөлтірігінің",
    "Мейрам Ақмағамбет": "Ақмағамбеттің Ақмағамбетке Ақмағамбетті Ақмағамбетте Ақмағамбеттен Ақмағамбетпен",
}

FRESH = {
    "Ожарбаев": "Ozharbayev Ojarbaev Ožarbaev Ozharbaeva Oscharbajew Ojarbayev Ozharbayeff",
    "Тоқтамұратов": "Toktamuratov Toqtamuratov Tokhtamuratov Toktamouratov Toqtamūratov Toktamuratova",
    "Щегловитов": "Shcheglovitov Scheglovitov Schtscheglowitow Ščeglovitov Shheglovitov Chtcheglovitov",
    "Хайруллин": "Khairullin Hairullin Khayrullin Xayrullin Chairullin Khairoulline",
    "Жұмаділда": "Zhumadilda Jumadilda Jumadildä Žumadilda Dzhumadilda Djoumadilda",
    "Шәңгерей": "Shangerey Shangerei Shängerei Şäñgerei Sangerej Changuereï",
    "Юзефович": "Yuzefovich Iuzefovich Juzefovič Jusefowitsch Youzefovitch Yuzefovych",
    "Ковригина": "Kovrigina Kowrigina Kovriguina Covrigina",
    "Цыганков": "Tsygankov Cygankov Tsigankov Zygankow Tsygankoff",
    "Бөлтірік": "Boltirik Böltirik Bóltirik Boeltirik",
    "Ёжиков": "Yozhikov Ezhikov Ëžikov Jozhikov",
}

_CYRILLIC = """Ахметкереев Бауыржанов Ковалёв Щербаков Шаяхметов Юсупов Журавлёв Хусаинов Кыдыралин Эшимов
    Ядрышников Соловьёв Пьянков Жаксылыков Рыскулбеков Ыбрайханов Чернышевский Мухаметжанов Гульнара
    Сейткалиев Ключевский Бейсембаев Әшірбекова Ғаниев Қарабалин Өтебаев Ұзақбаев Үсенов Ілиясова
    Ержігіт Баймағамбет Мыңжасаров Тілеулес Шоқай Жәнібеков Сәуегер"""
CYRILLIC = dict.fromkeys(_CYRILLIC.split(), "")
_PLAIN_KAZAKH = dict(zip("әғқңөұүһі", "agknouuhi", strict=True))
_2018 = _PLAIN_KAZAKH | {
    **dict(zip("абвгдежзийклмнопрстуфхцыэ", "abvgdejzııklmnoprstýfhsye", strict=True)),
    **{"ә": "á", "ғ": "ǵ", "қ": "q", "ң": "ń", "ө": "ó", "ү": "ú", "ұ": "u", "ч": "ch", "ш": "sh"},
    **{"щ": "shch", "ю": "ıý", "я": "ıa", "ё": "ıo", "ь": "", "ъ": ""},
}
_2021 = _2018 | {
    **{"ә": "ä", "ғ": "ğ", "ң": "ñ", "ө": "ö", "ү": "ü", "ұ": "ū", "у": "u", "ш": "ş", "и": "i"},
    **{"й": "i", "ю": "iu", "я": "ia", "ё": "io", "щ": "ştş", "ы": "y", "ц": "ts"},
}
_BGN = {"ә": "ä", "ғ": "gh", "қ": "q", "ң": "ng", "ө": "ö", "ұ": "ū", "ү": "ü", "һ": "h", "і": "i"}
_ISO = {"ә": "a̋", "ғ": "ġ", "қ": "ķ", "ң": "ņ", "ө": "ô", "ұ": "u̇", "ү": "ù", "һ": "ḥ", "і": "ì"}


def _by_table(table: dict[str, str]) -> Callable[[str], str]:
    return lambda name: "".join(table[char] for char in name.lower()).title()


def _by_scheme(scheme: Schema, kazakh: dict[str, str]) -> Callable[[str], str]:
    def write(name: str) -> str:
        letters = str.maketrans(
            kazakh | {key.upper(): value.title() for key, value in kazakh.items()}
        )
        return scheme.translate(name).translate(letters)

    return write


STANDARDS: dict[str, Callable[[str], str]] = {
    "ICAO 9303": _by_scheme(iuliia.ICAO_DOC_9303, _PLAIN_KAZAKH),
    "BGN/PCGN": _by_scheme(iuliia.BGN_PCGN, _BGN),
    "ISO 9": _by_scheme(iuliia.ISO_9_1968, _ISO),
    "Kazakh Latin of 2018": _by_table(_2018),
    "Kazakh Latin of 2021": _by_table(_2021),
    **{name: _by_scheme(scheme, _PLAIN_KAZAKH) for name, scheme in iuliia.schemas.items()},
}

_TYPICAL = """Akhmetov Ivanov Petrova Sidorov Кусаинов Жумабаев Сейткалиев Оспанов Тлеубердиев Ибраев Садыков
Касымбеков Мусабеков Абдрахманов Нургалиев Сулейменов Омаров Ахметова Искаков Калиев Байжанов Смагулов
Мухамеджанов Исмаилов Алиев Ковальчук Шевченко Бондаренко Ткаченко Кравченко Мельник Попов Смирнов Кузнецов
Соколов Лебедев Козлов Новиков Морозов Волков Соловьев Васильев Зайцев Павлов Семенов Голубев Виноградов
Богданов Воробьев Schmidt Müller Schneider Weber Fischer Wagner Becker García Martínez López Rossi Ferrari
Dubois Lefebvre Kowalski Nowak Novák Hansen Andersson Yılmaz Kaya Demir Rakhimov Юсупов Каримов Рахматов
Шамсиев Хакимов Машанло Лохун Шиваза Дауров Ма Ван Яковлев Тен Югай Хегай Пак Нам Лигай Абаев Уйгуров
Розыбакиев Масимов Smith Jones O'Brien Mukasheva Tulegenova Zhovtis Satpayev Sarsenbayev"""
TYPICAL = _TYPICAL.split()
_WORDS = """Mir Land May Law Li King Kim Young Park Page Price Grant Church Long White Black Green Day Field
Stone Wood Hill Rose Bell Cook Fox Hall West Banks Best Justice Power State Court Report Case Rule Water Right
Ким Май Мир Мороз Закон Чан Цой Ли Пак Хан Шин Белый Заяц Король Правда Свобода"""
WORDS = _WORDS.split()

# names of more origins, written down when all the rules stood: forms in Russian, and spellings in Latin letters
ORIGINS = {
    "Виктор Шмидт": "Шмидта Шмидту Шмидтом Шмидте",
    "Магомед Эльмурзаев": "Эльмурзаева Эльмурзаеву Эльмурзаевым Эльмурзаеве",
    "Янис Попандопуло": "Попандопуло",
    "Ядвига Вишневская": "Вишневской Вишневскую Вишневскою Вишневские",
    "Эльчин Гусейнзаде": "Гусейнзаде",
    "Ашот Мкртчян": "Мкртчяна Мкртчяну Мкртчяном Мкртчяне Мкртчяны",
    "Рауль Хабибуллин": "Хабибуллина Хабибуллину Хабибуллиным Хабибуллине Хабибуллины",
    "Улукбек Ормонбеков": "Ормонбекова Ормонбекову Ормонбековым Ормонбекове",
    "Леся Загребельная": "Загребельной Загребельную Загребельною",
    "Тамара Заречная": "Заречной Заречную",
    "Осип Галушко": "Галушко",
    "Лейла Ибрагимбейли": "Ибрагимбейли",
    "Пётр Журавель": "Журавля Журавлю Журавлём Журавле",
    "Гузель Миннегалеева": "Миннегалеевой Миннегалееву",
    "Соломон Рабинович": "Рабиновича Рабиновичу Рабиновичем Рабиновиче Рабиновичи",
    "Хаджимурат Алиханов": "Алиханова Алиханову Алихановым Алиханове Алихановы",
    "Аглая Тёмная-Лисицына": "Лисицыной Лисицыну",
    "Ли Чжунсу": "Чжунсу",
    "Мирза Шарипджанов": "Шарипджанова Шарипджанову Шарипджановым Шарипджанове",
}
ORIGINS_LATIN = {
    "Ерасыл Жұмаділов": "Zhumadilov Jumadilov Zhumadylov Dzhumadilov Joumadilov",
    "Гүлнәр Сәрсенбаева": "Sarsenbayeva Sarsenbaeva Sarsenbaewa Särsenbaeva Sarsenbajeva",
    "Дидар Өтегенұлы": "Otegenuly Utegenuly Ötegenuly Otegenulı Oteguenouly",
    "Аружан Бөкейқызы": "Bokeikyzy Bukeykyzy Bökeiqyzy Bokeyqizi Bokeikizi",
    "Шыңғыс Ғабдуллин": "Gabdullin Ghabdullin Gabdulin Gabdoulline",
    "Ақбота Ыдырысова": "Ydyrysova Idirisova Idrisova Ydyryssova Ydyrysowa",
    "Мейірім Тілеуберген": "Tileubergen Tleubergen Tileouberguen Tıleubergen",
    "Магомед Эльмурзаев": "Elmurzaev Elmurzayev Elmurzajew Elmourzaïev El'murzaev",
    "Ядвига Вишневская": "Vishnevskaya Wiszniewska Vishnevskaia Wischnewskaja Vichnevskaïa",
    "Ашот Мкртчян": "Mkrtchyan Mkrtchian Mkrtčyan Mkrtschjan",
    "Соломон Рабинович": "Rabinovich Rabinowitsch Rabinovitch Rabinovič Rabinowicz",
    "Хаджимурат Алиханов": "Alikhanov Alihanov Alichanow Alikhanoff",
    "Гузель Миннегалеева": "Minnegaleeva Minnegaleyeva Minnegalejewa",
}

# names as a register has them, and as their people write or romanize them: Kazakh, Uzbek, Ukrainian, Georgian, Armenian,
# Azerbaijani, Arabic, Persian, Tajik, Vietnamese, Turkish; written down when the key was made
_NATIONAL = """\
Мұхтар Жүргенбаев = Muxtar Jürgenbaev
Қарлығаш Сыздықова = Karlygash Syzdykova
Әсел Үсенқызы = Assel Ussenkyzy
Ғалымжан Шоқанов = Galymzhan Chokanov
Жәмила Құрманғазиева = Jamilya Kurmangaziyeva
Өмірбек Тұрсынхан = Umirbek Tursynkhan
Шахрибону Йўлдошева = Shahribonu Yuldasheva
Ғайрат Нормуҳамедов = G'ayrat Normuhamedov
Зулфия Мўминжонова = Zulfiya Mominjonova
Хуснора Ҳайитбоева = Husnora Hayitboyeva
Бобур Қўчқоров = Bobur Qo'chqorov
Феруза Ташмухамедова = Feruza Toshmuhamedova
Олексій Хоменчук = Oleksii Khomenchuk
Оксана Пригодій = Oksana Pryhodii
Геннадій Загребельний = Hennadii Zahrebelnyi
Світлана Журжій = Svitlana Zhurzhii
Владимир Гречанюк = Volodymyr Hrechaniuk
Ігор Яцишен = Ihor Yatsyshen
Наталья Григоренко = Nataliia Hryhorenko
ნინო წერეთელი = Nino Tsereteli
გიორგი ღოღობერიძე = Giorgi Ghoghoberidze
Цотне Джинчарадзе = Tsotne Jincharadze
Хатуна Чкония = Khatuna Ch'q'onia
ლაშა ხუციშვილი = Lasha Khutsishvili
Мзия Джугели = Mzia Jugheli
Արամ Հովսեփյան = Aram Hovsepyan
Նարինե Ղազարյան = Narine Ghazaryan
Ашот Оганнисян = Ashot Hovhannisyan
Шогер Мхитарян = Shogher Mkhitaryan
Ваге Джанджугазян = Vahe Janjughazyan
Севиндж Османкызы = Sevinc Osmanqızı
Таргюль Аллахвердиева = Tərgül Allahverdiyeva
Рашад Ибишбейли = Rəşad İbişbəyli
Гюльнара Джафарова = Gülnarə Cəfərova
Ихтияр Агаджанов = İxtiyar Ağacanov
سمير القاسمي = Samir El Kacemi
نورة الغامدي = Noura Alghamdi
ليلى بن جلون = Leila Benjelloun
طارق أبو زيد = Tarek Abou Zeid
خالد المطيري = Khaled Al-Mutairi
زينب التميمي = Zaynab al-Tamimi
عبد الله الدوسري = Abdullah Aldosari
Ahmed Chaouki = Ahmad Shawqi
Хусейн Аль-Хусейни = Hussain Al Husseini
نرگس ستوده‌فر = Narges Sotoudehfar
مهدی کروبیان = Mehdi Karroubian
فرهاد خسروی = Farhad Khosravi
ژیلا بنی‌عامر = Jila Baniamer
Шахло Абдурахмонова = Shahlo Abdurahmonova
Gholamali Khoshroo = Qulamali Xoşru
Манучехр Ятимзода = Manuchehr Yatimzoda
Phạm Đoan Trâm = Pham Doan Tram
Bùi Thị Thiện Căn = Bui Thi Thien Can
Võ Nguyễn Quỳnh = Vo Nguyen Quynh
Gülşen Işıközlü = Gulsen Isikozlu
Нуршат Кылычкая = Nurşat Kılıçkaya
Tuğçe Kayacıoğlu = Tugche Kayadzhioglu
Мехмет Гючлютюрк = Mehmet Güçlütürk
Джейда Йылмазер = Ceyda Yılmazer
Hatice Çiçekdağı = Khatidzhe Chichekdagy
"""
NATIONAL = dict(line.split(" = ") for line in _NATIONAL.splitlines())
