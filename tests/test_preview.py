"""The live preview: what it serves, to whom, and what it shows while somebody writes."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shadowreport.preview import Preview
from shadowreport.preview.session import Session, View
from shadowreport.preview.watch import Watch

BASE = Path(__file__).parent / "base"
NODE = Path(__file__).parent / "node"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""


@pytest.fixture(autouse=True)
def own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's key of these tests is not the one of the person who runs them."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small report."""
    return Path(shutil.copytree(BASE, tmp_path / "project"))


@pytest.fixture
def running(project: Path) -> Iterator[Preview]:
    """A preview that has built its first page."""
    preview = Preview(project)
    with preview.running():
        wait_for(preview, lambda view: view.page)
        yield preview


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview for tests that change nothing."""
    folder = tmp_path_factory.mktemp("serving")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "home"))
        preview = Preview(Path(shutil.copytree(BASE, folder / "project")))
    with preview.running():
        wait_for(preview, lambda view: view.page)
        yield preview


def wait_for(preview: Preview, condition: Any) -> Any:
    """The first view that meets a condition."""
    number, until = -1, time.monotonic() + 60
    while time.monotonic() < until:
        view = preview.session.newer(number, 1)
        if view and condition(view):
            return view
        number = view.number if view else number
    raise AssertionError(f"no such view; the last one: {preview.session.view}")


def ask(preview: Preview, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, Any]:
    """Status, body and headers of an answer."""
    host, _, port = preview.url.removeprefix("http://").rstrip("/").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=20)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(method, path, skip_host="Host" in sent)
    for name, value in sent.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body, answer.headers


def told(code: str) -> Callable[[View], bool]:
    """Whether a view names a problem. An editor may save in two steps, so that the view before it
    can have another one: of a file that was still empty."""
    return lambda view: not view.good and code in [item.code for item in view.problems]


def test_the_report_takes_remarks_as_a_page_that_was_sent_does(serving: Preview) -> None:
    _, page, _ = ask(serving, "/report")
    assert b'const remarksOn = {"on": {"report": "' in page


def section(project: Path) -> Path:
    """A section that holds text."""
    return next(
        path
        for path in sorted((project / "sections").glob("*.md"))
        if "{#" in path.read_text(encoding="utf-8")
    )


# --- who is answered ------------------------------------------------------------------------------


def test_it_listens_on_this_machine_alone(serving: Preview) -> None:
    assert serving.url.startswith("http://127.0.0.1:")
    assert serving._server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("path", ["/", "/page.js", "/page.css", "/report", "/matrix", "/status"])
def test_pages_are_served_with_a_policy(path: str, serving: Preview) -> None:
    status, body, headers = ask(serving, path)
    assert status == 200
    assert body
    assert "frame-ancestors" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:80"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1.evil.example:PORT"},
        {"Host": "evil.example:PORT"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/report", "/events", "/matrix", "/pages/x.svg"])
def test_requests_of_other_sites_are_refused(
    path: str, headers: dict[str, str], serving: Preview
) -> None:
    port = serving.url.rstrip("/").rpartition(":")[2]
    sent = {name: value.replace("PORT", port) for name, value in headers.items()}
    status, body, _ = ask(serving, path, **sent)
    assert status == 403
    assert b"Kazakhstan" not in body


def test_it_answers_its_own_pages(serving: Preview) -> None:
    port = serving.url.rstrip("/").rpartition(":")[2]
    for host in ("127.0.0.1", "localhost"):
        here = f"{host}:{port}"
        assert (
            ask(
                serving, "/report", Host=here, Origin=f"http://{here}", Sec_Fetch_Site="same-origin"
            )[0]
            == 200
        )


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"])
def test_nothing_but_get_is_known(method: str, serving: Preview) -> None:
    assert ask(serving, "/report", method)[0] == 501


@pytest.mark.parametrize(
    "path",
    [
        "/sections/report.yaml",
        "/../pyproject.toml",
        "/pages/..%2f..%2fetc%2fpasswd.svg",
        "/pages/../source/main.typ",
        "//etc/passwd",
        "/serve.py",
        "/page.html",
        "/report/x",
    ],
)
def test_no_file_of_the_machine_is_served(path: str, serving: Preview) -> None:
    assert ask(serving, path)[:2] == (404, b"")


# --- what is shown --------------------------------------------------------------------------------


def test_a_saved_file_comes_into_the_page(running: Preview, project: Path) -> None:
    file = section(project)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("\n{#", "\n{#new-one}\nA paragraph that was just written.\n\n{#", 1),
        encoding="utf-8",
    )
    view = wait_for(running, lambda view: b"just written" in view.page)
    assert view.good
    assert ask(running, "/report")[1] == view.page


def test_a_broken_section_keeps_the_last_good_page(running: Preview, project: Path) -> None:
    file = section(project)
    text = file.read_text(encoding="utf-8")
    before = running.session.view.page
    file.write_text(f"{text}\nSee @par-nothing.\n", encoding="utf-8")
    view = wait_for(running, told("unknown-reference"))
    assert view.page == before
    file.write_text(text, encoding="utf-8")
    wait_for(running, lambda view: view.good)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("sections/report.yaml", b"name: ["),
        ("sections/report.yaml", b"\xff\xfe"),
        ("references/cerd-2014.yaml", b"- no\n"),
        ("templates/report.html.j2", b"{{ nothing }}"),
        ("templates/cover.html.j2", b"{% if"),
    ],
)
def test_any_broken_file_keeps_the_last_good_page(name: str, data: bytes, project: Path) -> None:
    session = Session(project, None)
    session.rebuild()
    good = session.view
    assert good.good
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_bytes(data)
    session.rebuild()
    assert session.view.page == good.page
    assert not session.view.good
    assert session.view.problems


def test_events_tell_the_state_and_the_place_of_problems(running: Preview, project: Path) -> None:
    file = section(project)
    file.write_text(file.read_text(encoding="utf-8") + "\nSee @par-nothing.\n", encoding="utf-8")
    wait_for(running, told("unknown-reference"))
    host, _, port = running.url.removeprefix("http://").rstrip("/").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=20)
    connection.request("GET", "/events")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream"
    state = json.loads(answer.readline().removeprefix(b"data: "))
    connection.close()
    assert not state["good"]
    problem = next(item for item in state["problems"] if item["code"] == "unknown-reference")
    assert problem["file"] == f"sections/{file.name}"
    assert Path(problem["path"]) == file.resolve()
    assert problem["anchor"].startswith("sec-")
    assert problem["line"] == len(file.read_text(encoding="utf-8").splitlines())


def test_pages_of_the_pdf_are_drawn_when_somebody_looks(running: Preview, project: Path) -> None:
    assert running.session.view.pages == ()
    ask(running, "/pages")
    first = wait_for(running, lambda view: view.pages).pages
    status, body, headers = ask(running, f"/pages/{first[0]}.svg")
    assert (status, headers["Content-Type"]) == (200, "image/svg+xml")
    assert body.startswith(b"<svg")
    file = section(project)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("\n{#", "\n{#new-one}\nA paragraph that was just written.\n\n{#", 1),
        encoding="utf-8",
    )
    second = wait_for(running, lambda view: view.pages and view.pages != first).pages
    assert set(first) & set(second), "the cover is as it was"


def test_nothing_is_written_into_the_project(running: Preview, project: Path) -> None:
    ask(running, "/matrix")
    found = {path.relative_to(project).parts[0] for path in project.rglob("*") if path.is_file()}
    assert found <= {"sections", "references", "templates"}


def test_watching_tells_new_changed_and_missing_files_and_not_what_editors_leave(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "b.md").write_text("b")
    watch = Watch(tmp_path)
    assert watch.changed() == [str(tmp_path / "a.md"), str(tmp_path / "b.md")]
    assert watch.changed() == []
    (tmp_path / ".a.md.swp").write_text("x")
    (tmp_path / "a.md~").write_text("x")
    (tmp_path / "#a.md#").write_text("x")
    assert watch.changed() == []
    (tmp_path / "a.md").write_text("longer")
    (tmp_path / "b.md").unlink()
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.md").write_text("d")
    assert watch.changed() == [str(tmp_path / name) for name in ("a.md", "b.md", "c/d.md")]


def test_watching_tells_what_was_saved_under_its_old_time_and_what_only_begins_like_a_leftover(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.md"
    file.write_text("before")
    (tmp_path / "#1.png").write_text("a picture")
    watch = Watch(tmp_path)
    assert len(watch.changed()) == 2
    time = file.stat().st_mtime_ns
    file.write_text("behind")
    os.utime(file, ns=(time, time))
    assert watch.changed() == [str(file)]


@pytest.mark.skipif(
    not (NODE / "node_modules" / "playwright-core").exists(),
    reason="needs 'npm install' in tests/node",
)
@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
def test_it_works_in_a_browser(running: Preview, project: Path) -> None:
    command = ["node", "preview.mjs", running.url, str(section(project))]
    done = subprocess.run(
        command, cwd=NODE, capture_output=True, text=True, timeout=150, check=False
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert abs(seen["moved"]) <= 2, "the reader's place is kept"
    assert seen["text"]
    assert not seen["reloaded"]
    assert seen["renumbered"]
    assert "last good state" in seen["broken"]
    assert any("@par-nothing" in text for text in seen["inPlace"])
    assert seen["kept"]
    assert "@par-nothing" in seen["problem"]
    assert seen["link"].startswith("vscode://file/")
    assert (seen["toMatrix"], seen["toReport"]) == ("Matrix", "Report")
    assert seen["drawn"]
    assert seen["tab"] == "Matrix"
    assert seen["hits"] > 0
    assert seen["closed"]
    assert seen["violations"] == []
    assert seen["messages"] == []
    assert seen["origins"] == [running.url.rstrip("/")]
