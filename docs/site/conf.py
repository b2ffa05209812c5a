"""How the documentation becomes a site: Sphinx, which reads the Markdown files as they lie here.

    python -m sphinx -W --keep-going -c docs/site . build/site

A link that leads nowhere and a page that nothing leads to end the build. What a page names outside of the
documentation (code, templates) is printed as its path, since it is no part of the site.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

ROOT = Path(__file__).parents[2]
PARTS = {
    "Begin": ("why", "tour", "comparison", "case-study", "setting-up", "situations"),
    "Write": (
        *("authoring", "footnotes", "slips", "formatting", "preview"),
        *("translating", "languages"),
    ),
    "Work together": ("word", "matrix", "cycle", "importing"),
    "Publish": ("protection", "submitting", "templates"),
    "Look up": ("tasks", "keys", "fields", "checks", "formats", "glossary"),
    "The toolkit": (
        *("guarantees", "security", "performance", "pages", "word-analysis"),
        *("architecture", "extending"),
    ),
}

project = "shadowreport"
version = release = installed(project)
author = f"the makers of {project}"
extensions = ["myst_parser"]
root_doc = "README"
exclude_patterns = [
    path.name for path in ROOT.iterdir() if path.name not in ("README.md", "CHANGELOG.md", "docs")
]
myst_heading_anchors = 4
html_theme = "furo"
html_title = project
html_copy_source = False
html_show_copyright = False

_CODE = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)#\s]+)(?:#[^)]*)?\)")


def setup(app: Sphinx) -> None:
    """Sphinx calls this."""
    app.add_lexer("csv", TextLexer)
    app.connect("source-read", _as_page)
    app.connect("html-page-context", _within_reach, priority=900)  # behind the theme's
    app.connect("build-finished", _front_door)


def _as_page(_app: Sphinx, name: str, source: list[str]) -> None:
    """A file as a page of the site: no links to files that are none, and on the first page the contents."""
    folder = posixpath.dirname(name)
    parts = _CODE.split(source[0])
    parts[::2] = [_LINK.sub(lambda link: _within(link, folder), prose) for prose in parts[::2]]
    source[0] = "".join(parts) + (_contents() if name == root_doc else "")


def _within(link: re.Match[str], folder: str) -> str:
    words, target = link[1], link[2]
    path = posixpath.normpath(posixpath.join(folder, target))
    if ":" in target or path.endswith(".md"):
        return link[0]
    return f"`{path}`" if words.strip("`/") in path else f"{words} (`{path}`)"


def _contents() -> str:
    """What stands at the side of each page."""
    lists = [(head, [f"docs/{page}" for page in pages]) for head, pages in PARTS.items()]
    lists[-1][1].append("CHANGELOG")
    return "".join(
        "\n\n```{toctree}\n:hidden:\n:caption: " + head + "\n\n" + "\n".join(pages) + "\n```\n"
        for head, pages in lists
    )


def _within_reach(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: object
) -> None:
    """What Sphinx leaves out for those who have no mouse or do not see: what scrolls takes the keyboard,
    and the heads of the contents say how deep they stand."""
    body, tree = context.get("body", ""), context.get("furo_navigation_tree", "")
    body = body.replace("<pre>", '<pre tabindex="0">')
    context["body"] = body.replace(
        '<div class="table-wrapper', '<div tabindex="0" class="table-wrapper'
    )
    context["furo_navigation_tree"] = tree.replace(
        'role="heading"', 'role="heading" aria-level="2"'
    )


def _front_door(app: Sphinx, error: Exception | None) -> None:
    """Servers show index.html where no page is named."""
    if error is None:
        shutil.copyfile(app.outdir / "README.html", app.outdir / "index.html")
