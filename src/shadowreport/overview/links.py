"""Asks whether the addresses of a report still answer: politely, within bounds, and only when told to.

One request at a time and a pause for each site, a few sites at once, at most five redirects, a short
wait, no more of a page than its head. Addresses inside a private network are never asked: a hostile
co-author could otherwise reach machines beside the editor's.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from shadowreport.checks.addresses import addresses, problem
from shadowreport.core.editions import line_told
from shadowreport.core.report import Place, Report
from shadowreport.machine.files import MAX_REFERENCES, read_text
from shadowreport.source.yaml import read_yaml

REGISTER = "references/links.yaml"
GOOD = frozenset(("ok", "moved"))
ARCHIVE = "https://web.archive.org/web/{day}/{url}"
_AGENT = "shadowreport (checks the sources of a report; asks each address once)"
_HEAD_REFUSED = frozenset((400, 403, 404, 405, 406, 429, 500, 501, 503))


@dataclass(frozen=True, slots=True)
class Bounds:
    """How patient and how gentle the client is. Times are in seconds."""

    timeout: float = 15
    pause: float = 1
    sites: int = 4
    redirects: int = 5
    bytes: int = 65_536
    fresh_days: int = 7
    allow_private: bool = False  # for tests against a server of one's own


@dataclass(frozen=True, slots=True)
class LinkResult:
    """What an address answered. `state` is ok, moved, missing, refused, failing, slow, certificate,
    unreachable, private or invalid; `target` is where it leads now, where that is elsewhere."""

    url: str
    state: str
    checked: str
    status: int = 0
    target: str = ""
    detail: str = ""
    good: str = ""  # the last day on which it answered well
    archived: str = ""  # the copy that an archive was asked to make

    @property
    def archive(self) -> str:
        """Where an archived copy may be, where the address no longer answers well."""
        day = (self.good or self.checked).replace("-", "")
        dead = self.state in ("missing", "unreachable", "failing", "certificate")
        return ARCHIVE.format(day=day, url=self.url) if dead else ""


@dataclass(frozen=True, slots=True)
class Links:
    """The results by address, and every place at which each address stands."""

    results: Mapping[str, LinkResult]
    places: Mapping[str, tuple[Place, ...]]

    def bad(self) -> list[LinkResult]:
        """Those that a person should look at."""
        return [result for result in self.results.values() if result.state != "ok"]


def check_links(
    report: Report,
    project: Path,
    today: date,
    bounds: Bounds = Bounds(),
    progress: Callable[[str], None] = lambda _: None,
) -> Links:
    """Asks every web address of a report that has not answered well within the last days."""
    places = _places(report)
    known = read_register(project)
    due = [url for url in places if not _is_fresh(known.get(url), today, bounds.fresh_days)]
    asked = ask_all(due, today, bounds, progress)
    results = {
        url: _remember(asked.get(url) or known[url], known.get(url)) for url in sorted(places)
    }
    return Links(results, places)


def known_links(report: Report, project: Path) -> Links:
    """Every web address of a report, with what it answered when it was asked last. Nobody is asked."""
    places, known = _places(report), read_register(project)
    return Links({url: known.get(url) or LinkResult(url, "", "") for url in sorted(places)}, places)


def _places(report: Report) -> dict[str, tuple[Place, ...]]:
    places: dict[str, tuple[Place, ...]] = {}
    for url, place in addresses(report):
        if url.startswith(("http://", "https://")):
            place = Place(place.file, line_told(report, place), place.column)
            places[url] = (*places.get(url, ()), place)
    return places


def render_json(found: Links) -> str:
    """Every address with what became of it and where it stands, for other programs."""
    rows = [
        {
            **asdict(result),
            "archive": result.archive,
            "places": [str(place) for place in found.places.get(url, ())],
        }
        for url, result in found.results.items()
    ]
    return json.dumps({"addresses": rows}, ensure_ascii=False, indent=1) + "\n"


def _is_fresh(result: LinkResult | None, today: date, days: int) -> bool:
    if result is None or result.state not in GOOD:
        return False
    try:
        return 0 <= (today - date.fromisoformat(result.checked)).days < days
    except ValueError:
        return False


def _remember(result: LinkResult, before: LinkResult | None) -> LinkResult:
    good = result.checked if result.state in GOOD else before.good if before else ""
    return replace(result, good=good, archived=before.archived if before else "")


# --- asking -------------------------------------------------------------------------------------


def ask_all(
    urls: Iterable[str],
    today: date,
    bounds: Bounds,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, LinkResult]:
    """What each address answers: sites beside each other, the addresses of a site in turn."""
    sites: dict[str, list[str]] = {}
    for url in urls:
        sites.setdefault(_site(url), []).append(url)

    def visit(site: list[str]) -> list[LinkResult]:
        found: list[LinkResult] = []
        for index, url in enumerate(site):
            time.sleep(bounds.pause if index else 0)
            progress(url)
            found.append(ask(url, today, bounds))
        return found

    with ThreadPoolExecutor(bounds.sites) as pool:
        return {result.url: result for found in pool.map(visit, sites.values()) for result in found}


def _site(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def ask(url: str, today: date, bounds: Bounds) -> LinkResult:
    """What one address answers. Never raises for what a server does."""
    day = today.isoformat()
    if problem(url) and not bounds.allow_private:
        return LinkResult(url, "invalid", day, detail=problem(url))
    place, permanent = url, False
    for _ in range(bounds.redirects + 1):
        try:
            status, location = _request(place, bounds)
        except PrivateError as error:
            return LinkResult(url, "private", day, detail=str(error))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return LinkResult(
                url, _failure(error), day, target="" if place == url else place, detail=_said(error)
            )
        if status not in (301, 302, 303, 307, 308) or not location:
            return _answered(url, day, status, place, permanent)
        permanent = permanent or status in (301, 308)
        try:
            place = urljoin(place, location)
        except ValueError as error:  # a server may name what is no address
            return LinkResult(url, "failing", day, status, detail=_said(error))
        if not place.startswith(("http://", "https://")):
            return LinkResult(url, "failing", day, status, detail=f"leads to {place[:80]}")
    return LinkResult(url, "failing", day, 310, place, "leads on and on")


def _answered(url: str, day: str, status: int, place: str, permanent: bool) -> LinkResult:
    target = place if permanent and place != url else ""
    if 200 <= status < 300:
        return LinkResult(url, "moved" if target else "ok", day, status, target)
    state = (
        "missing"
        if status in (404, 410)
        else "refused"
        if status in (401, 403, 429, 451)
        else "failing"
    )
    return LinkResult(url, state, day, status, target)


def _failure(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "certificate"
    return "slow" if isinstance(error, TimeoutError) else "unreachable"


def _said(error: Exception) -> str:
    return (getattr(error, "verify_message", "") or str(error) or type(error).__name__)[:200]


class PrivateError(Exception):
    """An address of a private network."""


def _request(url: str, bounds: Bounds) -> tuple[int, str]:
    """The status and the redirection of an address: HEAD, and GET where a server dislikes HEAD."""
    status, location = once(url, "HEAD", bounds)
    return once(url, "GET", bounds) if status in _HEAD_REFUSED else (status, location)


def once(url: str, method: str, bounds: Bounds) -> tuple[int, str]:
    """The status of an address and where it leads on: one request, no redirect is followed. Raises OSError,
    HTTPException, ValueError and PrivateError."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    deadline = time.monotonic() + bounds.timeout
    address = _resolve(host, port, bounds)
    plain = socket.create_connection(address, timeout=bounds.timeout)
    connection = http.client.HTTPConnection(host, port, timeout=bounds.timeout)
    try:
        context = ssl.create_default_context()
        connection.sock = (
            context.wrap_socket(plain, server_hostname=host) if parts.scheme == "https" else plain
        )
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        name = host if parts.port is None else f"{host}:{port}"
        headers = {"Host": name, "User-Agent": _AGENT, "Accept": "*/*", "Connection": "close"}
        connection.request(method, urlunsplit(("", "", path, query, "")), headers=headers)
        # a server may also drip its head, a byte now and then, which no time-out of a read sees
        watchdog = threading.Timer(bounds.timeout, _cut, [connection.sock])
        watchdog.start()
        try:
            answer = connection.getresponse()
            _read(answer, deadline, bounds.bytes)
            return answer.status, _leads_to(answer)
        except (OSError, http.client.HTTPException):
            if time.monotonic() > deadline:
                raise TimeoutError("the answer did not come in time") from None
            raise
        finally:
            watchdog.cancel()
    finally:
        plain.close()
        connection.close()


def _leads_to(answer: http.client.HTTPResponse) -> str:
    return answer.headers.get("Location", "") or answer.headers.get("Content-Location", "")


def _cut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _read(answer: http.client.HTTPResponse, deadline: float, most: int) -> None:
    """Reads a little of a page; a server that drips is slow, however lively it is."""
    left = most
    while left > 0:
        data = answer.read1(min(left, 8192))
        if time.monotonic() > deadline:
            raise TimeoutError("the page did not come in time")
        if not data:
            return
        left -= len(data)


def _resolve(host: str, port: int, bounds: Bounds) -> tuple[str, int]:
    """The address to connect to. The name is looked up once, so that it cannot change between the
    look at it and the connection."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_, address in found:
        if not bounds.allow_private and not is_public(str(address[0]).split("%")[0]):
            raise PrivateError(f"{host} is {address[0]}, in a private network")
    return str(found[0][4][0]), port


# what passes for public and may lead into a network of one's own: 6to4 and its relay (RFC 3056, 7526), local
# NAT64 (RFC 8215), IPv4 in IPv6 (RFC 4291, 2765), site-local (RFC 3879); and what is nobody's (RFC 9637, 9602)
_NEVER = [
    *map(ipaddress.IPv6Network, ("2002::/16", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")),
    *map(ipaddress.IPv6Network, ("fec0::/10", "3fff::/20", "5f00::/16")),
    ipaddress.IPv4Network("192.88.99.0/24"),
]
_NAT64 = ipaddress.IPv6Network(
    "64:ff9b::/96"
)  # RFC 6052: it stands for the IPv4 address at its end


def is_public(text: str) -> bool:
    """Whether a machine with this address may be asked."""
    address = ipaddress.ip_address(text)
    if address in _NAT64:
        address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    refused = address.is_multicast or any(address in network for network in _NEVER)
    return address.is_global and not refused


# --- remembering --------------------------------------------------------------------------------


def read_register(project: Path) -> dict[str, LinkResult]:
    """What references/links.yaml remembers. Raises Failure where it is not YAML."""
    path = project / REGISTER
    if not path.exists():
        return {}
    data: Any = read_yaml(read_text(path, REGISTER, MAX_REFERENCES), REGISTER).data
    items = data.get("links", []) if isinstance(data, dict) else []
    found: dict[str, LinkResult] = {}
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and isinstance(item.get("url"), str):
            found[item["url"]] = LinkResult(
                item["url"],
                str(item.get("state", "")),
                str(item.get("checked", "")),
                item["status"] if isinstance(item.get("status"), int) else 0,
                str(item.get("target", "")),
                str(item.get("detail", "")),
                str(item.get("good", "")),
                str(item.get("archived", "")),
            )
    return found


def register_text(links: Links) -> str:
    """The new text of references/links.yaml: an address a block, in the order of the alphabet."""
    lines = ["# What the addresses of this report answered; written by invoke links.", "links:"]
    for result in links.results.values():
        values = {
            "url": result.url,
            "state": result.state,
            "checked": result.checked,
            "status": result.status,
            "target": result.target,
            "detail": result.detail,
            "good": result.good,
            "archive": result.archive,
            "archived": result.archived,
        }
        shown = [(key, value) for key, value in values.items() if value]
        for index, (key, value) in enumerate(shown):
            text = json.dumps(value, ensure_ascii=False) if key in _TEXTS else value
            lines.append(f"{'- ' if not index else '  '}{key}: {text}")
    return "\n".join(lines if links.results else [*lines[:1], "links: []"]) + "\n"


_TEXTS = frozenset(("url", "target", "detail", "archive", "archived"))
