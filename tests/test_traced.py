"""Every call of the system in one build of each format, a Word file that goes out and comes back, and an import:
nothing is opened but what belongs to the report and the toolchain, and nothing is connected to."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Tiny
from small_report import commit_all, run_git
from test_same_characters import can_trace

_RUN = """
import sys
from pathlib import Path
from shadowreport.importing import import_report
from shadowreport.pipeline import build
from shadowreport.roundtrip.merge import merge
from shadowreport.roundtrip.send import send
project = Path(sys.argv[1])
built = build(project, ("docx", "pdf", "html", "json", "md"))
(sent,) = send(project).files
merge(project, sent)
import_report(sent, project.parent / "imported")
sys.exit(not built.succeeded)
"""
# what a program of its own accord reads of the machine: where libraries lie, who it runs as, the clock
_SYSTEM = (
    r"/(?:usr/)?lib(?:32|64|x32)?/|/usr/share/(?:locale|zoneinfo|misc|git-core|mime)/|/usr/(?:local/)?bin/|/usr/local/lib/|/dev/(?:null|urandom|random|tty)$"
    r"|/proc/(?:self|meminfo|cpuinfo|mounts|\d+|sys|filesystems|stat|version)\b|/sys/(?:devices/system|fs/cgroup|kernel/mm)\b"
    r"|/etc/(?:ld\.so\.\w+|localtime|timezone|passwd|group|nsswitch\.conf|gitconfig|mime\.types|apache2/mime\.types|httpd/.*mime\.types|host\.conf|locale\.alias)"
    r"|/usr/share/(?:zoneinfo|locale)|/etc/ssl/openssl\.cnf$|/etc/alternatives/|/usr/lib/ssl/openssl\.cnf|/usr/libexec/git-core/"
)
_OPENED = re.compile(r'(?:open|openat|creat)\((?:AT_FDCWD, |\d+, )?"([^"]+)", ([A-Z_|]+).*= \d+$')


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder of everything that a run may write to, and its calls."""
    if not can_trace():
        pytest.skip("strace cannot be used here")
    folder = tmp_path_factory.mktemp("traced")
    tiny = Tiny(folder / "project")
    body = "{#a}\nText [@law, p. 2], and so on.[^n]\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n[^n]: See <https://www.example.org/a>.\n"
    tiny.section("100-general", body)
    tiny.write(
        "references/sources.yaml",
        "references:\n- {id: law, type: legislation, title: A law, URL: 'https://www.example.org/b'}\n",
    )
    run_git(tiny.project, "init", "--quiet")
    run_git(tiny.project, "config", "user.name", "Editor")
    run_git(tiny.project, "config", "user.email", "editor@example.org")
    commit_all(tiny.project, "A report")
    (folder / "tmp").mkdir()
    out = folder / "trace"
    calls = "trace=open,openat,creat,connect,bind,sendto,sendmsg"
    command = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", calls, "-s", "4096", "-o", str(out)]
    own = {
        "TMPDIR": str(folder / "tmp"),
        "HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",  # what Python compiles is none of a report's files
    }
    done = subprocess.run(
        [*command, sys.executable, "-c", _RUN, str(tiny.project)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **own},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder, out.read_text("utf-8", "replace").splitlines()


def opened(calls: list[str]) -> Iterator[tuple[str, bool]]:
    """Each file that was opened by its whole path, and whether to be written."""
    for match in filter(None, map(_OPENED.search, calls)):
        if match[1].startswith("/"):
            yield os.path.realpath(match[1]), bool(re.search("WRONLY|RDWR|CREAT", match[2]))


def test_nothing_is_connected_to(trace: tuple[Path, list[str]]) -> None:
    _, calls = trace
    assert len(calls) > 1000
    asked = [line for line in calls if re.search(r"(?:connect|bind|sendto|sendmsg)\(", line)]
    assert [line for line in asked if "AF_INET" in line] == []


def test_nothing_is_opened_beyond_the_report_and_the_toolchain(
    trace: tuple[Path, list[str]],
) -> None:
    folder, calls = trace
    paths = sysconfig.get_paths()
    bases = (sys.prefix, sys.base_prefix, paths["stdlib"], *filter(None, sys.path), ROOT, folder)
    known = [os.path.realpath(path) for path in bases]
    beyond = {
        path
        for path, _ in opened(calls)
        if not any(f"{path}/".startswith(f"{base}/") for base in known)
        and not re.match(_SYSTEM, path)
    }
    assert beyond == set()


def test_nothing_is_written_beyond_the_report_and_the_temporary_folder(
    trace: tuple[Path, list[str]],
) -> None:
    folder, calls = trace
    own = os.path.realpath(folder)
    written = {path for path, writes in opened(calls) if writes and not path.startswith(f"{own}/")}
    assert {path for path in written if not path.startswith(("/dev/", "/proc/self/"))} == set()
