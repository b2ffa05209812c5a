"""Asking addresses, tried on servers of our own: missing, moved, slow, dripping, wrongly certified."""

from __future__ import annotations

import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import Tiny
from invoke.context import Context
from invoke.exceptions import Exit

from shadowreport.load import load
from shadowreport.overview.archiving import ask_to_keep, requests, to_keep
from shadowreport.overview.links import (
    Bounds,
    LinkResult,
    Links,
    ask,
    ask_all,
    check_links,
    is_public,
    read_register,
    register_text,
)
from shadowreport.tasks import namespace

TODAY = date(2022, 3, 1)
BOUNDS = Bounds(timeout=1, pause=0, redirects=3, allow_private=True)


class _Site(BaseHTTPRequestHandler):
    asked: list[str]

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        type(self).asked.append(f"{self.command} {self.path}")
        page = self.path.partition("?")[0]
        redirects = {
            "/moved": (301, "/good"),
            "/elsewhere": (302, "/good"),
            "/round": (302, "/round"),
            "/file": (301, "file:///etc/passwd"),
            "/no-address": (302, "http://[::1"),
            "/nowhere": (302, ""),
            "/here": (200, "/missing"),  # says where it is to be found, and is there
            "/save/http://www.example.org/a": (302, "/web/20220301/http://www.example.org/a"),
        }
        if page in redirects:
            status, target = redirects[page]
            self.send_response(status)
            if target:
                self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif page == "/slow":
            time.sleep(1.6)
        elif page == "/drip-head":
            for _ in range(30):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.1)
        elif page == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(30 if self.command == "GET" else 0):
                self.wfile.write(b"x" * 10)
                self.wfile.flush()
                time.sleep(0.1)
        elif page == "/no-head" and self.command == "HEAD":
            self._status(405)
        else:
            self._status(
                {"/missing": 404, "/gone": 410, "/forbidden": 403, "/broken": 500}.get(page, 200)
            )

    def _status(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a server that answers in many ways."""
    _Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "state", "status"),
    [
        ("/good", "ok", 200),
        ("/no-head", "ok", 200),
        ("/elsewhere", "ok", 200),
        ("/moved", "moved", 200),
        ("/missing", "missing", 404),
        ("/gone", "missing", 410),
        ("/forbidden", "refused", 403),
        ("/broken", "failing", 500),
        ("/round", "failing", 310),
        ("/file", "failing", 301),
        ("/nowhere", "failing", 302),
        ("/here", "ok", 200),
        ("/slow", "slow", 0),
        ("/drip-head", "slow", 0),
    ],
)
def test_an_answer_is_told(site: str, path: str, state: str, status: int) -> None:
    result = ask(site + path, TODAY, BOUNDS)
    assert (result.state, result.status) == (state, status)


def test_a_page_that_moved_for_good_tells_where_to(site: str) -> None:
    assert ask(f"{site}/moved", TODAY, BOUNDS).target == f"{site}/good"


def test_a_page_that_drips_is_not_waited_for(site: str) -> None:
    bounds = Bounds(timeout=0.5, pause=0, allow_private=True)
    started = time.monotonic()
    from shadowreport.overview.links import once

    with pytest.raises(TimeoutError):
        once(f"{site}/drip", "GET", bounds)
    assert time.monotonic() - started < 2.5


def test_an_address_where_nobody_answers() -> None:
    assert ask("http://127.0.0.1:9/", TODAY, BOUNDS).state == "unreachable"


def test_a_wrong_certificate(tmp_path: Path) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=wrong.example",
        "-days",
        "1",
    ]
    try:
        subprocess.run(
            [*command, "-keyout", key, "-out", certificate], check=True, capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("openssl is not on this machine")
    _Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        result = ask(f"https://localhost:{server.server_port}/good", TODAY, BOUNDS)
    finally:
        server.shutdown()
        server.server_close()
    assert result.state == "certificate"
    assert result.archive.startswith("https://web.archive.org/web/20220301/https://localhost")


def test_machines_of_a_private_network_are_never_asked(site: str) -> None:
    bounds = Bounds(timeout=1, pause=0)
    for url in (
        site,
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://localhost.localdomain/",
    ):
        assert ask(f"{url}/good", TODAY, bounds).state in ("private", "invalid", "unreachable")
    assert _Site.asked == []


def test_the_addresses_of_a_site_are_asked_in_turn_with_a_pause(site: str) -> None:
    started = time.monotonic()
    ask_all(
        [f"{site}/good?{n}" for n in range(3)],
        TODAY,
        Bounds(timeout=1, pause=0.2, allow_private=True),
    )
    assert time.monotonic() - started >= 0.4
    assert _Site.asked == [f"HEAD /good?{n}" for n in range(3)]


def test_what_was_answered_is_remembered_and_not_asked_again(site: str, tiny: Tiny) -> None:
    tiny.write(
        "sections/300-case.md",
        f"---\ntitle: A case\n---\nSee <{site}/good> and [this]({site}/missing).\n",
    )
    report, _ = load(tiny.project)
    assert report
    links = check_links(report, tiny.project, TODAY, BOUNDS)
    assert {result.state for result in links.results.values()} == {"ok", "missing"}
    assert [result.url for result in links.bad()] == [f"{site}/missing"]
    assert links.places[f"{site}/missing"][0].file == "sections/300-case.md"
    tiny.write("references/links.yaml", register_text(links))
    assert read_register(tiny.project) == dict(links.results)
    _Site.asked.clear()
    again = check_links(report, tiny.project, date(2022, 3, 3), BOUNDS)
    assert {request.split()[1] for request in _Site.asked} == {"/missing"}
    assert again.results[f"{site}/good"].checked == "2022-03-01"


def test_the_register_holds_any_text() -> None:
    odd = LinkResult(
        'https://example.org/a:b#"c', "failing", "2022-03-01", 500, detail="it said: 'no' # never"
    )
    text = register_text(Links({odd.url: odd}, {}))
    assert '"https://example.org/a:b#\\"c"' in text


@pytest.mark.parametrize(
    "address",
    [
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::"),
        *(
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "::ffff:10.0.0.1",
            "fec0::1",
            "ff02::1",
            "224.0.0.1",
        ),
        *(
            "192.88.99.1",
            "3fff::1",
            "5f00::1",
            "127.0.0.1",
            "169.254.169.254",
            "fe80::1",
            "fd00::1",
            "::1",
        ),
    ],
)
def test_private_machines_are_known_in_every_dress(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_public_machines_are_asked(address: str) -> None:
    assert is_public(address)


def test_a_redirect_to_what_is_no_address_ends_nothing(site: str) -> None:
    found = ask(f"{site}/no-address", TODAY, BOUNDS)
    assert (found.state, found.status) == ("failing", 302)


# --- keeping --------------------------------------------------------------------------------------


def _links(*urls: str) -> Links:
    return Links({url: LinkResult(url, "", "") for url in urls}, {})


def test_an_archive_is_asked_for_each_address_once(site: str) -> None:
    service, good, bad = f"{site}/save/", "http://www.example.org/a", "http://www.example.org/b"
    _Site.asked.clear()
    found, refused = ask_to_keep(_links(good, bad), [good, bad], BOUNDS, service)
    assert _Site.asked == [f"GET /save/{good}", f"GET /save/{bad}"]
    copy = f"{site}/web/20220301/{good}"
    assert found.results[good].archived == copy
    assert refused == {bad: "the archive answered 200, and named no copy"}
    assert to_keep(found) == [bad]


def test_what_an_archive_is_asked_to_keep_is_public_and_not_kept_yet() -> None:
    kept = LinkResult("https://a.example.org/kept", "ok", "", archived="https://x.example.org/")
    gone = LinkResult("https://a.example.org/gone", "missing", "")
    found = _links(
        "https://www.example.org/a",
        "https://web.archive.org/web/2020/https://b.example.org/",
        "https://perma.cc/ABCD",
    )
    every = Links({**found.results, kept.url: kept, gone.url: gone}, {})
    assert to_keep(every) == ["https://www.example.org/a"]
    assert requests(to_keep(every)) == "https://web.archive.org/save/https://www.example.org/a\n"


def test_copies_are_remembered(tiny: Tiny, site: str) -> None:
    result = LinkResult(f"{site}/good", "ok", "2022-03-01", archived="https://x.example.org/a")
    tiny.write("references/links.yaml", register_text(Links({result.url: result}, {})))
    assert read_register(tiny.project)[result.url].archived == "https://x.example.org/a"


class _NoNetwork:
    def __init__(self, *_: object, **__: object) -> None:
        raise AssertionError("a connection was made")


def test_nothing_is_asked_unless_it_was_said(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "::: confidential\nSee <https://www.example.org/secret>.\n:::\n"
    tiny.section("100-general", f"See <https://www.example.org/a>.\n\n{secret}")
    monkeypatch.setattr("socket.socket", _NoNetwork)
    monkeypatch.setattr("socket.create_connection", _NoNetwork)
    monkeypatch.chdir(tiny.project)
    run_task("links", archive=True)
    said = capsys.readouterr().out
    assert "1 address" in said
    asked = (tiny.project / "build/to-archive.txt").read_text()
    assert asked == "https://web.archive.org/save/https://www.example.org/a\n"
    assert not (tiny.project / "references/links.yaml").exists()


@pytest.mark.parametrize("options", [{"ask": True}, {"archive": True, "edition": "confidential"}])
def test_an_archive_is_never_told_of_confidential_addresses(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, options: dict[str, object]
) -> None:
    tiny.section(
        "100-general", "Text.\n\n::: confidential\nSee <https://www.example.org/a>.\n:::\n"
    )
    monkeypatch.setattr("socket.create_connection", _NoNetwork)
    monkeypatch.chdir(tiny.project)
    with pytest.raises(Exit):
        run_task("links", **options)
    assert not (tiny.project / "build/to-archive.txt").exists()


def run_task(name: str, **options: object) -> None:
    """Runs a task in this process."""
    namespace[name].body(Context(), **options)
