"""The tasks as people type them: every task and option is run once, and what cannot be meant is refused."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT
from invoke.parser.context import to_flag
from invoke.program import Program
from observation_files import CERD, typed
from small_report import commit_all, make_report, run_git

from shadowreport.console import FORMS
from shadowreport.render import FORMATS, Format
from shadowreport.tasks import namespace

WRONG = 2


@dataclass(frozen=True)
class Run:
    """A line behind `invoke`, what is seen of it, and the files that it makes; `*` is any text."""

    line: str
    shows: str = ""
    makes: tuple[str, ...] = ()
    code: int = 0


# in this order, since some take what others made
RUNS = [
    Run(
        "build --release --register REGISTER",
        "Nothing of the register",
        ("build/small-release.json", "build/small.pdf"),
    ),
    Run("build --formats md,json --section legislation --section 100 --no-cache", "2 boxes|1 box"),
    Run("build --format json --section legislation", makes=("build/small-legislation.json",)),
    Run("build --formats md --edition public", makes=("build/small.md",)),
    Run(
        "build --formats docx --register REGISTER",
        "3 footnotes(?s:.*)Nothing of the register",
        ("build/small.docx",),
    ),
    Run("diff HEAD --edition public --register REGISTER", "Nothing differs"),
    Run("diff HEAD --new HEAD --format html", "diff.html", ("build/diff.html",)),
    Run("build --formats md --profile brief", "there is no profile 'brief'", code=1),
    Run("build --formats md --language ru", "the report has no version in 'ru'", code=1),
    Run("build --formats md --to ru", "the report has no version in 'ru'", code=1),
    Run(
        "session --edition public --pages 1 --minutes 2 --register REGISTER",
        "The statement: ",
        ("build/small-brief.pdf", "build/small-questions.docx", "build/small-card-1.png"),
    ),
    Run("session --language ru", "the report has no version in 'ru'", code=1),
    Run("package --language ru", "the report has no version in 'ru'", code=1),
    Run("package --formats docx --register REGISTER", "whose rules", code=1),
    Run("package --profile brief", "there is no profile 'brief'", code=1),
    Run("package --edition public --anyway --register REGISTER", "whose rules", code=1),
    Run("check --format json --no-cache --register REGISTER", r"^\["),
    Run("check --format json --edition public", r"^\["),
    Run(
        "next-cycle OBSERVATIONS --name small-2027 --register REGISTER --dry-run --force",
        "Would write(?s:.*)Would tag the last cycle in git as small",
    ),
    Run("format", "Nothing to format|formatted"),
    Run("format --check --diff --section legislation"),
    Run("new other", "Next: cd other", ("other/sections/report.yaml",)),
    Run(
        "new third --committee crc --language fr --state Sylvanie --state-code syl --organisation Ligue"
        " --cycle 2014=CRC/C/SYL/CO/3 --cycle 2008 --answers list-of-issues",
        "Next: cd third",
        ("third/references/crc-2014.yaml", "third/.vscode/settings.json"),
    ),
    Run("style", r"colours\.accent +#1f3a5f +toolkit"),
    Run("style --specimen", "specimen.pdf", ("build/specimen.docx",)),
    Run("doctor --format json", r'"name": "pandoc",\s+"found": "\d'),
    Run("upgrade", "added +requirements.txt", ("requirements.txt",)),
    Run("matrix --formats json,docx", "small-matrix.json", ("build/small-matrix.docx",)),
    Run("matrix --formats csv", "small-matrix.csv", ("build/small-matrix.csv",)),
    Run("status --format json", '"unanswered"'),
    Run("status --notes --edition public --register REGISTER", "private notes|sections/"),
    Run("matrix --formats csv --edition public --register REGISTER", "small-matrix.csv"),
    Run("links --edition public --register REGISTER", "0 addresses", ("references/links.yaml",)),
    Run("verify --register REGISTER", "Quotations found: 0"),
    Run("suggest --format json", r'"candidates": \['),
    Run("suggest --about twice --format json", r"^\["),
    Run("suggest --walk", "asks at a terminal", code=2),
    Run("suggest --about success", "Perhaps taken up(?s:.*)Not taken up: 1 of 2"),
    Run("status --again", "Nothing is to be looked at again"),
    Run(
        "suggest --take cerd-2014/6=legislation#no-law",
        "legislation#no-law answers cerd-2014/6 now",
    ),
    Run(
        "import-report build/small.docx --into imported --cycle 2014=CERD/C/KAZ/CO/6-7 "
        "--track-changes accept --box-heading Demands --heading-style 'Heading 1=1' "
        "--heading-style 'Heading 2=2' --numbered-style 'Numbered Paragraph' --flat-headings "
        "--language en",
        "files in imported",
        ("imported/sections/report.yaml", "imported/references/*2014.yaml"),
    ),
    Run("import-report build/small.docx --into imported", "import-exists", code=1),
    Run(
        "import-report build/small.docx --into imported --force --explain",
        r"language: small words(?s:.*)changed by --language(?s:.*)files in imported",
    ),
    Run("import-observations OBSERVATIONS --column text=Words", "is no table", code=1),
    Run(
        "import-observations OBSERVATIONS --force --dry-run",
        r"11  numbered paragraphs(?s:.*)Would write references/cerd-2023",
    ),
    Run(
        "send --to voices --section legislation --edition public --register REGISTER",
        "sent",
        ("build/sent/small-legislation-voices-*",),
    ),
    Run("send --format html", "sent", ("build/sent/small-*.html",)),
    Run("merge SENT --dry-run --patch --author voices --revision present", "Nothing changed"),
    Run("merge SENT --commit --again", "Nothing changed"),
    Run(
        "redline HEAD --output changes.docx --author Somebody --edition public --register REGISTER",
        makes=("changes.docx", "changes.md"),
    ),
    Run("redline HEAD~1 --new HEAD", makes=("build/redline-HEAD-1-HEAD.docx",)),
    Run("matrix --language ru", "the report has no version in 'ru'", code=1),
    Run("status --language ru", "the report has no version in 'ru'", code=1),
    Run(
        "translate legislation --to ru --format xliff --edition public --register REGISTER",
        "the report has no version in 'ru'",
        code=1,
    ),
    Run(
        "translate-diff legislation --to ru --edition public --register REGISTER",
        "the report has no version in 'ru'",
        code=1,
    ),
    Run("translated back.xlf --language ru", "this file does not exist", code=1),
    Run(
        "person add miller --public 'a miller from the north' --language en --consent anonymous --by voices"
        " --date 2026-03-01 --purpose CERD --until 2099-01-01",
        r"@person-miller(?s:.*)persons:\n  miller:\n    name: \{en:",
        ("references/persons.yaml",),
    ),
    Run(
        "person add miller --withdrawn 2026-04-01 --register REGISTER",
        "references/persons.yaml",
    ),
    Run("person add miller --by shepherds", r"calls this person @person-miller\.\s*\Z"),
    Run("person decide 'Ada Byron' --reason official --note minister", "references/persons.yaml"),
    Run("person rename miller carver", "@person-miller is @person-carver now"),
    Run(
        "person",
        r"@person-carver: a miller(?s:.*)withdrawn 2026-04-01(?s:.*)Names decided under 'named:': 1",
    ),
    Run("person decide 'W. Hathersage' --reason official --register REGISTER", "withheld", code=1),
    Run(
        "translated legislation --language ru",
        "the report has no version in 'ru'",
        code=1,
    ),
    Run("translated --language ru", "the report has no version in 'ru'", code=1),
    Run(
        "review legislation#no-law --as law-centre --aspect facts,law",
        "signed .* off: facts, law|off in",
    ),
    Run("links --archive --ask", "Kept: 0", ("build/to-archive.txt",)),
    Run("links --format json", r'"addresses": \[\]'),
    Run("open --format docx", r"build/\S+\.docx(?s:.*)open it by hand", code=1),
    Run("setup-git", r"diff\.section\.xfuncname(?s:.*)has the rest"),
    Run("text build/small.docx", "# Anti-discrimination legislation"),
    Run(
        "scan build sections --register REGISTER --history --format text", "Nothing of the register"
    ),
    Run(
        "publish-copy ../published --register REGISTER",
        "files in ../published",
        ("../published/sections/*.md",),
    ),
    Run("publish-copy sections/x --register REGISTER", "cannot-write", code=1),
    Run("scan sections/100-general.md --register REGISTER --format json", r"^\[\]"),
]
# these go on until somebody ends them
ENDLESS = [
    Run("check --watch", "Waiting for a change"),
    Run(
        "preview --port 0 --no-browser --edition public --register ../register.yaml",
        "http://127.0.0.1:",
    ),
]
# this one measures other programs, and needs what the tests do without
MEASURING = Run("bench --sizes 1 --rounds 1 --peers --only 'JSON alone' --plot x.svg", "JSON alone")

REFUSED = [
    ("session --pages 3", "'3' is no number of pages: it is a number from 1 to 2"),
    ("build --profile upr --section legislation", "leave --section out"),
    ("build --profile upr --language ru", "leave --language out"),
    ("package --formats html", "'html' is no format"),
    ("package --profile brief --language ru", "in the report's own language alone"),
    ("person hide miller", "'hide' is no thing to do: did you mean 'decide'?"),
    ("person add", "type 'invoke person add KEY --public TEXT'"),
    ("person rename miller", "type 'invoke person rename KEY NEW'"),
    ("person add baker", "say what is printed instead of the name: --public TEXT"),
    ("person decide 'Ada Byron'", "say why the name may be printed"),
    ("scan", "name the files that are searched, or --history"),
    ("scan sections", "name the register: --register FILE"),
    ("scan sections --format xml", "'xml' is no format"),
    ("build --formats ,", "',' is no format: known: docx, html, json, md, pdf"),
    ("build --formats ''", "--formats is empty"),
    ("build --formats docx,ptf", "'ptf' is no format: did you mean 'pdf'?"),
    ("build --section ' '", "--section is empty"),
    ("check --format text,json", "'text,json' are several: name one format (text, json, github)"),
    ("check --format ''", "--format is empty"),
    ("check --format ,", "',' is no format"),
    ("check --format jsn", "did you mean 'json'?"),
    ("status --format json,html", "'json,html' are several"),
    ("status --format pdf", "'pdf' is no format"),
    ("matrix --formats pdf", "'pdf' is no format: known: csv, docx, html, json, xlsx"),
    ("import-report x.docx --track-changes accept,reject", "'accept,reject' are several"),
    (
        "import-report x.docx --heading-style X=two",
        "'two' is no level of 'X': it is a number from 1",
    ),
    ("import-report x.docx --heading-style X=10", "'10' is no level of 'X'"),
    ("import-report x.docx --heading-style X", "'X' is not of the form STYLE=LEVEL"),
    ("import-report x.docx --heading-style X=1 --heading-style X=2", "'X' is named twice"),
    ("import-report x.docx --cycle 2014=", "'2014=' is not of the form 2014=SYMBOL"),
    ("import-report x.docx --language fr,en", "'fr,en' are several"),
    ("import-report x.docx --language xx", "'xx' is no language of the toolkit"),
    ("import-report x.docx --box-heading ''", "--box-heading is empty"),
    ("import-report ''", "FILE is empty"),
    ("merge --dry-run", "'merge' wants to know more: invoke merge FILE"),
    ("new --frce", "'--frce' stands where FOLDER is expected"),
    ("new ''", "FOLDER is empty"),
    ("new x --state-code kenya", "'kenya' is no code of a State: it has three letters"),
    ("new x --state Kenya --state-code KAZ", "the code of Kenya is KEN, not KAZ"),
    ("send --to ''", "--to is empty"),
    ("translate legislation", "name the language of the translation: --to ru"),
    ("translate --to ru --format po", "'po' is no format of translators"),
    ("translate-diff legislation", "name the language of the translation: --to ru"),
    ("translated a.xlf b.xlf", "one file back at a time"),
    ("translated legislation", "name the language of the translation"),
    ("review legislation --as voices", "name who signs and what was read"),
    ("review legislation --as voices --aspect facts,style", "'style' is no aspect"),
    ("redline old.docx", "name the DOCX that it is compared with"),
    ("redline ..HEAD", "'..HEAD' lacks the side that is compared"),
    ("redline HEAD~1..HEAD --new HEAD", "names both sides already"),
    ("redline HEAD --output changes.pdf", "'changes.pdf' is no name of a Word file"),
    ("preview --port x", "'x' is no port: it is a number from 0 to 65535"),
    ("preview --port 65536", "'65536' is no port"),
    ("preview --port ٣", "'٣' is no port"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small report with two commits and no address in it, as the present folder."""
    folder = make_report(tmp_path_factory.mktemp("tasks") / "small")
    shutil.copy(ROOT / "src" / "shadowreport" / "starter" / "files" / "tasks.py", folder)
    section = folder / "sections" / "200-legislation.md"
    text = section.read_text("utf-8")
    link = "See also [the site of the Committee](https://example.org/committee).\n"
    assert link in text
    section.write_text(text.replace(link, ""), "utf-8")
    commit_all(folder, "Leave the address out")
    register = folder.parent / "register.yaml"
    people = "{miller: {name: {en: Winifred Hathersage}}, carver: {name: {en: Jo Thistlewood}}}"
    register.write_text(f"persons: {people}\n", "utf-8")
    register.chmod(0o600)
    (folder.parent / "observations.txt").write_text(typed(CERD), "utf-8")
    before = Path.cwd()
    os.chdir(folder)
    yield folder
    os.chdir(before)


def _typed(line: str) -> int:
    """The exit code of a line behind `invoke`, in this process."""
    sent = next(Path("build").glob("sent/*.docx"), Path("SENT"))
    register = Path.cwd().parent / "register.yaml"
    observations = Path.cwd().parent / "observations.txt"
    named = {"SENT": str(sent), "REGISTER": str(register), "OBSERVATIONS": str(observations)}
    words = [named.get(word, word) for word in shlex.split(line)]
    try:
        Program(namespace=namespace).run(["invoke", *words])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_every_task_and_option_is_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for run in RUNS:
        code = _typed(run.line)
        said = "".join(capsys.readouterr())
        assert code == run.code, f"{run.line}\n{said}"
        assert re.search(run.shows, said), f"{run.line}\n{said}"
        for name in run.makes:
            assert list(project.glob(name)), f"{run.line}\n{said}"
    signed = (project / "sections" / "reviews" / "law-centre.yaml").read_text("utf-8")
    assert "aspect: facts" in signed and "aspect: law" in signed
    assert len(run_git(project, "log", "--oneline").splitlines()) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal for Ctrl-C from elsewhere")
@pytest.mark.parametrize("run", ENDLESS, ids=lambda run: run.line.split()[0])
def test_what_goes_on_ends_with_ctrl_c(run: Run, project: Path) -> None:
    command = [sys.executable, "-u", "-m", "invoke", *run.line.split()]
    with subprocess.Popen(
        command,
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # tests that were started in the background have been told to ignore it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout
        seen = ""
        while not re.search(run.shows, seen) and (line := process.stdout.readline()):
            seen += line
        _interrupt(process)
        seen += process.stdout.read()
        assert process.returncode == 0, seen
    assert re.search(run.shows, seen), seen
    assert "Traceback" not in seen


def test_ctrl_c_while_the_toolkit_is_read_ends_it_in_silence(project: Path) -> None:
    pressed = """
import runpy, sys

class Pressed:
    def find_spec(self, name, *_):
        if name == "shadowreport.tasks.program":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Pressed())
sys.argv = ["shadowreport", "build"]
runpy.run_module("shadowreport", run_name="__main__")
"""
    done = subprocess.run(
        [sys.executable, "-c", pressed], cwd=project, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.usefixtures("project")
def test_ctrl_c_in_a_task_says_that_it_stopped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("shadowreport.load.load", pressed)
    monkeypatch.setattr("shadowreport.pipeline.load", pressed, raising=False)
    assert _typed("build --no-cache") == 130
    said = capsys.readouterr().err
    assert "Stopped: what was not finished is as it was." in said and "Traceback" not in said


def _interrupt(process: subprocess.Popen[str]) -> None:
    """Presses Ctrl-C as a person does, again where Python lost the first: one that arrives while an
    object is cleared away is reported, and forgotten."""
    for _ in range(20):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(3)
            return
    process.kill()


def test_benchmarks_run_where_their_libraries_are(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT)
    assert _typed(MEASURING.line) == 0
    assert re.search(MEASURING.shows, capsys.readouterr().out)
    assert (project / "x.svg").exists()


def test_the_runs_name_every_task_with_every_option() -> None:
    lines = [run.line.split() for run in (*RUNS, *ENDLESS, MEASURING)]
    ran = {(line[0], word) for line in lines for word in line if word.startswith("--")}
    for context in namespace.to_contexts():
        assert any(line[0] == context.name for line in lines), context.name
        arguments = [item for item in context.args.values() if not item.positional]
        options = {to_flag(str(item.name)) for item in arguments}
        missing = options - {word for name, word in ran if name == context.name}
        assert not missing, f"{context.name} is never run with {missing}"


@pytest.mark.parametrize(("line", "said"), REFUSED, ids=lambda text: str(text)[:40])
def test_what_cannot_be_meant_is_refused(
    line: str, said: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = run_git(project, "status", "--porcelain")
    code = _typed(line)
    error = "".join(capsys.readouterr())
    assert said in error
    assert "Traceback" not in error
    # Invoke itself ends with 1 where a word is missing
    assert code == (1 if "did not receive" in said else WRONG)
    assert run_git(project, "status", "--porcelain") == before


@pytest.mark.usefixtures("project")
def test_a_name_that_is_too_long_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for line in (f"new {'a' * 300}", f"import-report build/small.docx --into {'a' * 300}"):
        assert _typed("build --formats docx") == 0
        assert _typed(line) == 1
        assert "cannot be written: file name too long" in _flat(capsys)


def test_a_style_that_the_file_has_not_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _typed("build --formats docx") == 0
    for option in ("--heading-style 'Heeding 1=1'", "--numbered-style 'Heeding 1'"):
        assert _typed(f"import-report build/small.docx --into nowhere {option}") == 1
        assert "no paragraph has this style" in (said := _flat(capsys))
        assert "did you mean 'heading 1'?" in said
    assert not (project / "nowhere").exists()


def _flat(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join("".join(capsys.readouterr()).split())


def test_help_names_what_can_be_chosen() -> None:
    helps = {
        (context.name, argument.name): argument.help or ""
        for context in namespace.to_contexts()
        for argument in context.args.values()
    }
    assert ", ".join(FORMATS) in helps["build", "formats"]
    assert all(form in helps["check", "format"] for form in FORMS)
    assert all(text.strip() for text in helps.values())


BUG = """
def render(resolved, project):
    return {}["a part of ours"]
"""


def test_a_fault_of_the_toolkit_is_told_as_one(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "faulty_output.py").write_text(BUG, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(FORMATS, "faulty", Format("Faulty", "fails", "faulty_output"))
    assert _typed("build --formats faulty") == 3
    said = _flat(capsys)
    assert "a fault of shadowreport, not of your report: KeyError: 'a part of ours'" in said
    assert re.search(r"shadowreport/render/run\.py:\d{2,}\b", said), "the very line"
    assert "SHADOWREPORT_DEBUG=1" in said
    assert "Traceback" not in said
    monkeypatch.setenv("SHADOWREPORT_DEBUG", "1")
    assert _typed("build --formats faulty") == 3
    assert "Traceback" in capsys.readouterr().err
    assert not (project / "build" / "small.faulty").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("chekc", "there is no task 'chekc': did you mean 'check'?"),
        (
            "check --formt json",
            "the task 'check' has no option '--formt': did you mean '--format'?",
        ),
        (
            "check --formt=json",
            "the task 'check' has no option '--formt': did you mean '--format'?",
        ),
        ("build docx", "(and 'build' takes no word here): did you mean --formats docx?"),
        ("build 210", "did you mean --section 210?"),
        ("check json", "did you mean --format json?"),
        ("status extra", "there is no task 'extra' (and 'status' takes no word here)"),
        ("build --formats pdf docx", "commas between them: --formats pdf,docx"),
        ("build --formats=pdf, docx html", "commas between them: --formats pdf,docx,html"),
        ("build --formats pdf dcox", "there is no task 'dcox'"),
        ("--lst", "invoke has no option '--lst': did you mean '--list'?"),
        ("check --format", "the option --format needs a value behind it"),
        ("build -section 220", "has no option '-section': write --section, with two hyphens"),
        ("build -formats pdf", "has no option '-formats': write --formats, with two hyphens"),
        ("build pdf", "did you mean --formats pdf?"),
        ("-version", "invoke has no option '-version': write --version, with two hyphens"),
        ("check --no-cach", "did you mean '--no-cache'?"),
    ],
)
def test_a_word_that_is_not_known_is_told_with_what_may_be_meant(
    line: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["invoke", *line.split()])
    assert _typed(line) == 2
    assert said in capsys.readouterr().err


def test_outside_of_a_report_is_said_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _typed("check") == 1
    assert "invoke new DIR" in "".join(capsys.readouterr())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes that tell of their end so")
@pytest.mark.parametrize("line", ["--list", "status --format json", "check --help"])
def test_a_reader_that_has_seen_enough_is_no_fault(line: str) -> None:
    command = [sys.executable, "-m", "invoke", *line.split()]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
