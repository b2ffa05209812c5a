"""`python -m shadowreport build`: for a machine on which the folder of installed commands is not on the PATH."""

from __future__ import annotations

from shadowreport.tasks.command import main

if __name__ == "__main__":
    main()
