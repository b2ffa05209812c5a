"""What goes wrong on the editor's machine: the last good files stay, and one line says why."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from conftest import ROOT, Tiny

from shadowreport.core.problems import Failure
from shadowreport.machine import patience, programs, typst_child
from shadowreport.machine import typst as typesetting
from shadowreport.machine.programs import ProgramError, pandoc
from shadowreport.machine.scratch import Scratch
from shadowreport.machine.typst import MAIN, Typesetter, TypstResult
from shadowreport.machine.write import write, write_tree

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="uses limits and signals that Windows does not have"
)

BUILD = "import sys; from pathlib import Path; from shadowreport.pipeline import build; r = build(Path(sys.argv[1])); print(*r.diagnostics, sep='\\n'); sys.exit(0 if r.succeeded else 1)"
FORMATS = {"docx", "pdf", "html", "json", "md"}


@pytest.fixture
def built(tiny: Tiny) -> Tiny:
    """A tiny report with everything built, whose text has changed since."""
    tiny.section("100-a", "The first words.\n")
    assert tiny.build().succeeded
    tiny.section("100-a", "The second words.\n")
    return tiny


def _files(project: Path) -> dict[str, bytes]:
    """What lies in build/ for people: no temporary files, no cache."""
    return {path.name: path.read_bytes() for path in (project / "build").glob("tiny.*")}


def _left_over(project: Path) -> list[str]:
    return [
        path.name
        for path in (project / "build").iterdir()
        if path.name.startswith(".shadowreport-")
    ]


def _run(project: Path, code: str = BUILD, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **variables}
    # where files may not grow, Python would leave half of what it compiled
    return subprocess.run(
        [sys.executable, "-B", "-c", code, str(project)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def _error(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that says why."""
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    errors = [line for line in done.stdout.splitlines() if ": error [" in line]
    assert len(errors) == 1, done.stdout
    return errors[0]


# --- no room ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 100, 1000, 4096, 10_000])
def test_a_file_that_may_not_grow_replaces_nothing(built: Tiny, size: int) -> None:
    before = _files(built.project)
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
    # typst's own file is under the limit too, so only what this process writes itself is asked for
    code = BUILD.replace("import sys;", f"import sys; {limit}import sys;").replace(
        "build(Path(sys.argv[1]))", "build(Path(sys.argv[1]), ('html', 'json'))"
    )
    assert "[cannot-write] cannot be written: file too large" in _error(_run(built.project, code))
    assert _files(built.project) == before
    assert _left_over(built.project) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 128 KB, where this machine lets us make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if (
        not shutil.which("mount")
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", folder], capture_output=True
        ).returncode
    ):
        pytest.skip("only an administrator can make a small disk here")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("free", [0, 4_000, 20_000, 40_000, 70_000])
def test_a_full_disk_replaces_nothing(small_disk: Path, free: int) -> None:
    old = {f"tiny.{kind}": b"old" for kind in sorted(FORMATS)}
    write(small_disk, old)
    (small_disk / "ballast").write_bytes(
        b"x" * (128 * 1024 - 8 * 4096 - free) if free < 90_000 else b""
    )
    new = dict.fromkeys(old, b"new" * 10000)
    with pytest.raises(Failure) as caught:
        write(small_disk, new)
    assert [item.code for item in caught.value.diagnostics] == ["cannot-write"]
    assert "no space left" in caught.value.diagnostics[0].message
    assert {name: (small_disk / name).read_bytes() for name in old} == old
    assert {path.name for path in small_disk.iterdir()} == {*old, "ballast"}


def test_no_room_for_temporary_files_is_said(built: Tiny, small_disk: Path) -> None:
    before = _files(built.project)
    (small_disk / "ballast").write_bytes(b"x" * (128 * 1024 - 4096))
    error = _error(
        _run(
            built.project,
            BUILD.replace("sys.argv[1])", "sys.argv[1]), ('pdf',)"),
            TMPDIR=str(small_disk),
        )
    )
    assert "[program-failed]" in error
    assert _files(built.project) == before


# --- no right to write --------------------------------------------------------------------------


@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="an administrator may write everywhere"
)
def test_a_folder_that_may_not_be_written_is_said(built: Tiny) -> None:
    before = _files(built.project)
    folder = built.project / "build"
    folder.chmod(0o500)
    try:
        assert "[cannot-write] cannot be written: permission denied" in _error(_run(built.project))
    finally:
        folder.chmod(0o700)
    assert _files(built.project) == before


def test_a_disk_that_may_not_be_written_is_said(built: Tiny) -> None:
    folder = built.project / "build"
    before = _files(built.project)
    made = (
        subprocess.run(["mount", "--bind", "-o", "ro", folder, folder], capture_output=True)
        if shutil.which("mount")
        else None
    )
    if made is None or made.returncode:
        pytest.skip("only an administrator can make a disk read-only here")
    try:
        assert "[cannot-write] cannot be written: read-only file system" in _error(
            _run(built.project)
        )
    finally:
        subprocess.run(["umount", folder], check=True)
    assert _files(built.project) == before


def test_a_file_in_place_of_the_folder_is_said(built: Tiny) -> None:
    shutil.rmtree(built.project / "build")
    (built.project / "build").write_text("mine", "utf-8")
    assert "[cannot-write]" in _error(_run(built.project))
    assert (built.project / "build").read_text("utf-8") == "mine"


def test_a_folder_in_place_of_a_file_replaces_nothing(built: Tiny) -> None:
    before = _files(built.project)
    (built.project / "build" / "tiny.md").unlink()
    (built.project / "build" / "tiny.md").mkdir()
    assert "[cannot-write]" in _error(_run(built.project))
    after = {
        path.name: path.read_bytes()
        for path in (built.project / "build").glob("tiny.*")
        if path.is_file()
    }
    assert after == {name: data for name, data in before.items() if name != "tiny.md"}
    assert _left_over(built.project) == []


def test_a_file_may_be_read_by_whom_the_user_lets_read(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        (path,) = write(tmp_path, {"tiny.docx": b"x"})
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("fails", "said"),
    [("a.txt", "nothing was replaced"), ("b.txt", "b.txt, c.txt was not replaced")],
)
def test_what_was_replaced_before_a_file_was_held_is_told(
    fails: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(temporary: Path, target: Path) -> None:
        if target.name == fails:
            raise PermissionError(13, "Permission denied")
        temporary.replace(target)

    monkeypatch.setattr("shadowreport.machine.write._replace", held)
    with pytest.raises(Failure) as failure:
        write(tmp_path, dict.fromkeys(("a.txt", "b.txt", "c.txt"), b"x"))
    (problem,) = failure.value.diagnostics
    assert problem.message == "cannot be written: permission denied"
    assert problem.hint.startswith(f"{said};")


def test_a_tree_that_cannot_be_moved_says_why_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shadowreport.machine.write._move", full)
    with pytest.raises(Failure) as failure:
        write_tree(tmp_path / "copy", {"a/b.txt": b"x"})
    (problem,) = failure.value.diagnostics
    said = "cannot be written: no space left on device; nothing was changed"
    assert problem.message == said and not any(tmp_path.iterdir())


# --- killed -------------------------------------------------------------------------------------

WRITER = """
import sys, itertools
from pathlib import Path
from shadowreport.machine.write import write
folder = Path(sys.argv[1])
print("ready", flush=True)
for nth in itertools.count():
    write(folder, {f"tiny.{kind}": bytes([65 + nth % 26]) * 3_000_000 for kind in ("docx", "pdf", "html")})
"""


KILLS = int(os.environ.get("SHADOWREPORT_KILLS", "20"))


def test_a_kill_while_writing_leaves_whole_files(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for nth in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(tmp_path)]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
            assert process.stdout and process.stdout.readline() == b"ready\n"
            time.sleep(0.004 * (nth % 20))
            process.send_signal(signal.SIGKILL)
        for path in tmp_path.glob("tiny.*"):
            data = path.read_bytes()
            assert (len(data), len(set(data))) == (3_000_000, 1), f"{path.name} is not whole"
    for path in tmp_path.glob(".shadowreport-*"):
        assert path.stat().st_mode & 0o077 == 0 or path.stat().st_mode & 0o777 == 0o644
        os.utime(path, (0, 0))
    write(tmp_path, {f"tiny.{kind}": b"x" for kind in ("docx", "pdf", "html")})
    assert {path.name for path in tmp_path.iterdir()} == {"tiny.docx", "tiny.pdf", "tiny.html"}


def test_a_kill_during_a_build_leaves_the_old_files(built: Tiny) -> None:
    old = _files(built.project)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", BUILD, str(built.project)]
    seen = []
    for nth in range(5):
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            time.sleep(0.1 + 0.1 * nth)
            process.send_signal(signal.SIGKILL)
        seen.append(_files(built.project))
    assert _run(built.project).returncode == 0
    new = _files(built.project)
    assert json.loads(new["tiny.json"])["sections"][0]["items"][0]["text"] == "The second words."
    for files in seen:
        assert files.keys() == old.keys()
        assert all(data in (old[name], new[name]) for name, data in files.items())


def test_eight_builds_at_once_give_whole_files(built: Tiny) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", BUILD, str(built.project)]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    said = [process.communicate(timeout=150)[0] for process in running]
    assert [process.returncode for process in running] == [0] * 8, said
    together = _files(built.project)
    assert _left_over(built.project) == []
    assert built.build().succeeded
    assert _files(built.project) == together


# --- missing and unwilling programs -------------------------------------------------------------

MISSING = """
import importlib.util, sys
real = importlib.util.find_spec
sys.modules[{name!r}] = None
importlib.util.find_spec = lambda name, package=None: None if name == {name!r} else real(name, package)
"""


@pytest.mark.parametrize(("name", "program"), [("pypandoc", "pandoc"), ("typst", "typst")])
def test_a_missing_program_is_named_once(built: Tiny, name: str, program: str) -> None:
    before = _files(built.project)
    error = _error(_run(built.project, MISSING.format(name=name) + BUILD))
    assert f"{program} is missing; install the package" in error
    assert _files(built.project) == before


def test_a_program_that_cannot_start_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "pandoc"
    broken.write_text("not a program", "utf-8")
    broken.chmod(0o700)
    monkeypatch.setattr(programs, "pandoc_path", lambda: str(broken))
    with pytest.raises(ProgramError, match="pandoc cannot be started"):
        pandoc(["-t", "json"], b"x")


def test_a_program_that_needs_too_long_or_too_much_is_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ProgramError, match=r"pandoc needed more than 0\.5 seconds"):
        pandoc(["-f", "markdown", "-t", "json"], b"[" * 40, seconds=0.5)
    monkeypatch.setattr(programs, "_READ_HEAP", "24m")
    with pytest.raises(ProgramError, match="pandoc needed more memory than it may use"):
        pandoc(["-f", "markdown", "-t", "json"], b"*a* " * 200_000, reading=True)


@pytest.mark.parametrize(
    ("code", "late"), [("import time; time.sleep(0.6)", False), ("while True: pass", True)]
)
def test_a_program_is_late_by_its_work_and_not_by_the_clock(code: str, late: bool) -> None:
    command = [sys.executable, "-I", "-S", "-c", code]
    with pytest.raises(subprocess.TimeoutExpired) if late else nullcontext():
        patience.run(command, 0.4)
    child = subprocess.Popen(command)
    with patience.watching(child.pid, 0.4, child.kill, new=True) as event:
        child.wait()
    assert event.is_set() == late


def test_a_program_that_does_nothing_is_stopped_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_IDLE", 0.5)
    with pytest.raises(subprocess.TimeoutExpired):
        patience.run([sys.executable, "-c", "import time; time.sleep(100)"], 0.4)


def test_a_program_that_stays_may_work_so_long_each_time() -> None:
    code = (
        "import sys, time\n"
        "for line in sys.stdin:\n"
        "    while time.process_time() < 0.15 * int(line): pass\n"
        "    time.sleep(0.35)\n"
        "    print(flush=True)\n"
    )
    command = [sys.executable, "-I", "-S", "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin and child.stdout
        for nth in (1, 2, 3, 4):
            with patience.watching(child.pid, 0.4, child.kill, new=nth == 1) as late:
                child.stdin.write(b"%d\n" % nth)
                child.stdin.flush()
                child.stdout.readline()
            assert not late.is_set()


# --- tripwires: what our defences rely on, in pandoc and typst ----------------------------------


def _ast(text: str, *arguments: str) -> str:
    return pandoc([*arguments, "-t", "json"], text.encode()).decode()


def test_the_sandbox_of_pandoc_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"CanaryInTheMine")
    for target in ("docx", "html5", "odt"):
        arguments = ["-f", "markdown", "-t", target, "--embed-resources", "--standalone"]
        try:
            made = pandoc(
                arguments if target == "html5" else arguments[:4], f"![x]({secret})".encode()
            )
        except ProgramError:
            continue
        assert b"CanaryInTheMine" not in made and b"Q2FuYXJ5" not in made


def test_the_sandbox_does_not_cover_a_bibliography_named_in_the_text(tmp_path: Path) -> None:
    """Why citeproc never sees the metadata of a section."""
    sources = tmp_path / "secret.json"
    sources.write_text('[{"id": "a", "type": "book", "title": "CanaryInTheMine"}]', "utf-8")
    assert "CanaryInTheMine" in _ast(
        f"---\nbibliography: {sources}\n---\n\n[@a]", "-f", "markdown", "--citeproc"
    )


def test_our_dialect_reads_no_metadata_and_no_raw_text() -> None:
    from shadowreport.source.dialect import DIALECT

    for text in ("---\ntitle: x\n---\n\na", "% Title\n% Author\n\na", "a\n\n---\ntitle: x\n---\n"):
        assert json.loads(_ast(text, "-f", DIALECT))["meta"] == {}
    for text in ("<b>x</b>", "`x`{=html}", "\\emph{x}", "$x$", "<div>\nx\n</div>", "<!-- x -->"):
        assert '"Raw' not in _ast(text, "-f", DIALECT) and '"Math"' not in _ast(text, "-f", DIALECT)


def test_pandoc_writes_text_where_typst_reads_code() -> None:
    """Why render/typst_text.py writes the Typst, and not pandoc: when this fails, pandoc has changed."""
    made = pandoc(["-f", "markdown", "-t", "typst"], b"*x*.at(0) y[^1]\n\n[^1]: = y").decode()
    assert "#emph[x].at(0)" in made and "#footnote[= y]" in made


def typeset(code: str) -> TypstResult:
    """What typst makes of a page that begins with a title, and has a code in it."""
    head = '#set document(title: "x")\n#set text(lang: "en")\n= X\n'
    with Typesetter() as typesetter:
        return typesetter.pdf({MAIN: (head + code).encode()}, timestamp=0)


def test_typst_opens_nothing_outside_its_folder_and_loads_no_package(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("CanaryInTheMine", "utf-8")
    assert typeset("Text.").pdf.startswith(b"%PDF")
    for code in (
        f'#read("{secret}")',
        f'#read("{os.path.relpath(secret, tempfile.gettempdir())}")',
        f'#read("../../{os.path.relpath(secret, tempfile.gettempdir())}")',
        '#import "@preview/example:0.1.0": *',
        '#read("/etc/hostname")',
    ):
        result = typeset(code)
        assert result.pdf == b"" and any(problem.fatal for problem in result.problems), code


def test_typst_goes_nowhere_but_to_its_proxy() -> None:
    """Why a proxy that cannot be reached (typst_child.py) keeps typst from the network."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)
        code = "import typst; typst.compile(b'#import \"@preview/example:0.1.0\": *')"
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        environment = {**dict.fromkeys(typst_child.NO_NETWORK, address), "HOME": os.devnull}
        with subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stderr=subprocess.DEVNULL
        ):
            asked = server.accept()[0]
            assert asked.recv(100).startswith(b"CONNECT packages.typst.org:443")
            asked.close()
    with pytest.raises(OSError), socket.create_connection(("255.255.255.255", 9), timeout=5):
        pass


def test_typst_is_stopped_before_it_takes_all_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_BYTES", 1 << 30)
    with pytest.raises(ProgramError, match="typst ended early"):
        typeset('#let x = "a" * 10000000000\n#x')


def test_typst_is_stopped_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "WRITE_SECONDS", 0.01)
    with pytest.raises(ProgramError, match=r"more than 0\.01 seconds"):
        typeset("#for a in range(9000) { for b in range(9000) { let c = a + b } }")


def test_typst_says_so_where_a_font_lacks_a_character() -> None:
    result = typeset('#set text(lang: "zh")\n中华')
    assert result.pdf == b"" and "could not be displayed" in result.problems[0].detail


# --- templates of a project ---------------------------------------------------------------------

STYLE = (ROOT / "templates" / "un-note.csl").read_text("utf-8")
REFERENCE = (ROOT / "templates" / "reference.docx").read_bytes()


def repacked(data: bytes, without: str = "", pattern: str = "(?!)") -> bytes:
    """A Word file without a part, and without what a pattern finds in its numbering."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if name != without:
                part = old.read(name)
                found = re.sub(pattern.encode(), b"", part, flags=re.DOTALL)
                new.writestr(name, found if name == "word/numbering.xml" else part)
    return made.getvalue()


@pytest.mark.parametrize("pattern", ["<w:start [^>]*>", "<w:lvl .*?</w:lvl>"])
def test_a_reference_document_may_leave_out_what_word_has_defaults_for(
    tiny: Tiny, pattern: str
) -> None:
    tiny.section("100-one", "Text.\n\n- one\n- two\n")
    tiny.section("200-two", "{#b}\nText.\n")
    (tiny.project / "templates").mkdir()
    data = repacked(REFERENCE, pattern=pattern)
    assert data != repacked(REFERENCE)
    (tiny.project / "templates" / "reference.docx").write_bytes(data)
    assert tiny.build("docx", sections=("two",)).succeeded


@pytest.mark.parametrize("expression", ["1 / 0", "words.title[5]", "''.join([1])", "9.5 ** 9999"])
def test_a_template_that_computes_what_cannot_be_is_named(tiny: Tiny, expression: str) -> None:
    tiny.section("100-one", "Text.\n")
    tiny.write("templates/report.html.j2", f"<p>\n{{{{ {expression} }}}}\n")
    (found,) = (item for item in tiny.build("html").diagnostics if item.severity == "error")
    assert (found.code, found.place.file, found.place.line) == (
        "bad-template",
        "templates/report.html.j2",
        2,
    )


@pytest.mark.parametrize(
    ("style", "line", "message"),
    [
        ("hello", 1, "no XML"),
        ("<style>\n<a>", 2, "no XML"),
        ("<style/>", 1, "no style of the Citation Style Language"),
        (STYLE.replace('class="note"', 'class="in-text"'), 1, "no note style"),
    ],
)
def test_a_style_of_citations_that_is_none_is_named(
    tiny: Tiny, style: str, line: int, message: str
) -> None:
    tiny.section("100-one", "Text [@a].\n")
    tiny.write(
        "references/sources.yaml", "references:\n- {id: a, type: report, title: A, issued: 2020}\n"
    )
    tiny.write("templates/un-note.csl", style)
    found = [item for item in tiny.build("html").diagnostics if item.severity == "error"]
    assert [item.code for item in found] == ["bad-template"]
    assert (found[0].place.file, found[0].place.line) == ("templates/un-note.csl", line)
    assert message in found[0].message


@pytest.mark.parametrize(
    "rule",
    [
        "p { color: red }</style><script>alert(1)</script>",
        "/* <!-- */",
        "p { background: \\75 rl(http://x.example/a.png) }",
        "p { background: image-set('http://x.example/a.png' 1x) }",
    ],
)
def test_a_style_sheet_that_ends_itself_or_fetches_something_is_named(
    tiny: Tiny, rule: str
) -> None:
    tiny.section("100-one", "Text.\n")
    tiny.write("templates/report.css", f"h1 {{ color: blue }}\n{rule}\n")
    found = [item for item in tiny.build("html").diagnostics if item.severity == "error"]
    assert {item.code for item in found} == {"bad-template"}
    assert {(item.place.file, item.place.line) for item in found} == {("templates/report.css", 2)}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"hello", "no zip archive"),
        (REFERENCE[:5000], "cut off"),
        (repacked(REFERENCE, without="word/styles.xml"), "has no part word/styles.xml"),
        (repacked(REFERENCE, without="word/header1.xml"), "word/header1.xml missing"),
    ],
)
def test_a_reference_document_that_is_no_word_file_is_named(
    tiny: Tiny, data: bytes, message: str
) -> None:
    tiny.section("100-one", "Text.\n")
    (tiny.project / "templates").mkdir()
    (tiny.project / "templates" / "reference.docx").write_bytes(data)
    found = [item for item in tiny.build("docx").diagnostics if item.severity == "error"]
    assert [(item.code, item.place.file) for item in found] == [
        ("bad-template", "templates/reference.docx")
    ]
    assert message in found[0].message
    assert not (tiny.project / "build").exists() or not list(tiny.project.glob("build/*.docx"))


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked there")
def test_what_a_killed_run_left_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing that a run still uses, nor what others have there."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    making = (
        "from shadowreport.machine.scratch import Scratch as S; s = S(); print(s.name, flush=True)"
    )
    left, used, seen = (
        subprocess.Popen(
            [sys.executable, "-c", f"{making}\nimport time; time.sleep({seconds})"],
            env={**os.environ, "TMPDIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seconds in (60, 60, 0)
    )
    folders = [Path(run.stdout.readline().strip()) for run in (left, used) if run.stdout]
    (folders[0] / "section.md").write_text("Confidential.", "utf-8")
    (tmp_path / "shadowreport.md").write_text("Another's.", "utf-8")
    seen.wait()
    left.kill()
    left.wait()
    assert all(folder.exists() for folder in folders)
    for folder in folders:
        os.utime(folder, (0, 0))
    with Scratch() as own:
        assert Path(own).exists()
        assert [folder.exists() for folder in folders] == [False, True]
    used.kill()
    used.wait()
    assert (tmp_path / "shadowreport.md").exists() and not Path(own).exists()
