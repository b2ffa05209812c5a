"""The tasks of this report: `invoke --list` shows them, `invoke NAME --help` explains one."""

from shadowreport.tasks import namespace

__all__ = ["namespace"]
