"""Which organisations have signed paragraphs off of which nothing has changed since.

They are counted of the whole report, whichever edition is handed in: two letters that differ would tell who
has read what is confidential.
"""

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
        """Whether it is named: all that it has signed off is as it was."""
        return bool(self.signed) and not self.stale


def endorsements(whole: Report) -> list[Endorsement]:
    """Each organisation of a whole report."""
    judged = [item for section in whole.sections for item in judge(whole, section)]
    result: list[Endorsement] = []
    for organisation in whole.organisations:
        own = [item for item in judged if item.sign_off.organisation.id == organisation.id]
        signed = {item.sign_off.paragraph.id for item in own}
        stale = {item.sign_off.paragraph.id for item in own if item.stale}
        result.append(Endorsement(organisation, len(signed), len(stale)))
    return result
