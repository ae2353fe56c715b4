"""Writes the reference of the commands into docs/command.md, from the parsers themselves."""

import argparse
import re
from pathlib import Path

from toolkit.cli.options import COMMANDS

PAGE = Path(__file__).parents[1] / "docs" / "command.md"
SOURCE = "`SRC`"
BETWEEN = re.compile(r"(<!-- commands -->\n).*?(<!-- /commands -->)", re.DOTALL)


def page() -> str:
    """The page as it should be: with what the parsers say of each command."""
    rows = {name: _rows(name) for name in COMMANDS}
    of_source = [of for of in rows.values() if SOURCE in map(_first, of)]
    shared = [row for row in of_source[0] if all(row in of for of in of_source) and _first(row) != SOURCE]
    sections = "".join(_section(name, [row for row in of if row not in shared]) for name, of in rows.items())
    loading = f"\n### How SRC is loaded\n\n{', '.join(f'`{n}`' for n, of in rows.items() if of in of_source)} take these too.\n{_table(shared)}"
    return BETWEEN.sub(lambda found: f"{found[1]}{sections}{loading}\n{found[2]}", PAGE.read_text(encoding="utf8"))


def _rows(name: str) -> list[str]:
    """A row for each argument and option of a command."""
    parser = argparse.ArgumentParser(add_help=False)
    options = COMMANDS[name][3]
    if options:
        options(parser)
    return [f"| {_named(action)} | {_told(action)} |\n" for action in parser._actions]


def _first(row: str) -> str:
    return row.split("|")[1].strip()


def _section(name: str, rows: list[str]) -> str:
    """A command: what it does, an example, its arguments."""
    _, says, example, _ = COMMANDS[name]
    return f"\n### toolkit {name}\n\n{says} `{example}`\n{_table(rows)}"


def _table(rows: list[str]) -> str:
    return f"\n| argument | what it is |\n|---|---|\n{''.join(rows)}" if rows else ""


def _named(action: argparse.Action) -> str:
    """An argument as it is written: its names and what follows them."""
    word = str(action.metavar or ",".join(map(str, action.choices or ())) or action.dest.upper())
    value = "" if action.nargs == 0 else word + " ..." * (action.nargs == "+")
    return f"`{' '.join([', '.join(action.option_strings), value]).strip()}`"


def _told(action: argparse.Action) -> str:
    """What an argument is for, and what it is if it is not given."""
    said = [action.help or ""]
    if action.required and action.option_strings:
        said.append("must be given")
    if action.default not in (None, False, (), Path()) and action.option_strings:
        said.append(f"`{action.default}` by default")
    return "; ".join(part for part in said if part)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf8")
