"""Summaries: sentences of the articles themselves, the most shared words first, nothing twice."""

import toolkit as tk

SHARED = "The ceasefire talks between Ukraine and Russia resumed in Geneva on {day} with {n} envoys."
ALONE = "A warbler founded its {n} colony on a remote island far north of {day}."


def made():
    days = ["Lund", "Vik", "Ost", "Ulm"]
    texts = [SHARED.format(day=day, n=n) + " " + ALONE.format(day=day, n=n * "x") for n, day in enumerate(days, 2)]
    return tk.load(
        [{"text": text, "outlet": "North"} for text in texts], recognizer="builtin", dedupe="off", progress=False
    )


def test_what_most_articles_say_comes_first_and_is_said_once():
    result = tk.analyses.summary(made(), top=2)
    assert "ceasefire talks" in result.frame["sentence"][0]
    assert result.frame["sentence"].str.contains("ceasefire").sum() == 1
    assert result.frame["rank"].to_list() == [*range(1, result.frame.height + 1)]


def test_each_sentence_is_found_in_its_article_and_groups_have_their_own(sample):
    result = tk.analyses.summary(sample, by="outlet", top=2)
    told = sample.sentences.select("doc_id", "sent_id", "text")
    joined = result.frame.join(told, on=["doc_id", "sent_id"])
    assert (joined["sentence"] == joined["text"]).all()
    assert result.frame.group_by("outlet").len()["len"].to_list() == [2] * 4
    copies = sample.documents.drop_nulls("duplicate_of")
    assert result.frame.join(copies, on="doc_id", how="semi").is_empty()
