"""Serves a preview on this machine alone: GET, for pages of its own, and nothing else.

A page of some website, open in the same browser, could ask 127.0.0.1 for the draft. So a request is
answered only where Host is the address that we serve (which a rebound DNS name is not), and where
the browser does not say that another site asks.
"""

from __future__ import annotations

import json
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from shadowreport.core.layout import FOLDERS
from shadowreport.core.problems import Diagnostic, Failure
from shadowreport.core.register import Register
from shadowreport.machine.cache import open_cache
from shadowreport.machine.toolkit import templates
from shadowreport.preview.session import Session, View
from shadowreport.preview.watch import Watch

ADDRESS = "127.0.0.1"
_STATIC = {
    "/": ("page.html", "text/html; charset=utf-8"),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
}
_HERE = Path(__file__).parent
_LOOK = 0.08  # seconds between two looks at the files
_BEAT = 15.0  # seconds after which a silent connection gets a sign of life
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_SHELL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class PortError(Exception):
    """A port of this machine cannot be had; the text says why, for a person."""


class Preview:
    """A running preview: a server and a thread that builds."""

    def __init__(
        self, project: Path, port: int = 0, name: str = "", persons: Register | None = None
    ) -> None:
        """Binds a port of this machine, a free one where it is 0; `name` is an edition. Raises OSError."""
        self.session = Session(project, open_cache(project), name, persons)
        self._watch = Watch(*(project / name for name in FOLDERS), templates())
        self._server = _Server((ADDRESS, port), _Handler)
        self._server.session = self.session
        self._stopping = threading.Event()

    @property
    def url(self) -> str:
        """Where the preview is."""
        return f"http://{ADDRESS}:{self._server.server_port}/"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serves and builds as long as it lasts."""
        threads = [
            threading.Thread(target=work, daemon=True)
            for work in (self._server.serve_forever, self._build)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            self._server.shutdown()
            threads[1].join(timeout=10)
            self._server.server_close()
            self.session.close()

    def _build(self) -> None:
        while not self._stopping.is_set():
            started = time.monotonic()
            if self._watch.changed():
                self.session.rebuild()
            elif not self.session.draw_pages():
                # looking at many files takes a while: then look less often
                self._stopping.wait(max(_LOOK, 10 * (time.monotonic() - started)))


def preview(
    project: Path,
    port: int = 0,
    browser: bool = True,
    say: Callable[[str], None] = lambda _: None,
    name: str = "",
    persons: Register | None = None,
) -> None:
    """Serves a project's preview until Ctrl-C, in an edition, the whole report where none is named. `say` is
    told the address. Raises PortError where the port cannot be had."""
    try:
        running = Preview(project, port, name, persons)
    except OSError as error:
        raise PortError(f"port {port} cannot be used: {str(error.strerror).lower()}") from None
    except OverflowError:
        raise PortError(f"there is no port {port}; they go up to 65535") from None
    with running.running():
        try:
            say(running.url)
            if browser:
                webbrowser.open(running.url)
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    session: Session

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is nothing to report."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server  # type: ignore[assignment]
    protocol_version = "HTTP/1.1"
    server_version = "shadowreport"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        if not self._is_ours():
            self._answer(
                b"This preview answers its own pages only.\n",
                "text/plain",
                status=HTTPStatus.FORBIDDEN,
            )
            return
        path = self.path.partition("?")[0]
        if path in _STATIC:
            name, kind = _STATIC[path]
            self._answer((_HERE / name).read_bytes(), kind, _SHELL_POLICY)
        elif path in _ROUTES:
            _ROUTES[path](self)
        elif path.startswith("/pages/"):
            picture = self.server.session.picture(path.removeprefix("/pages/").removesuffix(".svg"))
            self._answer(picture, "image/svg+xml", _PICTURE_POLICY)
        else:
            self._answer(b"", "text/plain")

    def _is_ours(self) -> bool:
        hosts = {f"{name}:{self.server.server_port}" for name in (ADDRESS, "localhost")}
        host, origin = self.headers.get("Host", ""), self.headers.get("Origin")
        site = self.headers.get("Sec-Fetch-Site", "none")
        return (
            host in hosts and origin in (None, f"http://{host}") and site in ("none", "same-origin")
        )

    def _answer(
        self, data: bytes, kind: str, policy: str = "", status: HTTPStatus = HTTPStatus.OK
    ) -> None:
        self.send_response(HTTPStatus.NOT_FOUND if status == HTTPStatus.OK and not data else status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        # a page of the report carries a stricter policy of its own; both hold
        self.send_header(
            "Content-Security-Policy", policy or "frame-ancestors 'self'; form-action 'none'"
        )
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _html(self, make: Callable[[], bytes]) -> None:
        try:
            data = make()
        except Failure as failure:
            self._answer(
                str(failure).encode(), "text/plain; charset=utf-8", status=HTTPStatus.CONFLICT
            )
        else:
            self._answer(data, "text/html; charset=utf-8")

    def _report(self) -> None:
        self._html(lambda: self.server.session.view.page)

    def _matrix(self) -> None:
        self._html(self.server.session.matrix)

    def _status(self) -> None:
        self._html(self.server.session.status)

    def _pages(self) -> None:
        self.server.session.want_pages()
        self._answer(b"{}", "application/json")

    def _events(self) -> None:
        """The state now and after each change (Server-Sent Events, HTML Living Standard, 9.2)."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        number = -1
        try:
            while True:
                view = self.server.session.newer(number, _BEAT)
                if view:
                    number = view.number
                    state = json.dumps(
                        _state(view, self.server.session.project), ensure_ascii=False
                    )
                    self.wfile.write(f"data: {state}\n\n".encode())
                else:
                    self.wfile.write(b": still here\n\n")
                self.wfile.flush()
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: the tasks print, stages do not."""


_ROUTES: dict[str, Callable[[_Handler], None]] = {
    "/report": _Handler._report,
    "/matrix": _Handler._matrix,
    "/status": _Handler._status,
    "/pages": _Handler._pages,
    "/events": _Handler._events,
}


def _state(view: View, project: Path) -> dict[str, Any]:
    """What the page is told of a view."""
    anchors = dict(view.sections)
    return {
        "number": view.number,
        "page": view.page_mark if view.page else "",
        "good": view.good,
        "problems": [
            _problem(item, anchors.get(item.place.file, ""), project) for item in view.problems
        ],
        "pages": view.pages,
        "pagesError": view.pages_error,
    }


def _problem(item: Diagnostic, anchor: str, project: Path) -> dict[str, Any]:
    return {
        "code": item.code,
        "severity": item.severity,
        "file": item.place.file,
        "line": item.place.line,
        "column": item.place.column,
        "message": item.message,
        "hint": item.hint,
        "anchor": anchor,
        "path": (project / item.place.file).resolve().as_posix(),
    }
