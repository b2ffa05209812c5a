"""What a hostile co-author can write: it is refused with its place, or comes out as plain text."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from conftest import REPORT, Tiny
from documents import page, pdf_text, tool
from outputs import MARKUP, everything
from PIL import Image

from shadowreport import console
from shadowreport.checks import check
from shadowreport.console import FORMS
from shadowreport.core.problems import Diagnostic
from shadowreport.core.register import Person, Register
from shadowreport.core.report import Place
from shadowreport.load import load
from shadowreport.outgoing import silent

CANARY = "7hirtyCanariesSangInTheMine"
SOURCES = "references:\n- {id: known, type: report, title: A known report, issued: 2016}\n"
PAYLOADS = [
    line.replace("\\n", "\n")
    for line in (Path(__file__).parent / "hostile" / "payloads.txt").read_text("utf-8").splitlines()
    if not line.startswith("# ")
]
POSITIONS = {
    "start": "{payload}\n",
    "inside": "Some words {payload} and more of them.\n",
    "list": "Some words.\n\n- {payload}\n- another\n",
    "quotation": "Some words.\n\n> {payload}\n",
    "table": "Some words.\n\n|one|two|\n|-|-|\n|{payload}|x|\n",
    "footnote": "Some words.[^f]\n\n[^f]: {payload}\n",
    "heading": "## {payload}\n\nSome words.\n",
    "recommendation": "Some words.\n\n::: recommendations\n{payload}\n:::\n",
    "emphasis": "Some words *{payload}* and **more**.\n",
}


@dataclass
class Listener:
    """A server on this machine that nothing should call."""

    socket: socket.socket
    calls: list[Any] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def listen(self) -> None:
        while True:
            try:
                connection, caller = self.socket.accept()
            except OSError:
                return
            self.calls.append(caller)
            connection.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    server = Listener(socket.create_server(("127.0.0.1", 0)))
    threading.Thread(target=server.listen, daemon=True).start()
    yield server
    server.socket.close()


def _errors(found: list[Diagnostic]) -> list[Diagnostic]:
    return [item for item in found if item.severity == "error"]


def _problems(project: Path) -> list[Diagnostic]:
    report, found = load(project)
    return [*found, *(check(report) if report else [])]


@dataclass
class Attack:
    """All fragments at once: those that were refused, by file, and the report of the others."""

    tiny: Tiny
    refused: dict[str, Diagnostic]
    fragments: dict[str, tuple[str, str]]
    listener: Listener

    @property
    def build(self) -> Path:
        return self.tiny.project / "build"


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory, listener: Listener) -> Attack:
    tiny = Tiny(tmp_path_factory.mktemp("attack"))
    canary = tiny.write("canary.txt", CANARY)
    tiny.write("references/sources.yaml", SOURCES)
    fragments: dict[str, tuple[str, str]] = {}
    for nth, payload in enumerate(PAYLOADS):
        text = payload.replace("CANARY", str(canary)).replace("URL", listener.address)
        for mth, (position, form) in enumerate(POSITIONS.items()):
            if (nth + mth) % 2:  # each payload in every other position: enough, and half the time
                continue
            if payload.startswith("= ") and position in ("list", "footnote"):
                continue  # see test_a_sign_of_typst_stays_text below
            name = f"{1000 + nth}-{position}-{mth}-{nth}"
            tiny.section(
                name, form.replace("{payload}", text), f"title: Section {nth} {position}\nlevel: 1"
            )
            fragments[f"sections/{name}.md"] = (position, payload)
    refused: dict[str, Diagnostic] = {}
    while found := {item.place.file: item for item in reversed(_errors(_problems(tiny.project)))}:
        for file in found:  # the checks say more once everything can be read
            (tiny.project / file).unlink()
        refused |= found
    result = tiny.build()
    assert result.succeeded, [str(item) for item in _errors(list(result.diagnostics))[:10]]
    return Attack(tiny, refused, fragments, listener)


def test_there_are_many_fragments_and_each_is_refused_by_name_or_built(attack: Attack) -> None:
    assert len(attack.fragments) >= 300
    assert attack.refused.keys() <= attack.fragments.keys(), (
        "something else than a fragment was refused"
    )
    built = json.loads((attack.build / "tiny.json").read_bytes())
    kept = {section["file"] for section in built["sections"]}
    assert kept | attack.refused.keys() == attack.fragments.keys()
    assert not kept & attack.refused.keys()
    assert len(kept) > 100
    assert len(attack.refused) > 100


def test_a_refusal_names_the_line_of_the_fragment(attack: Attack) -> None:
    for file, item in attack.refused.items():
        assert item.place.line >= 5, file
        assert item.message, file


def test_no_fragment_reads_a_file(attack: Attack) -> None:
    wanted = [CANARY.encode(), CANARY.encode("utf-16-le"), base64.b64encode(CANARY.encode())[4:-4]]
    found = [
        name for name, data in everything(attack.build) if any(word in data for word in wanted)
    ]
    assert found == []


def test_no_fragment_opens_a_connection(attack: Attack) -> None:
    assert attack.listener.calls == []
    with socket.create_connection(attack.listener.socket.getsockname()):  # the trap works
        pass


@pytest.mark.parametrize("kind", MARKUP)
def test_no_fragment_becomes_markup(attack: Attack, kind: str) -> None:
    assert list(MARKUP[kind](attack.build / f"tiny.{kind}"))[:5] == []


def test_no_fragment_makes_a_heading_of_its_own(attack: Attack) -> None:
    tree = page(attack.build / "tiny.html")
    written = sum(
        position == "heading"
        for file, (position, _) in attack.fragments.items()
        if file not in attack.refused
    )
    sections = len(attack.fragments) - len(attack.refused)
    assert len(tree.xpath("//main//h2 | //main//h3 | //main//h4")) == sections + written + bool(
        tree.xpath("//*[@id='notes']")
    )


def test_code_of_other_languages_is_printed_as_it_was_typed(attack: Attack) -> None:
    text = " ".join(page(attack.build / "tiny.html").text_content().split())
    for typed in (
        "{{ 7 * 7 }}",
        "/* a comment */ seen",
        "= Forged heading",
        "#eval(“read(",
        "]]> ",
    ):
        assert typed in text
    pdf = " ".join(pdf_text(attack.build / "tiny.pdf").split())
    for typed in (
        "{{ 7 * 7 }}",
        "/* a comment */ seen",
        "= Forged heading",
        "#set page(fill: black)",
    ):
        assert typed in pdf


def test_a_sign_of_typst_stays_text(tiny: Tiny) -> None:
    signs = ["== Forged", "\\- forged", "\\+ forged", "/ forged: x", "1\\. forged"]
    for nth, sign in enumerate(signs):
        tiny.section(
            f"{100 + nth}-s{nth}",
            f"Words [{sign}](https://example.org).[^f]\n\n- {sign}\n\n[^f]: {sign}\n",
        )
    assert tiny.build("pdf").succeeded
    text = pdf_text(tiny.project / "build" / "tiny.pdf")
    assert [text.count(sign.replace("\\", "")) for sign in signs] == [3] * len(signs)


# --- values of YAML files -----------------------------------------------------------------------

SPECIALS = """<b>&amp;"'</b> #read("x") $x$ *a* _b_ `c` @par-x [y](javascript:1) {{ 7 * 7 }} {% x %} \\n </w:t> = // /* ~ ]] <x> ]]>"""


def test_values_of_yaml_files_are_printed_as_they_were_typed(tiny: Tiny) -> None:
    value = json.dumps(SPECIALS)
    report = REPORT.replace(
        "title: A tiny report",
        f"title: {value}\nsubtitle: {value}\nshort_title: {value}\nsession: {value}\npublication: {value}",
    )
    report = report.replace("{name: Kazakhstan}", f"{{name: {value}}}").replace(
        "name: First Organization", f"name: {value}, description: {value}"
    )
    tiny.write(
        "sections/report.yaml",
        report
        + f"abbreviations: {{X: {value}}}\nannexes: [abbreviations, sources, recommendations]\ncontacts: [{{name: {value}}}]\n",
    )
    tiny.write(
        "references/cerd-2014.yaml",
        f'committee: CERD\nsymbol: {value}\ncycle: "2014"\nheading: {{en: {value}}}\nrecommendations:\n  "6": {{text: {value}}}\n',
    )
    fields = (
        "title",
        "note",
        "publisher",
        "number",
        "container-title",
        "medium",
        "genre",
        "archive",
        "abstract",
        "annote",
        "event",
    )
    source = ", ".join(f"{name}: {value}" for name in fields)
    tiny.write(
        "references/sources.yaml",
        f"references:\n- {{id: known, type: report, author: [{{literal: {value}}}], {source}}}\n",
    )
    tiny.section(
        "100-a",
        "Some words [@known].\n",
        f"title: {value}\nlevel: 1\nrecommendations: [[cerd-2014/6]]",
    )
    result = tiny.build()
    assert result.succeeded, [str(item) for item in result.diagnostics]
    for kind, look in MARKUP.items():
        assert list(look(tiny.project / "build" / f"tiny.{kind}")) == [], kind
    text = " ".join(page(tiny.project / "build" / "tiny.html").text_content().split())
    assert text.count("$x$ *a* _b_ `c` @par-x [y](javascript:1) {{ 7 * 7 }} {% x %}") >= 10
    pdf = " ".join(pdf_text(tiny.project / "build" / "tiny.pdf").split())
    assert "$x$ *a* _b_ `c` @par-x" in pdf and "{{ 7 * 7 }} {% x %}" in pdf


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host/x",
        "https://un.org@127.0.0.1/",
        "https://a b",
        'https://a.org/"x',
    ],
)
def test_a_bad_address_in_settings_or_sources_is_no_link(tiny: Tiny, address: str) -> None:
    tiny.section("100-a", "Some words [@known].\n")
    value = json.dumps(address)
    tiny.write(
        "references/sources.yaml",
        f"references:\n- {{id: known, type: webpage, title: A page, URL: {value}, DOI: {value}}}\n",
    )
    first = tiny.build()
    tiny.write("references/sources.yaml", SOURCES)
    tiny.write(
        "sections/report.yaml",
        REPORT.replace("name: First Organization", f"name: First, url: {value}"),
    )
    for result, file in (
        (first, "references/sources.yaml"),
        (tiny.build(), "sections/report.yaml"),
    ):
        if result.succeeded:  # citeproc prints some addresses as text
            for kind, look in MARKUP.items():
                assert list(look(tiny.project / "build" / f"tiny.{kind}")) == [], kind
        else:
            assert file in [item.place.file for item in _errors(list(result.diagnostics))]


FRONT_MATTER = {
    "an alias": "title: &a x\nauthors: [*a]",
    "an alias bomb": "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: *c",
    "a tag": "title: !!python/object/apply:os.system [id]",
    "a local tag": "title: !include /etc/passwd",
    "a directive": "%YAML 1.1\ntitle: x",
    "an unknown key": "title: x\nbibliography: /etc/passwd",
    "pandoc's metadata": "title: x\nheader-includes: x",
    "a merge": "title: x\n<<: {level: 1}",
    "a turned title": 'title: "a \\u202e b"',
    "a control character": 'title: "a \\x1b[2J b"',
    "half a pair": 'title: "\\ud800"',
    "a noncharacter": 'title: "\\uffff"',
    "a list for a title": "title: [x]",
    "a map for a title": "title: {a: b}",
    "no title": "level: 2",
    "twice": "title: x\ntitle: y",
    "a list": "- x",
    "a word": "x",
    "a far level": "title: x\nlevel: 99999999999999999999999",
    "a bad date": "title: 2022-99-99\nbudget: x",
    "a path for an author": "title: x\nauthors: [../../etc]",
    "a path for a recommendation": "title: x\nrecommendations: [[../../etc/passwd]]",
    "null": "title: ~",
    "deep": "title: " + "[" * 3000,
    "too long": "title: " + "x" * 70_000,
    "many keys": "title: x\n" + "".join(f"k{n}: v\n" for n in range(4000)),
}


@pytest.mark.parametrize("front", FRONT_MATTER.values(), ids=FRONT_MATTER.keys())
def test_hostile_front_matter_is_refused_by_name(tiny: Tiny, front: str) -> None:
    tiny.section("100-good", "Some words.\n")
    tiny.section("200-bad", "Some words.\n", front)
    found = _errors(_problems(tiny.project))
    assert {item.place.file for item in found} == {"sections/200-bad.md"}


# --- files --------------------------------------------------------------------------------------

NAMES = [
    "100-CON.md", "100-a b.md", "..md", "100-ä.md", "100-a\u0308.md", "100-a'.md", '100-".md', "100-<b>.md", "100-a\nb.md",
    "100-\x1b[2J.md", "100-\u202egnp.md", "-rf.md", "--help.md", "100-$(id).md", "100-a.md.md", "100-" + "a" * 200 + ".md", "100-" + "a-" * 60 + "a.md",
]  # fmt: skip


def test_hostile_file_names_are_refused(tiny: Tiny) -> None:
    for name in NAMES:
        (tiny.project / "sections" / name).write_text(
            "---\ntitle: x\n---\n\nSome words.\n", "utf-8"
        )
    tiny.section("300-good", "Some words.\n")
    refused = {
        item.place.file.removeprefix("sections/") for item in _errors(_problems(tiny.project))
    }
    assert set(NAMES) <= refused | {""}
    assert "300-good.md" not in refused


@pytest.mark.skipif(
    os.name == "nt", reason="Windows has neither FIFOs nor, for most users, symbolic links"
)
@pytest.mark.parametrize(
    "name",
    [
        "sections/200-x.md",
        "sections/report.yaml",
        "references/cerd-2014.yaml",
        "references/sources.yaml",
        "references/terms.yaml",
    ],
)
@pytest.mark.parametrize("kind", ["link", "fifo", "folder", "device"])
def test_only_regular_files_are_read(tiny: Tiny, name: str, kind: str) -> None:
    tiny.section("100-a", "Some words.\n")
    path = tiny.project / name
    secret = tiny.write(
        "secret", path.read_text("utf-8") if path.exists() else f"---\ntitle: {CANARY}\n---\n\nx\n"
    )
    path.unlink(missing_ok=True)
    if kind == "link":
        path.symlink_to(secret)
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    found = _errors(_problems(tiny.project))
    assert found
    assert {item.place.file for item in found} <= {
        name,
        "sections/report.yaml",
        "sections/100-a.md",
    }


def test_a_template_that_is_a_link_to_elsewhere_is_refused(tiny: Tiny) -> None:
    tiny.section("100-a", "Some words.\n")
    secret = tiny.write("secret", CANARY)
    (tiny.project / "templates").mkdir()
    (tiny.project / "templates" / "cover.html.j2").symlink_to(secret)
    result = tiny.build()
    assert [item.code for item in _errors(list(result.diagnostics))] == ["unreadable-file"]
    assert not list(tiny.project.glob("build/tiny.*"))


@pytest.mark.parametrize(
    "persons", [{}, {"teacher": Person("teacher", {"en": "Zarina Vydumkina"})}]
)
@pytest.mark.parametrize("form", FORMS)
def test_a_file_name_gives_no_orders_to_the_terminal_or_to_github(
    form: str, persons: dict[str, Person], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    console.withhold(silent(tmp_path, Register(persons)))
    name = "sections/\x1b]0;x\x07\udcff\n::stop-commands::x,line=9.md"
    console.diagnostics(
        [Diagnostic("bad-file-name", Place(name), "a message\x1b[2J\u202e\n::error::x")], form
    )
    printed = capsys.readouterr().out
    printed.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", printed)
    assert not re.search("^::(?!error file=)", printed, re.MULTILINE)


# --- images -------------------------------------------------------------------------------------


def _picture(kind: str, **options: Any) -> bytes:
    stored = io.BytesIO()
    image = Image.new("RGB", (40, 20), "white")
    image.paste("red", (0, 0, 20, 20))
    image.save(stored, kind, **options)
    return stored.getvalue()


def _place_of_a_person() -> Image.Exif:
    exif = Image.Exif()
    exif[0x013B] = CANARY  # artist
    exif[0x010E] = CANARY  # description
    exif[0x0112] = 6  # held upright
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = CANARY
    return exif


def test_pictures_lose_their_metadata_and_keep_their_way_up(tiny: Tiny) -> None:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", CANARY)
    told.add_itxt("XML:com.adobe.xmp", CANARY)
    told.add_text("Comment", CANARY, zip=True)
    files = {
        "a.jpg": _picture(
            "JPEG", exif=_place_of_a_person(), comment=CANARY.encode(), icc_profile=CANARY.encode()
        ),
        "b.png": _picture(
            "PNG", exif=_place_of_a_person(), pnginfo=told, icc_profile=CANARY.encode()
        ),
        "c.jpg": _picture("MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))]),
        "d.png": _picture("PNG") + CANARY.encode(),
        "e.jpg": _picture("JPEG") + CANARY.encode(),
    }
    for name, data in files.items():
        (tiny.project / "sections" / name).write_bytes(data)
    tiny.section(
        "100-a", "".join(f"Some words ![a red square]({name}) here.\n\n" for name in files)
    )
    result = tiny.build()
    assert result.succeeded, [str(item) for item in result.diagnostics]
    assert [
        name for name, data in everything(tiny.project / "build") if CANARY.encode() in data
    ] == []
    report, _ = load(tiny.project)
    assert report
    assert (report.images["a.jpg"].width, report.images["a.jpg"].height) == (20, 40)
    assert (report.images["d.png"].width, report.images["d.png"].height) == (40, 20)


def _bomb() -> bytes:
    """A PNG of 60,000 x 60,000 pixels in a few hundred bytes: only its head."""
    import struct
    import zlib

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9000))
        + chunk(b"IEND", b"")
    )


BAD_PICTURES = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "svgz": b"\x1f\x8b\x08\x00",
    "gif": _picture("GIF"),
    "bmp": _picture("BMP"),
    "tiff": _picture("TIFF"),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n",
    "pdf": b"%PDF-1.7\n",
    "html": b"<script>alert(1)</script>",
    "empty": b"",
    "cut png": _picture("PNG")[:60],
    "cut jpeg": _picture("JPEG")[:300],
    "bomb": _bomb(),
    "broken png": _picture("PNG")[:40] + b"\xff" * 60,
    "text": CANARY.encode(),
}


def test_what_is_no_picture_is_refused_by_name(tiny: Tiny) -> None:
    for nth, data in enumerate(BAD_PICTURES.values()):
        (tiny.project / "sections" / f"p{nth}.png").write_bytes(data)
        tiny.section(f"{100 + nth}-s{nth}", f"Some words ![a picture](p{nth}.png) here.\n")
    found = _errors(_problems(tiny.project))
    assert {item.place.file for item in found} == {
        f"sections/{100 + nth}-s{nth}.md" for nth in range(len(BAD_PICTURES))
    }
    assert {item.code for item in found} == {"bad-image"}


def test_a_picture_comes_from_the_folder_of_the_sections_alone(tiny: Tiny) -> None:
    secret = tiny.write("secret.png", "")
    secret.write_bytes(_picture("PNG"))
    (tiny.project / "sections" / "link.png").symlink_to(secret)
    (tiny.project / "sections" / "folder").symlink_to(tiny.project)
    os.mkfifo(tiny.project / "sections" / "fifo.png")
    wanted = [
        "link.png",
        "folder/secret.png",
        "../secret.png",
        str(secret),
        "fifo.png",
        "a%00b.png",
        ".",
        "report.yaml",
        "C:/x.png",
    ]
    for nth, name in enumerate(wanted):
        tiny.section(f"{100 + nth}-s{nth}", f"Some words ![a picture]({name}) here.\n")
    found = _errors(_problems(tiny.project))
    assert len({item.place.file for item in found}) == len(wanted), [str(item) for item in found]


# --- what nobody sees ---------------------------------------------------------------------------

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("form", ["{}", "&#x{:04x};"], ids=["typed", "as an entity"])
def test_characters_that_turn_the_direction_are_flagged_in_their_line(
    tiny: Tiny, form: str
) -> None:
    for nth, character in enumerate(BIDI):
        typed = form.format(character if form == "{}" else ord(character))
        tiny.section(f"{100 + nth}-s{nth}", f"Some words.\n\nMore words {typed} here.\n")
    found = _errors(_problems(tiny.project))
    assert [(item.code, item.place.line) for item in found] == [("control-character", 8)] * len(
        BIDI
    )


SCRIPTS = {
    "Latin": "Ærøskøbing façade Łódź žluťoučký",
    "Cyrillic": "Қазақстан Республикасы Ғылым Ұлы Үйсін",
    "Greek": "Ελληνική Δημοκρατία",
    "Vietnamese": "Việt Nam dân chủ",
    "Armenian": "Հայաստան",
    "Georgian": "საქართველო",
    "Hebrew": "ישראל",
    "Arabic": "العربية",
    "Devanagari": "भारत",
    "Thai": "ประเทศไทย",
    "Chinese": "中华人民共和国",
    "Korean": "대한민국",
    "Uyghur": "ئۇيغۇر",
    "Amharic": "ኢትዮጵያ",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_comes_out_of_the_pdf_as_it_went_in_or_by_its_codes(tiny: Tiny, name: str) -> None:
    import unicodedata

    tool("pdftotext", "poppler-utils")
    text = SCRIPTS[name]
    tiny.section("100-a", f"Some words.\n\nIn its own script: {text}.\n")
    result = tiny.build("pdf")
    assert result.succeeded
    missing = [item for item in result.diagnostics if item.code == "missing-glyph"]
    if not missing:
        # poppler marks the parts that run from right to left
        shown = re.sub("[\u202a-\u202e]", "", pdf_text(tiny.project / "build" / "tiny.pdf"))
        shown = unicodedata.normalize("NFC", shown)
        assert unicodedata.normalize("NFC", text).split() == [
            word for word in shown.replace(".", " ").split() if word in text.split()
        ]
        return
    assert {(item.place.file, item.place.line) for item in missing} == {("sections/100-a.md", 8)}
    codes = re.findall(r"\[(U\+\w+)\]", " ".join(item.message for item in missing))
    assert codes
    shown = pdf_text(tiny.project / "build" / "tiny.pdf")
    assert all(code in shown for code in codes)
