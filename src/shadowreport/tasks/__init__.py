"""The Invoke tasks: read options, call the pipeline, print, give the exit code. No logic.

A project's tasks.py says `from shadowreport.tasks import namespace`. What a task needs is imported
when it runs, so that `invoke --list` and the quick tasks stay quick.
"""

from __future__ import annotations

from invoke.collection import Collection

from shadowreport.machine.collector import spare_the_end
from shadowreport.tasks.beside import open_last, setup_git, text
from shadowreport.tasks.comparing import diff, redline
from shadowreport.tasks.cycles import next_cycle, suggest
from shadowreport.tasks.following import links, matrix, review, status, verify
from shadowreport.tasks.live import bench, preview
from shadowreport.tasks.making import build, check, format
from shadowreport.tasks.persons import person
from shadowreport.tasks.program import speak
from shadowreport.tasks.protecting import publish_copy, scan
from shadowreport.tasks.starting import doctor, new, style, upgrade
from shadowreport.tasks.submitting import package, session
from shadowreport.tasks.translating import translate, translate_diff, translated
from shadowreport.tasks.word import import_observations, import_report, merge, send

speak()
spare_the_end()
namespace = Collection(
    *(build, check, format, preview, new, upgrade, style, doctor),
    *(matrix, suggest, status, review, links, verify),
    next_cycle,
    *(import_report, import_observations, send, merge, redline, diff),
    *(person, scan, publish_copy, package, session, translate, translate_diff, translated),
    *(open_last, setup_git, text),
    bench,
)
