"""The files of a new report that belong to its authors: sections, references, a README."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ruamel.yaml import YAML

from shadowreport import __version__
from shadowreport.core.lexicon import Committee, Lexicon, Theme
from shadowreport.core.states import code_of, name_of
from shadowreport.core.unwritten import TODO
from shadowreport.machine.toolkit import starter
from shadowreport.new.choices import Choices, Cycle
from shadowreport.source.ids import slug
from shadowreport.source.yaml_edit import dumped, flow_list

BASE = "en"  # whose texts are written where nobody has written those of a language yet
_SETTINGS = "The report as a whole; docs/keys.md of the toolkit explains each key. What is left: invoke check."
_DOCUMENT = "What was recommended in this review: one entry a demand, named by its paragraph."
_SOURCES = "Sources in CSL YAML, as Zotero exports it; the id is what is cited: [@id, art. 2]."


def spoken() -> tuple[str, ...]:
    """The languages in which the texts of a new report are written."""
    return tuple(sorted(path.stem for path in (starter() / "words").glob("*.yaml")))


def project_files(choices: Choices, lexicon: Lexicon) -> dict[str, str]:
    """The authors' files by their names."""
    return _Starter(choices, lexicon).files()


class _Starter:
    """A report that begins: what was chosen, in the words of its language."""

    def __init__(self, choices: Choices, lexicon: Lexicon) -> None:
        language = choices.language if choices.language in spoken() else BASE
        path = starter() / "words" / f"{language}.yaml"
        self.words: dict[str, Any] = YAML(typ="safe").load(path.read_text("utf-8"))
        self.choices = choices
        self.lexicon = lexicon
        self.committee: Committee = lexicon.committees[choices.committee]
        locale = lexicon.languages[choices.language].locale
        known = lexicon.country("", choices.state).code or code_of(choices.state, locale)
        self.code = choices.state_code or known
        self.state = choices.state or name_of(self.code, locale)
        title = self.words["titles"][choices.answers].format(state=self.state or TODO)
        self.title = title

    def files(self) -> dict[str, str]:
        """All of them."""
        sections = dict(self._sections())
        return {
            "README.md": self._readme(),
            "sections/report.yaml": _yaml(_SETTINGS, self._settings()),
            "references/sources.yaml": _yaml(_SOURCES, {"references": [self._source()]}),
            **{
                f"references/{self._stem(cycle)}.yaml": _yaml(_DOCUMENT, self._document(cycle))
                for cycle in self.choices.cycles
            },
            **{f"sections/{name}.md": text for name, text in sections.items()},
        }

    def _readme(self) -> str:
        return self.words["readme"].format(
            title=self.title, version=__version__, source=self._key, locator=self._locator()
        )

    def _settings(self) -> dict[str, Any]:
        choices, code = self.choices, self.choices.committee
        name = slug(self.state, room=40) if self.state else ""
        state = {"name": self.state or TODO}
        if self.code:
            state["code"] = self.code
        organisations = choices.organisations or (self.words["organisation"],)
        contact = {"name": self.words["contact"], "email": "office@example.org"}
        return {
            "name": f"{name}-{code.lower()}" if name else "our-report",
            "title": self.title,
            "short_title": self.words["short_titles"][self.choices.answers],
            "state": state,
            "committee": code,
            "treaty": {
                "name": self._in_language(self.committee.treaty),
                "short": self.committee.treaty_called(choices.language),
            },
            "profile": code.lower(),
            "session": TODO,
            "date": date.today().isoformat(),
            "language": choices.language,
            "cycles": flow_list(self._stem(cycle) for cycle in choices.cycles),
            "organisations": [
                {"id": id, "name": name, "description": self.words["description"]}
                for id, name in zip(self._organisations(), organisations, strict=True)
            ],
            "contacts": [contact],
            "publication": self.words["publication"],
            "abbreviations": {code: self._in_language(self.committee.names)},
            "annexes": flow_list(("recommendations", "sources", "abbreviations")),
        }

    def _organisations(self) -> list[str]:
        """Ids of the organizations, from their names."""
        found: list[str] = []
        for name in self.choices.organisations or ("first",):
            id = slug(name, room=20) or "member"
            found.append(id if id not in found else f"{id}-{len(found) + 1}")
        return found

    # --- references -----------------------------------------------------------------------------

    @property
    def _key(self) -> str:
        """What the treaty is cited by; a review without a treaty cites the Universal Declaration."""
        return self.committee.treaty_short.lower() if self.committee.resolution else "udhr"

    def _source(self) -> dict[str, Any]:
        title = self._in_language(self.committee.treaty)
        number, issued = self.committee.resolution, self.committee.adopted
        if not number:
            title, number, issued = self.words["declaration"], "217 A (III)", "1948-12-10"
        resolution = self.words["resolution"].format(number=number)
        return {
            "id": self._key,
            "type": "treaty",
            "title": title,
            "number": resolution,
            "issued": issued,
        }

    def _stem(self, cycle: Cycle) -> str:
        return f"{self.choices.committee.lower()}-{cycle.year}"

    def _document(self, cycle: Cycle) -> dict[str, Any]:
        code = self.choices.committee
        heading = self.words["cycle"].format(committee=code, year=cycle.year)
        return {
            "committee": code,
            "symbol": cycle.symbol or self._symbol(),
            "cycle": cycle.year,
            "heading": {self.choices.language: heading},
            "recommendations": {
                number: {
                    "text": self.words["demand"],
                    **({"articles": flow_list(theme.articles)} if theme.articles else {}),
                    "theme": theme.id,
                }
                for number, theme in self._themes()
            },
        }

    def _symbol(self) -> str:
        """As much of a symbol as is known: concluding observations of a committee name the State."""
        body = self.committee
        return f"{body.symbol}/{self.code}/CO/{TODO}" if self.code and body.resolution else TODO

    # --- sections -------------------------------------------------------------------------------

    def _themes(self) -> Iterator[tuple[str, Theme]]:
        """The themes, each with the number of the paragraph that is answered."""
        for nth, theme in enumerate(self.committee.themes):
            yield str(8 + 2 * nth), theme

    def _sections(self) -> Iterator[tuple[str, str]]:
        summary, introduction = self.words["summary"], self.words["introduction"]
        first = self.committee.themes[0].id
        pointer = introduction["pointer"].format(theme=first)
        method = f"{{#method}}\n{introduction['text']}\n\n{pointer}"
        yield "000-summary", self._section(summary["title"], summary["text"], numbered=False)
        yield "100-introduction", self._section(introduction["title"], method)
        findings = self.words["findings"]
        yield "200-findings", self._section(findings["title"], findings["text"])
        for nth, (number, theme) in enumerate(self._themes()):
            yield f"{210 + 10 * nth}-{theme.id}", self._theme(theme, number, nth == 0)

    def _section(self, title: str, body: str, numbered: bool = True) -> str:
        front: dict[str, Any] = {"title": title, "level": 1}
        if not numbered:
            front["numbered"] = False
        return _page({**front, "authors": flow_list(self._organisations()[:1])}, body)

    def _theme(self, theme: Theme, number: str, noted: bool) -> str:
        words = self.words["theme"]
        demands = [f"{self._stem(cycle)}/{number}" for cycle in self.choices.cycles]
        facts = words["facts"].format(source=self._key, locator=self._locator(theme))
        note = f"[^{theme.id}]"
        body = f"{{#{theme.id}-facts}}\n{facts}{note if noted else ''}\n\n::: recommendations\n"
        body += f"{{#rec-{theme.id}}}\n{words['recommendation']}\n:::"
        if noted:
            body += f"\n\n{note}: {words['note']}"
        front = {
            "title": self._in_language(theme.titles),
            "authors": flow_list(self._organisations()[:1]),
            "recommendations": [flow_list(demands)],
            "paragraphs": {
                f"{theme.id}-facts": {"answers": flow_list(demands), "finding": "not-implemented"}
            },
        }
        return _page(front, body)

    def _locator(self, theme: Theme | None = None) -> str:
        """Behind a source: ", art. 2"; nothing where no article is known."""
        of = theme or self.committee.themes[0]
        if not of.articles:
            return ""
        return ", " + self.words["locator"].format(article=of.articles[0])

    def _in_language(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.choices.language) or texts[BASE]


def _yaml(comment: str, data: Mapping[str, Any]) -> str:
    return f"# {comment}\n{dumped(data)}"


def _page(front: Mapping[str, Any], body: str) -> str:
    return f"---\n{dumped(front)}---\n\n{body}\n"
