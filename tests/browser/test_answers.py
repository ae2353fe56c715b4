"""Validation as a coder does it in JupyterLab: by button and by key."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.long

CELLS = ("import toolkit as tk\ncorpus = tk.sample()", "check = tk.validate(corpus, 'topics', n=20)\ncheck")


def test_questions_are_answered_by_button_and_key_and_scores_follow(open_notebook):
    notebook = open_notebook(*CELLS)
    notebook.run()
    out = notebook.outputs
    question = out.locator(".tk-question")
    expect(question).to_contain_text("Is this about ")
    out.get_by_role("button", name="Yes").click()
    expect(out.get_by_role("status").filter(has_text="1 of")).to_be_visible()
    out.get_by_role("group", name="Question").focus()
    for key, said in (("n", "2 of"), ("s", "3 of"), ("b", "2 of"), ("y", "3 of")):
        notebook.page.keyboard.press(key)
        expect(out.get_by_role("status").filter(has_text=said)).to_be_visible()
    assert notebook.cell("print(check.judgements['answer'].to_list())") == "['yes', 'no', 'yes']"
    expect(out.locator(".tk-table tbody tr").first).to_be_visible()
    notebook.picture("validation", ".jp-OutputArea-output:has(.tk-question)")
    assert (notebook.faults, notebook.strangers) == ([], [])
