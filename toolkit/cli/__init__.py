"""The command `toolkit`: load, run, check, report, plugins, new, check-plugin, lab."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from toolkit.cli.commands import FAILED
from toolkit.cli.options import parser
from toolkit.errors import ToolkitError

INTERRUPTED = 130
ERRORS = (ToolkitError, OSError, ValueError, AttributeError)
"""What becomes one line and an exit code; anything else is a bug and shows its traceback."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit code: 0 done, 1 something failed, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        options = parser(words).parse_args(words)
        command: Callable[[argparse.Namespace], int] = options.command
        code = command(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read along has read enough, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ERRORS as error:
        print(f"toolkit: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("toolkit: stopped.", file=sys.stderr)
        return INTERRUPTED
