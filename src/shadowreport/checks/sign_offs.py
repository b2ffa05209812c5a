"""Sign-offs that no longer hold."""

from __future__ import annotations

from collections.abc import Iterator

from shadowreport.core.ids import is_told, possible
from shadowreport.core.problems import Diagnostic, did_you_mean
from shadowreport.core.report import Report
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
        for judged in judge(report, section):
            if judged.stale:
                item = judged.sign_off
                message = (
                    f"{item.organisation.id} signed off the {item.aspect} of paragraph "
                    f"'{item.paragraph.id}' on {item.date}; since then {judged.stale}"
                )
                hint = (
                    f"read it again: invoke review {section.name}#{item.paragraph.id} "
                    f"--as {item.organisation.id} --aspect {item.aspect}"
                )
                yield Diagnostic("stale-sign-off", item.organisation.place, message, hint)
