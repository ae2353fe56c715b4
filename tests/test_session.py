"""What a session shows of itself: its plugins, and how it shows charts."""

import toolkit as tk
from toolkit import charts
from toolkit.tables import table


def test_the_plugins_are_listed_in_full_with_those_that_are_off(own_registry, tmp_path):
    (tmp_path / "toolkit_broken.py").write_text("raise ValueError('<b>no</b>')")
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tk.use(tmp_path)
    names = tk.plugins.table()["name"].to_list()
    assert len(repr(tk.plugins).splitlines()) == len(names)
    shown = tk.plugins._repr_html_()
    assert all(f">{name}</th>" in shown for name in names)
    assert f"{len(names)} plugins, 1 of them off" in shown
    assert "&lt;b&gt;no" in shown
    assert "<b>no" not in shown


def test_a_table_escapes_all_it_is_given():
    bad = "</table><script>alert(1)</script>"
    assert "<script>" not in table([bad], [[bad, bad]], caption=bad)


def test_outside_a_notebook_the_renderer_is_text():
    assert "no notebook" in charts.renderer()
