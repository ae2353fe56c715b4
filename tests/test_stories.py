"""Stories: reports of one event are together, others and later ones apart, and each adds to the digest."""

from datetime import date

import toolkit as tk

PORT = "The port of Lund will close in March, the harbour minister told dockers and shipowners."
ARTICLES = [
    {"title": "Port to close", "text": PORT + " Dockers were angry.", "published": "2026-01-05T08:00:00Z", "outlet": "A"},
    {"title": "Dockers strike", "text": "Dockers at the port of Lund went on strike after the harbour minister and shipowners closed it. Fishermen joined them with forty boats.", "published": "2026-01-06T08:00:00Z", "outlet": "B"},
    {"title": "Bridge falls", "text": "A bridge near Ost was swept into the sea at night, and two villages were cleared.", "published": "2026-01-06T09:00:00Z", "outlet": "A"},
    {"title": "Bridge inquiry", "text": "Villages near Ost ask why the bridge was swept into the sea at night; engineers had warned.", "published": "2026-01-07T09:00:00Z", "outlet": "B"},
    {"title": "Port, a look back", "text": "Dockers recall how the harbour minister closed the port of Lund to shipowners.", "published": "2026-03-01T09:00:00Z", "outlet": "B"},
]  # fmt: skip


def told(*more):
    return tk.analyses.stories(tk.load([*ARTICLES, *more], recognizer="builtin", progress=False))


def test_reports_of_one_event_within_days_are_one_story():
    frame = told().frame
    assert frame.select("story", "articles", "outlets").rows() == [("Port to close", 2, 2), ("Bridge falls", 2, 2)]
    assert frame["last_day"][0] == date(2026, 1, 6)
    assert "dockers" in frame["words"][0]


def test_a_digest_begins_with_the_first_report_and_goes_on_with_what_was_new():
    digest = told().frame["digest"][0]
    assert digest.startswith(PORT)
    assert "forty boats" in digest


def test_articles_without_a_date_are_counted():
    result = told({"title": "Undated", "text": "Nobody knows when the choir of Vik sang."})
    assert "1 articles have no date and are left out." in result.note
    assert set(result.sentences(story="Bridge falls")["title"]) == {"Bridge falls", "Bridge inquiry"}
