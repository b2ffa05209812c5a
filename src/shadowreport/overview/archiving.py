"""`invoke links --archive`: the public addresses of a report that no archive has been asked to keep yet.

To ask is to publish: an archive shows to everybody what it was asked to keep, and when. So it is asked when
somebody says so, and only for what the public edition cites.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

from shadowreport.checks.addresses import problem
from shadowreport.overview.links import GOOD, Bounds, LinkResult, Links, PrivateError, once

SERVICE = "https://web.archive.org/save/"
SLOW = Bounds(timeout=90, pause=5)  # an archive fetches the page before it answers
_ARCHIVES = ("archive.org", "archive.today", "archive.ph", "archive.is", "perma.cc")


def to_keep(found: Links, bounds: Bounds = SLOW) -> list[str]:
    """The addresses that an archive would be asked to keep: those that are kept already, that lead to an
    archive, or that answered badly when they were asked last, are not among them."""
    return [
        url
        for url, result in found.results.items()
        if not result.archived and (not result.state or result.state in GOOD)
        if bounds.allow_private or not (problem(url) or _is_archive(url))
    ]


def _is_archive(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return any(host == name or host.endswith(f".{name}") for name in _ARCHIVES)


def requests(urls: Iterable[str], service: str = SERVICE) -> str:
    """What an archive would be asked, a line each."""
    return "".join(f"{service}{url}\n" for url in urls)


def ask_to_keep(
    found: Links,
    urls: Iterable[str],
    bounds: Bounds = SLOW,
    service: str = SERVICE,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Links, dict[str, str]]:
    """Asks an archive to keep addresses, one after another. The results with the addresses of the copies,
    and why there is none where it did not answer with one."""
    results, refused = dict(found.results), dict[str, str]()
    for nth, url in enumerate(urls):
        time.sleep(bounds.pause if nth else 0)
        progress(url)
        copy, why = _kept(url, bounds, service)
        if copy:
            results[url] = replace(results.get(url) or LinkResult(url, "", ""), archived=copy)
        else:
            refused[url] = why
    return Links(results, found.places), refused


def _kept(url: str, bounds: Bounds, service: str) -> tuple[str, str]:
    try:
        status, location = once(f"{service}{url}", "GET", bounds)
        copy = urljoin(service, location) if location else ""
    except (OSError, HTTPException, ValueError, PrivateError) as error:
        return "", str(error) or type(error).__name__
    if status < 400 and copy.startswith(("http://", "https://")) and copy != url:
        return copy, ""
    return "", f"the archive answered {status}" + ("" if copy else ", and named no copy")
