"""Bad and harmful Word files: a clear error or a harmless import, and nothing left behind."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from word_files import WordFile, changed

from shadowreport.core.problems import Failure
from shadowreport.importing import ImportOptions, import_report
from shadowreport.load import load

TEXT = "The authorities gave no information on this matter in the years under review."
DOCUMENT = "word/document.xml"
RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def report() -> WordFile:
    """A small report as people write it."""
    word = WordFile()
    word.heading("General")
    for number in range(1, 4):
        word.text(f"{number}. {TEXT}")
    return word


@pytest.fixture
def docx(tmp_path: Path) -> Path:
    return report().save(tmp_path / "report.docx")


def error_of(file: Path, options: ImportOptions | None = None) -> str:
    """The code of the error with which an import ends; the folder beside must stay as it was."""
    before = sorted(file.parent.rglob("*"))
    with pytest.raises(Failure) as caught:
        import_report(file, file.parent / "project", options)
    assert sorted(file.parent.rglob("*")) == before
    assert all(item.message and item.place.file for item in caught.value.diagnostics)
    assert {item.severity for item in caught.value.diagnostics} == {"error"}
    return caught.value.diagnostics[-1].code


# --- other kinds of files -------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: str) -> bytes:
    """A zip archive of texts by name; two underscores stand for a slash, one for a point."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "word-not-docx"),
        (b"Just a letter.", "word-not-docx"),
        (b"{\\rtf1\\ansi hello}", "word-not-docx"),
        (b"%PDF-1.7 ...", "word-not-docx"),
        (b"<!DOCTYPE html><html></html>", "word-not-docx"),
        (b"<?xml version='1.0'?><pkg:package/>", "word-not-docx"),
        (OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le"), "word-not-docx"),
        (OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "word-encrypted"),
        (b"PK\x03\x04 and then nothing", "word-damaged"),
        (zipped(hello_txt="hello"), "word-not-docx"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "word-not-docx"),
        (os.urandom(5000), "word-not-docx"),
    ],
)
def test_other_kinds_of_files_get_a_clear_error(tmp_path: Path, data: bytes, code: str) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(data)
    assert error_of(file) == code


def test_a_file_that_is_none_gets_a_clear_error(tmp_path: Path) -> None:
    assert error_of(tmp_path / "nowhere.docx") == "missing-file"
    (tmp_path / "folder.docx").mkdir()
    assert error_of(tmp_path / "folder.docx") == "word-not-docx"
    os.mkfifo(tmp_path / "pipe.docx")
    assert error_of(tmp_path / "pipe.docx") == "unreadable-file"


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_truncated_file_is_damaged(docx: Path, share: float) -> None:
    data = docx.read_bytes()
    docx.write_bytes(data[: int(len(data) * share)])
    assert error_of(docx) == "word-damaged"


# --- packages -------------------------------------------------------------------------------------

Change = Callable[[dict[str, bytes]], None]


def put(name: str, text: str | bytes) -> Change:
    """Sets a part."""

    def change(parts: dict[str, bytes]) -> None:
        parts[name] = text if isinstance(text, bytes) else text.encode()

    return change


def replace(name: str, old: str, new: str) -> Change:
    """Replaces a text in a part, which must hold it."""

    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[name], old
        parts[name] = parts[name].replace(old.encode(), new.encode())

    return change


def remove(name: str) -> Change:
    """Takes a part out."""

    def change(parts: dict[str, bytes]) -> None:
        del parts[name]

    return change


def refer(kind: str, target: str, part: str = RELS, mode: str = "External") -> Change:
    """Adds a relationship."""
    new = f'<Relationship Id="rIdX" Type="{REL}{kind}" Target="{target}" TargetMode="{mode}"/>'
    return replace(part, "</Relationships>", new + "</Relationships>")


def body(xml: str) -> Change:
    """A document whose body is this."""
    return put(DOCUMENT, f"<w:document {W}><w:body>{xml}</w:body></w:document>")


ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f"<w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)
TEMPLATE_RELS = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"{}"}</Relationships>'
ATTACHED = (
    f'<Relationship Id="r1" Type="{REL}attachedTemplate" Target="{"{}"}" TargetMode="External"/>'
)


def template(target: str) -> Change:
    """Settings that attach a template."""
    text = TEMPLATE_RELS.format(ATTACHED.format(target))
    return put("word/_rels/settings.xml.rels", text)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (remove(DOCUMENT), "word-damaged"),
        (remove("_rels/.rels"), "word-damaged"),
        (remove(TYPES), "word-not-docx"),
        (put(DOCUMENT, "<w:document"), "word-damaged"),
        (put(DOCUMENT, "\0\0\0"), "word-damaged"),
        (put("word/styles.xml", "no xml"), "word-damaged"),
        (put(DOCUMENT, ENTITIES), "word-damaged"),
        (put(DOCUMENT, ENTITIES.encode("utf-16")), "word-damaged"),
        (put("word/numbering.xml", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'), "word-damaged"),
        (put("word/vbaProject.bin", b"code"), "word-macros"),
        (
            replace(TYPES, "wordprocessingml.document.main", "macroEnabled.document.main"),
            "word-macros",
        ),
        (replace(TYPES, "wordprocessingml.document", "spreadsheetml.sheet"), "word-not-docx"),
        (template("https://example.org/evil.dotm"), "word-external"),
        (template("\\\\\\\\example.org\\\\share\\\\evil.dotm"), "word-external"),
        (template("file://example.org/share/evil.dotm"), "word-external"),
        (body("<w:p/>" * 12_000), "word-too-large"),
        (body("<w:p/>" * 700_000), "word-too-large"),
        (body("<w:p><w:r>" * 300), "word-damaged"),
        (body("<w:sdt><w:sdtContent>" * 200 + "</w:sdtContent></w:sdt>" * 200), "word-damaged"),
        (body(f"<w:p><w:r><w:t>{'a' * 40_000_000}</w:t></w:r></w:p>"), "word-too-large"),
        (
            body(
                "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='99999999'/></w:tcPr><w:p/></w:tc>"
                "</w:tr></w:tbl>"
            ),
            "word-too-large",
        ),
        (body(""), "import-nothing"),
        (body("<w:p/><w:p/>"), "import-nothing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_harmful_packages_are_refused(docx: Path, change: Change, code: str) -> None:
    changed(docx, docx, change)
    assert error_of(docx) == code


def test_many_parts_and_parts_of_one_name_are_refused(docx: Path) -> None:
    with zipfile.ZipFile(docx, "a") as archive:
        for number in range(4_100):
            archive.writestr(f"word/media/{number}.bin", b"")
    assert error_of(docx) == "word-too-large"
    report().save(docx)
    with pytest.warns(UserWarning), zipfile.ZipFile(docx, "a") as archive:
        archive.writestr("word/document.xml", b"<w:document/>")
    assert error_of(docx) == "word-damaged"


def test_a_part_that_is_larger_than_the_directory_says_is_refused(docx: Path) -> None:
    data = bytearray(docx.read_bytes())
    at = data.rfind(b"PK\x01\x02")  # the last entry of the directory: its sizes stand at 20 and 24
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    docx.write_bytes(bytes(data))
    try:
        import_report(docx, docx.parent / "project")
    except Failure as failure:
        assert failure.diagnostics[0].code in ("word-damaged", "word-too-large")


def test_an_encrypted_entry_is_refused(docx: Path) -> None:
    data = bytearray(docx.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    docx.write_bytes(bytes(data))
    assert error_of(docx) == "word-encrypted"


# --- harmful, but it can be made harmless ---------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (template("file:///C:/Users/ann/Report.dotm"), "refers to something outside"),
        (refer("image", "http://example.org/track.png"), "refers to something outside"),
        (refer("oleObject", "file:///etc/passwd"), "refers to something outside"),
        (refer("subDocument", "other.docx"), "refers to something outside"),
        (
            replace(DOCUMENT, "<w:body>", '<w:body><w:altChunk r:id="rId1"/>'),
            "a text of another format",
        ),
    ],
)
def test_what_points_outside_is_named_and_not_fetched(
    docx: Path, change: Change, words: str
) -> None:
    changed(docx, docx, change)
    result = import_report(docx, docx.parent / "project")
    assert any(words in item.message for item in result.diagnostics)
    assert words in (docx.parent / "project" / "import-report.md").read_text()


def test_links_of_other_schemes_lose_their_target(tmp_path: Path) -> None:
    word = report()
    for address in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "\\\\host\\share",
        "data:text/html,x",
    ):
        word.link(word.text("Look at "), address, "this page")
    result = import_report(word.save(tmp_path / "a.docx"), tmp_path / "project")
    source = (tmp_path / "project" / "sections" / "100-general.md").read_text()
    assert source.count("Look at this page") == 4
    assert "javascript" not in source
    assert sum(item.code == "import-link" for item in result.diagnostics) == 4
    assert load(tmp_path / "project")[1] == []


def test_markup_in_the_text_stays_text(tmp_path: Path) -> None:
    word = report()
    for text in (
        "::: recommendations",
        "{#general} and {.continued}",
        "<script>alert(1)</script> ```{=html} x```",
        "[x](javascript:1) ![y](/etc/passwd)",
        "@par-nothing and [@key] and [^1]",
        "---",
        "title: x",
        "| a | b |",
        ": a definition",
        "    indented",
        "\\newcommand{\\x}{y} $x^2$",
        "* * *",
        "1986\\. A great year",
    ):
        word.text(text)
    import_report(word.save(tmp_path / "a.docx"), tmp_path / "project")
    report_, problems = load(tmp_path / "project")
    assert [item.code for item in problems] == []
    assert report_ is not None
    section = report_.sections[0]
    assert len(list(section.boxes())) == 0
    assert section.images == () and section.mentions == ()


def test_control_characters_and_directions_are_dropped(tmp_path: Path) -> None:
    word = report()
    word.text("4. Left \u202eright\u202c and \u2066so\u2069 on.")
    import_report(word.save(tmp_path / "a.docx"), tmp_path / "project")
    assert load(tmp_path / "project")[1] == []


@pytest.mark.parametrize(
    "change",
    [
        replace(
            DOCUMENT, "<w:body>", '<w:body><w:p><w:pPr><w:pStyle w:val="Nowhere"/></w:pPr></w:p>'
        ),
        replace("word/styles.xml", 'w:styleId="Normal"', 'w:styleId="Normal2"'),
        put(
            "word/styles.xml",
            f'<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="A"><w:name w:val="A"/>'
            '<w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B">'
            '<w:basedOn w:val="A"/></w:style></w:styles>',
        ),
        put(
            "word/numbering.xml",
            f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="X"/>'
            '<w:lvl w:ilvl="99"><w:start w:val="99999999999999999999"/></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>',
        ),
        replace(
            DOCUMENT,
            "<w:body>",
            '<w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="-4"/><w:numId w:val="5"/></w:numPr></w:pPr>'
            "<w:r><w:t>Odd.</w:t></w:r></w:p>",
        ),
        replace(
            DOCUMENT,
            "<w:body>",
            "<w:body><w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 3_000 + "</w:p>",
        ),
        replace(
            DOCUMENT, "<w:body>", '<w:body><w:p><w:r><w:footnoteReference w:id="77"/></w:r></w:p>'
        ),
        replace(
            DOCUMENT,
            "<w:body>",
            "<w:body><w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl><w:tbl/>",
        ),
        replace(
            DOCUMENT, "<w:body>", '<w:body><w:p><w:r><w:sym w:font="x" w:char="zz"/></w:r></w:p>'
        ),
        replace(
            DOCUMENT,
            "<w:body>",
            "<w:body>" + "<w:tbl><w:tr><w:tc>" * 20 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 20,
        ),
        refer("footnotes", "../../../../etc/passwd", mode="Internal"),
        refer("comments", "nowhere.xml", mode="Internal"),
    ],
    ids=range(12),
)
def test_odd_files_come_in_or_fail_clearly(docx: Path, change: Change) -> None:
    changed(docx, docx, change)
    import_report(docx, docx.parent / "project")
    report_, problems = load(docx.parent / "project")
    assert report_ is not None
    assert problems == []
    files = (docx.parent / "project" / "sections").glob("*.md")
    assert any(TEXT in file.read_text() for file in files)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ab" * 1500, 1),
        ("***" * 900, 1),
        ("words " * 5000, 0),
        (f"{'x' * 2500} and {'y' * 4000}", 2),
    ],
    ids=["word", "signs", "line", "words"],
)
@pytest.mark.parametrize("where", ["heading", "text", "item", "cell"])
def test_what_is_longer_than_a_section_may_hold_is_divided(
    tmp_path: Path, text: str, words: int, where: str
) -> None:
    word = report()
    if where == "heading":
        word.heading(text)
        word.text(f"4. {TEXT}")
    elif where == "cell":
        word.document.add_table(rows=2, cols=2).cell(0, 1).text = text
    else:
        word.text(f"- {text}" if where == "item" else f"4. {text}")
        word.text("- other" if where == "item" else f"5. {TEXT}")
    result = import_report(word.save(tmp_path / "report.docx"), tmp_path / "project")
    loaded, problems = load(tmp_path / "project")
    assert loaded and [item for item in problems if item.severity == "error"] == []
    told = [item.message for item in result.diagnostics if "were divided" in item.message]
    assert told == ([f"words of more than 2,000 letters were divided: {words}"] if words else [])
    back = "".join("".join(section.source.split()) for section in loaded.sections)
    assert "".join(text.split()).replace("*", "\\*") in back


def test_one_note_with_many_marks_is_written_once(tmp_path: Path) -> None:
    word = report()
    paragraph = word.text("4. Marks")
    word.note(paragraph, "footnote", "A long note. " * 200)
    for _ in range(500):
        word.into(paragraph, "<w:r><w:footnoteReference w:id='1'/></w:r>")
    result = import_report(word.save(tmp_path / "a.docx"), tmp_path / "project")
    source = (tmp_path / "project" / "sections" / "100-general.md").read_text()
    assert source.count("[^1]:") == 1
    assert any("have a mark already" in item.message for item in result.diagnostics)


TURNS = int(os.environ.get("SHADOWREPORT_MUTATIONS", "120"))


def test_spoiled_bytes_never_end_in_a_traceback(docx: Path) -> None:
    random.seed(7)
    data = docx.read_bytes()
    for turn in range(TURNS):
        spoiled = bytearray(data)
        for _ in range(random.choice((1, 5, 40))):
            spoiled[random.randrange(len(spoiled))] = random.randrange(256)
        docx.write_bytes(bytes(spoiled))
        try:
            import_report(docx, docx.parent / f"project-{turn}")
        except Failure as failure:
            assert failure.diagnostics


# --- files that are there -------------------------------------------------------------------------


def test_nothing_is_overwritten_unasked(docx: Path) -> None:
    project = docx.parent / "project"
    import_report(docx, project)
    section = project / "sections" / "100-general.md"
    section.write_text("mine")
    assert error_of(docx) == "import-exists"
    assert section.read_text() == "mine"
    import_report(docx, project, ImportOptions(force=True))
    assert TEXT in section.read_text()


def test_other_files_of_the_folder_stay(docx: Path) -> None:
    project = docx.parent / "project"
    (project / "sections").mkdir(parents=True)
    (project / "README.md").write_text("mine")
    (project / ".gitignore").write_text("mine")
    (project / "sections" / "900-mine.md").write_text("mine")
    result = import_report(docx, project, ImportOptions(force=True))
    assert (project / "README.md").read_text() == "mine"
    assert (project / ".gitignore").read_text() == "mine" and (project / "tasks.py").is_file()
    assert (project / "sections" / "900-mine.md").read_text() == "mine"
    assert "import-report.md" in result.files


def test_a_write_that_fails_leaves_everything_as_it_was(
    docx: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = docx.parent / "project"
    import_report(docx, project)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    rename = Path.rename
    count = 0

    def failing(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == 4:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(Failure, match="no space left"):
        import_report(docx, project, ImportOptions(force=True))
    monkeypatch.undo()
    after = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert after == before
    assert [path.name for path in docx.parent.iterdir() if path.name.startswith(".")] == []


def test_a_second_import_gives_the_same_files(docx: Path) -> None:
    import_report(docx, docx.parent / "one")
    import_report(docx, docx.parent / "two")
    for path in sorted((docx.parent / "one").rglob("*")):
        if path.is_file():
            other = docx.parent / "two" / path.relative_to(docx.parent / "one")
            assert path.read_bytes() == other.read_bytes()
