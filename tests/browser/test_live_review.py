"""The review of names as an analyst uses it in JupyterLab: two clicks write the ledger."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]

CELLS = (
    "import toolkit as tk\ncorpus = tk.sample().with_ledger('names.csv')",
    "review = tk.review(corpus)\nreview",
)


def test_two_clicks_write_the_ledger_and_the_join_is_gone(open_notebook):
    notebook = open_notebook(*CELLS)
    notebook.page.set_viewport_size({"width": 1500, "height": 1500})
    notebook.run()
    out = notebook.outputs
    row = out.locator(".tk-table").first.get_by_role("row").filter(has_text="Hrynchak")
    row.click()
    expect(out.locator(".tk-review")).to_contain_text("Is 'Hrynchak' Oksana Hrynchak?")
    expect(out.locator(".tk-table").nth(1).locator("mark").first).to_contain_text("Hrynchak")
    notebook.picture("review", ".tk-review")
    out.get_by_role("button", name="Not the same", exact=True).click()
    expect(out.locator(".tk-said [role=status]")).to_contain_text(
        "Hrynchak is Hrynchak, not Oksana Hrynchak. Saved in names.csv."
    )
    expect(row).to_have_count(0)
    assert "split,Oksana Hrynchak,Hrynchak,Hrynchak,," in notebook.cell("print(open('names.csv').read())")
    assert int(notebook.cell("print(review.corpus.entities.filter(found_by='user').height)")) == 5
    same = out.get_by_role("button", name="Same", exact=True)
    same.focus()
    notebook.page.keyboard.press("Enter")
    expect(out.locator(".tk-said [role=status]")).to_contain_text("is rightly")
    out.get_by_role("button", name="Undo").click()
    expect(out.locator(".tk-said [role=status]")).to_contain_text("taken back")
    notebook.picture("review-decided", ".tk-review")
    assert (notebook.faults, notebook.strangers) == ([], [])


def test_without_a_kernel_a_table_is_left(open_notebook):
    notebook = open_notebook(*CELLS)
    notebook.run()
    notebook.cell("review.close()")
    notebook.outputs.get_by_text("as a table, for where no kernel runs").click()
    table = notebook.outputs.locator("details table")
    expect(table.get_by_role("row").nth(1)).to_be_visible()
    notebook.picture("review-static")


def test_the_notebook_on_names_runs_and_its_review_answers(open_notebook):
    notebook = open_notebook(file=ROOT / "notebooks" / "03_entities.ipynb")
    notebook.page.set_viewport_size({"width": 1300, "height": 9000})
    notebook.run()
    rows = notebook.outputs.locator(".tk-review .tk-table").first.locator("tbody tr")
    expect(rows.first).to_be_visible()
    notebook.picture("entities-notebook")
    left = int(notebook.cell("print(review.joins.height)"))
    rows.filter(has_text="Hrynchak").click()
    notebook.outputs.get_by_role("button", name="Same", exact=True).click()
    expect(notebook.outputs.locator(".tk-said [role=status]")).to_contain_text("Hrynchak is rightly Oksana Hrynchak")
    assert int(notebook.cell("print(review.joins.height)")) == left - 1
    assert (notebook.faults, notebook.strangers) == ([], [])
