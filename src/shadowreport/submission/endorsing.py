"""Which organisations stand behind the text: those that have signed it off, and nothing has changed since."""

from __future__ import annotations

from dataclasses import dataclass

from shadowreport.core.report import Organisation, Report
from shadowreport.core.sign_offs import judge


@dataclass(frozen=True, slots=True)
class Endorsement:
    """An organisation, how many paragraphs it has signed off, and how many of them have changed."""

    organisation: Organisation
    signed: int
    stale: int

    @property
    def holds(self) -> bool:
        """Whether it stands behind what is handed in."""
        return bool(self.signed) and not self.stale


def endorsements(report: Report) -> list[Endorsement]:
    """Each organisation of the report."""
    judged = [item for section in report.sections for item in judge(report, section)]
    result: list[Endorsement] = []
    for organisation in report.organisations:
        own = [item for item in judged if item.sign_off.organisation.id == organisation.id]
        signed = {item.sign_off.paragraph.id for item in own}
        stale = {item.sign_off.paragraph.id for item in own if item.stale}
        result.append(Endorsement(organisation, len(signed), len(stale)))
    return result
