"""What belongs to one session: plugins used in it, and how its notebook shows charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit import following
from toolkit.registry import registry
from toolkit.tables import table

if TYPE_CHECKING:
    import polars as pl


def use(plugin: Any, *, follow: bool = False) -> None:
    """Use a plugin in this session: a decorated function, a module, a plugin file or a folder of plugin files.

    One used again replaces its earlier self; it goes before an installed one of the same name. With `follow`, in a notebook,
    a file or folder is used again whenever a file in it is changed, and open explorers follow; a file that is broken by the
    change is told in a warning, and what it was before stays. Raises PluginError for what is no plugin or a broken one.
    """
    registry.use(plugin)
    if follow:
        following.follow(plugin)


def notebook() -> None:
    """Show plain Altair charts of this notebook offline, with the house theme; results and corpora need no set-up."""
    from toolkit import charts

    charts.enable()


COLUMNS = ("plugin", "kind", "from", "what for, or why it is off")


class Plugins:
    """The plugins of this session."""

    def table(self) -> pl.DataFrame:
        """One row per plugin, those that are off included, with the reason."""
        return registry.table()

    def __repr__(self) -> str:
        rows = self._rows()
        wide = [max(len(row[at]) for row in rows) for at in range(2)]
        return "\n".join(f"{name:<{wide[0]}}  {kind:<{wide[1]}}  {state}  {said}" for name, kind, state, said in rows)

    def _repr_html_(self) -> str:
        rows = self._rows()
        off = sum(state == "off" for _, _, state, _ in rows)
        return table(COLUMNS, rows, caption=f"{len(rows)} plugins" + (f", {off} of them off" if off else ""))

    def _rows(self) -> list[tuple[str, str, str, str]]:
        """Of each plugin: name, kind, where it is from or `off`, and what it is for or why it is off."""
        return [
            (row["name"], row["kind"], row["origin"] if row["on"] else "off", row["problem"] or row["summary"])
            for row in self.table().iter_rows(named=True)
        ]


plugins = Plugins()
"""The plugins of this session: `tk.plugins.table()`."""
