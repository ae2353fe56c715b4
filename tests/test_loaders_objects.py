from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

import pytest
from reads import read

TEXT = "The ferry  talks\r\nresumed."
DAY = datetime(2026, 1, 12, 10)

OBJECTS = {
    "trafilatura": SimpleNamespace(text=TEXT, raw_text=TEXT, title="Ferry", author="Mara Quill", date="2026-01-12", sitename="Gazette", hostname="g.example",
                                   url="https://g.example/a", categories=["News"], body=object(), language=None),
    "newspaper4k": SimpleNamespace(text=TEXT, title="Ferry", authors=["Mara Quill"], publish_date=DAY, source_url="https://g.example", url="https://g.example/a",
                                   meta_lang="en", html="<p>x</p>", download=lambda: None),
    "news-please": SimpleNamespace(maintext=TEXT, title="Ferry", authors=["Mara Quill"], date_publish=DAY, source_domain="g.example", language="en",
                                   url="https://g.example/a", description=None),
    "fundus": SimpleNamespace(plaintext=TEXT, body=SimpleNamespace(sections=[]), title="Ferry", authors=["Mara Quill"], publishing_date=DAY, lang="en",
                              publisher="Gazette", topics=["ferries"], html=SimpleNamespace(requested_url="https://g.example/a", content="<p>x</p>")),
}  # fmt: skip


@pytest.mark.parametrize("found", OBJECTS.values(), ids=OBJECTS)
def test_what_scraping_libraries_give_is_an_article(found):
    for given in (found, [found, found]):
        articles, said = read(given)
        article = articles[-1]
        assert (article.text, article.title, article.author, article.url) == (
            TEXT,
            "Ferry",
            "Mara Quill",
            "https://g.example/a",
        )
        assert article.published.date() == DAY.date()
        assert said == []


@pytest.mark.parametrize("found", OBJECTS.values(), ids=OBJECTS)
def test_so_is_a_dict_of_the_same(found):
    record = {
        name: value for name, value in vars(found).items() if isinstance(value, (str, list, datetime, type(None)))
    }
    (article,), _ = read(record)
    assert (article.text, article.title, article.author) == (TEXT, "Ferry", "Mara Quill")


@pytest.mark.parametrize("text", [TEXT, None])
def test_a_field_that_holds_nothing_does_not_stand_before_one_that_does(text):
    record = {"text": None, "maintext": text, "title": None, "headline": "Ferry", "summary": f"{TEXT} Or do they not?"}
    (article,), said = read([record])
    assert (article.text, article.title, said) == (text or "", "Ferry", [])
    assert article.meta == {"summary": record["summary"]}


def test_a_real_document_of_trafilatura_is_an_article():
    trafilatura = pytest.importorskip("trafilatura")
    page = f"<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1><p>{TEXT * 20}</p></article></body></html>"
    document = trafilatura.bare_extraction(page, with_metadata=True)
    (article,), _ = read(document)
    assert (article.text, article.title) == (document.text, "Ferry")


@dataclass
class Odd:
    text: str = "x"

    @property
    def title(self):
        raise RuntimeError("no title today")


def test_a_property_that_raises_is_as_good_as_none():
    (article,), _ = read(Odd())
    assert (article.text, article.title) == ("x", None)


def test_an_object_without_text_is_told():
    assert read(object())[1][0].startswith("skipped: has nothing a loader can read")
