"""The command `shadowreport`, and `python -m shadowreport` where the folder of installed commands is not on the PATH.

It stands alone so that Ctrl-C, pressed while the toolkit itself is being read, ends it without a traceback.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Reads the toolkit and runs what was typed; ends with 130 where Ctrl-C came before all was read."""
    try:
        from shadowreport.tasks.command import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
