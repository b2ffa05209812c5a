"""Sign-offs that no longer hold."""

from __future__ import annotations

from collections.abc import Iterator

from shadowreport.core.ids import is_told, possible
from shadowreport.core.problems import Diagnostic, did_you_mean
from shadowreport.core.report import Report, Section, SignOff
from shadowreport.core.sign_offs import judge


def stale(report: Report) -> Iterator[Diagnostic]:
    """Sign-offs that no longer hold, and those of paragraphs or organizations that do not exist."""
    known = {organisation.id for organisation in report.organisations}
    for section in report.sections:
        own = {item.id for item in section.paragraphs()}
        for item in section.sign_offs:
            if item.paragraph.id not in own and not is_told(item.paragraph.id, own):
                message = f"no paragraph of this section has the id '{item.paragraph.id}'"
                hint = did_you_mean(item.paragraph.id, possible(own))
                yield Diagnostic("unknown-paragraph", item.paragraph.place, message, hint)
            if item.organisation.id not in known:
                message = f"'{item.organisation.id}' is no organisation of sections/report.yaml"
                hint = did_you_mean(item.organisation.id, known)
                yield Diagnostic("unknown-organisation", item.organisation.place, message, hint)
        yield from _fallen(report, section)


def _fallen(report: Report, section: Section) -> Iterator[Diagnostic]:
    """What an organisation signed off of a paragraph on a day and changed since, once for all that it read."""
    fallen: dict[tuple[str, ...], list[SignOff]] = {}
    for judged in judge(report, section):
        item = judged.sign_off
        if judged.stale:
            one = (item.organisation.id, item.paragraph.id, item.date, judged.stale)
            fallen.setdefault(one, []).append(item)
    for (organisation, paragraph, day, why), items in fallen.items():
        aspects = [item.aspect for item in items]
        listed = " and ".join(", ".join(aspects).rsplit(", ", 1))
        message = f"{organisation} signed off the {listed} of paragraph '{paragraph}' on {day}; since then {why}"
        hint = (
            f"read it again: invoke review {section.name}#{paragraph} "
            f"--as {organisation} --aspect {','.join(aspects)}"
        )
        yield Diagnostic("stale-sign-off", items[0].organisation.place, message, hint)
