"""The corpus: an immutable value that holds the frames, the codebook, what was fitted, and how it was made."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from toolkit import (
    bucket,
    card,
    doctor,
    finding,
    grouping,
    judging,
    reading,
    receipt,
    schema,
    selection,
    stages,
    store,
    topics,
    words,
)
from toolkit.content import MODULUS, content
from toolkit.controls import Names, checked
from toolkit.errors import SettingError, ToolkitError
from toolkit.fit import Fit
from toolkit.ledger import Decision, Ledger, merged, watched
from toolkit.log import LOG, logged, toolkit_version
from toolkit.registry import registry
from toolkit.result import Result
from toolkit.target import written
from toolkit.topics import Codebook

if TYPE_CHECKING:
    from toolkit.engine import Factory

# What works on articles is imported by the methods that do so: opening a corpus and looking at it needs none of it.

DERIVED = ("document_topics", "copies", "words")


@dataclass(frozen=True, eq=False)
class Corpus:
    """Articles as frames. Make one with `tk.load`, `tk.open` or `tk.sample`; every operation gives a new one.

    `documents`, `sentences`, `entities` and `topics` are polars frames (see the schema); `problems` names every input
    that was skipped or repaired; `log` says what was done, with which settings and versions.
    """

    frames: Mapping[str, pl.LazyFrame]
    codebook: Codebook
    settings: Mapping[str, Any]
    fit: Fit = field(default=Fit())
    ledger: Ledger = field(default=Ledger())
    problems: pl.DataFrame = field(default_factory=schema.PROBLEMS.empty)
    log: pl.DataFrame = field(default_factory=lambda: LOG.to_frame())
    filters: tuple[str, ...] = ()
    judgements: pl.DataFrame = field(default_factory=schema.JUDGEMENTS.empty)
    stages: Mapping[str, int] = field(default_factory=lambda: dict(stages.VERSIONS))
    _made: dict[Any, Any] = field(default_factory=dict, repr=False)
    _content: int | None = field(default=None, repr=False)

    # Frames

    @property
    def documents(self) -> pl.DataFrame:
        """One row per article."""
        return self.frame("documents")

    @property
    def sentences(self) -> pl.DataFrame:
        """One row per sentence, with its kind, paragraph, heading and place in the text."""
        return self.frame("sentences")

    @property
    def entities(self) -> pl.DataFrame:
        """One row per mention of a name, date or amount."""
        return self.frame("entities")

    @property
    def topics(self) -> pl.DataFrame:
        """One row per sentence and topic of weight above 0."""
        return self.frame("topics")

    def scan(self, name: str) -> pl.LazyFrame:
        """One of the frames, lazy: documents, sentences, entities, topics, or an annotator's."""
        return self.frames[name] if name in self.frames else self.frame(name).lazy()

    def frame(self, name: str, **settings: Any) -> pl.DataFrame:
        """A frame by name: a core frame, `document_topics`, `copies`, or what an annotator of that name gives with these settings.

        `words` has the words of each sentence as they are counted. `copies` has a row for each story that was found more than
        once: its first article, outlet and date, how many copies in how many outlets, and the agency that it looks to be from.

        Computed once and kept. Raises ToolkitError, naming what exists, if there is none of that name.
        """
        annotator = None if name in (*self.frames, *DERIVED) else registry.of("annotator").get(name)
        if annotator:
            settings = checked(name, annotator.settings, settings)
        key = (name, annotator.version if annotator else "", repr(sorted(settings.items())))
        if key not in self._made:
            if annotator:
                self._made[key] = annotator.function(self, **settings)
            elif name in self.frames:
                self._made[key] = self.frames[name].collect()
            elif name == "document_topics":
                self._made[key] = topics.document_topics(self.documents, self.sentences, self.topics, self.codebook)
            elif name == "words":
                self._made[key] = words.cut(self.frames["sentences"]).collect(engine="streaming")
            elif name == "copies":
                from toolkit import duplicates

                self._made[key] = duplicates.clusters(self.documents)
            else:
                known = ", ".join([*schema.CORE, *DERIVED, *registry.of("annotator")])
                raise ToolkitError(f"There is no frame {name!r}; there are {known}.")
        if isinstance(self._made[key], pl.LazyFrame):
            self._made[key] = self._made[key].collect()
        frame: pl.DataFrame = self._made[key]
        return frame

    @property
    def annotated(self) -> dict[tuple[str, str, str], pl.DataFrame | pl.LazyFrame]:
        """The annotators' frames that were computed or saved: each by name, version of its plugin, and settings."""
        return {key: frame for key, frame in self._made.items() if key[0] not in (*schema.CORE, *DERIVED)}

    def __len__(self) -> int:
        return int(self.frames["documents"].select(pl.len()).collect().item())

    def sql(self, query: str) -> pl.DataFrame:
        """What an SQL query over the core frames gives: `corpus.sql("SELECT outlet, count(*) FROM documents GROUP BY outlet")`."""
        return pl.SQLContext(dict(self.frames)).execute(query, eager=True)

    def mentions(self, kind: Names = "names") -> pl.LazyFrame:
        """The mentions of names in sentences of a counted kind, as `entities` has them.

        `kind` is names (all of them), people, organisations, places, or one label, such as EVENT.
        """
        return selection.mentions(self.frames, kind)

    # Parts of it

    def where(self, *, topic: str | list[str] | None = None, entity: str | list[str] | None = None, country: str | list[str] | None = None,
              outlet: str | list[str] | None = None, language: str | list[str] | None = None,
              since: date | str | None = None, until: date | str | None = None, text: str | None = None, **columns: Any) -> Corpus:  # fmt: skip
        """The documents that meet every condition, as a corpus with the same codebook and fit.

        `topic`, `entity` and `country` ask for a sentence that holds it; `since` and `until` are days, both included;
        `text` is found in title or text, case folded; `columns` are columns of `documents`. A list means any of its values.
        """
        given: dict[str, Any] = {"topic": topic, "entity": entity, "country": country, "outlet": outlet, "language": language,
                                 "since": since, "until": until, "text": text, **columns}  # fmt: skip
        conditions = {name: value for name, value in given.items() if value is not None}
        return self._only(selection.chosen(self.frames, conditions), selection.said(conditions))

    def filter(self, *predicates: pl.Expr) -> Corpus:
        """The documents for which polars expressions over `documents` hold, as a corpus with the same codebook and fit."""
        return self._only(
            self.frames["documents"].filter(*predicates).select("doc_id"), tuple(f"only {p}" for p in predicates)
        )

    def without_copies(self, *, per: Literal["corpus", "outlet"] = "corpus") -> Corpus:
        """The documents that repeat no other, as a corpus: each story once or, per outlet, once in each outlet."""
        first = pl.col("duplicate_of").is_null()
        if per == "outlet":
            story = pl.coalesce("duplicate_of", "doc_id")
            first = pl.struct("outlet", story.alias("story")).is_first_distinct()
        said = "copies left out" if per == "corpus" else "copies within an outlet left out"
        return self._only(self.frames["documents"].filter(first).select("doc_id"), (said,))

    def _only(self, doc_ids: pl.LazyFrame, said: tuple[str, ...]) -> Corpus:
        kept = doc_ids.collect().lazy()

        def mine(frame: pl.LazyFrame) -> pl.LazyFrame:
            return frame.join(kept, on="doc_id", how="semi", maintain_order="left")

        # An annotator sees one document at a time, so a part of its frame is the frame of the part.
        made = {key: mine(frame.lazy()) for key, frame in self.annotated.items()}
        frames = {name: mine(frame) for name, frame in self.frames.items()}
        return replace(self, frames=frames, filters=self.filters + said, _made=made, _content=None)

    def grouped(self, by: str | Sequence[str] = "all", count: str = "words") -> pl.LazyFrame:
        """A row for each sentence of a counted kind: `doc_id`, `sent_id`, `words`, a column for each group, and `amount`.

        `by` is all, document, section, heading, topic, day, week, month, year, a column of `documents`, a key of `meta`, or
        a list of two; a key that is called like a column of an analysis, such as `total`, becomes `meta_total`. By topic a
        sentence has a row for each, with its `weight`, and adds to each its part. `count` is words, sentences, articles or
        stories (an article and its copies count once): sums of `amount` are that count. Where no document has a section,
        `section` is the heading that the sentence stands under.
        """
        return grouping.grouped(self.frames, by, count)

    def words(self, by: str | Sequence[str] = "all", *, every: bool = False) -> pl.LazyFrame:
        """A row for each word of a sentence of a counted kind: `doc_id`, `sent_id`, a column for each group of `by`, `word`.

        Words are in small letters, without possessive 's. Function words (the, of, said ...) of the article's language, English
        if unknown, are left out unless `every` is set.
        """
        rows = self.grouped(by, "words").drop("words", "amount")
        return words.words(rows, self.frames["documents"], self.scan("words"), every=every)

    def find(self, what: str = "") -> finding.Found:
        """Each place where something is said, in sentences of a counted kind: `doc_id`, `sent_id`, `start`, `end` in `places`.

        `what` is a word or phrase with wildcards (`negotiat*`), a regular expression between slashes (`/cease-?fires?/`),
        `entity:Dmitry Peskov`, `country:FRA` or `topic:Iran`; empty, it is the name that occurs most.
        """
        return finding.find(self.frames, what)

    def groups(self, by: str | Sequence[str] = "all") -> list[str]:
        """The columns of `grouped` that tell the groups apart: none for all, `doc_id` and `document` (its title) for document."""
        return grouping.groups(by)

    def choices(self, what: str) -> list[str]:
        """What a control may offer: the columns, topics, entities or groups of this corpus."""
        if what == "topic":
            return [*self.codebook.topics, schema.OTHER]
        if what == "entity":
            counts = (
                self.frames["entities"]
                .group_by("entity")
                .len()
                .sort(["len", "entity"], descending=[True, False])
                .head(1000)
            )
            return counts.collect()["entity"].drop_nulls().to_list()
        return (
            grouping.choices(self.frames["documents"])
            if what == "group"
            else self.frames["documents"].collect_schema().names()
        )

    # More of it

    def add(self, source: Any, *, columns: dict[str, str] | None = None, cache: str | Path | None = None,
            executor: int | Factory | None = None, progress: bool = True) -> Corpus:  # fmt: skip
        """The corpus with the articles of `source` that it does not have yet, under the fit it has: old rows never change.

        What is there already is known by `doc_id` and its words. `refit()` then fits everything anew. The work is that of the
        new articles: of the others no more is read than their ids and what copies are found by.
        """
        from toolkit import pipeline
        from toolkit.fitting import Raw, applied, beside
        from toolkit.ids import Ids, Words
        from toolkit.shard import clean, wanted_id, whole_of

        frames = self._with_sketches()
        ids = frames["sketches"].select("doc_id", "whole").collect()
        held = Words(ids["doc_id"], ids["whole"].to_numpy())
        made = pipeline.gathered(
            source,
            self.settings,
            columns=columns,
            held=lambda article: held.of(wanted_id(article)) == whole_of(clean(article.text)),
            taken=Ids(ids["doc_id"]),
            cache=Path(cache).expanduser() if cache else None,
            executor=executor,
            progress=progress,
        )
        shard = made.whole()
        given = Raw(shard.documents, shard.sentences, shard.entities)
        raw = beside(given, shard.sketches, frames, self.settings["dedupe"])
        new = applied(raw, self.fit, self.codebook, self.ledger, shard.sketches, self._spoken_of())
        new["words"] = words.cut(new["sentences"].lazy()).collect()
        grown = {name: pl.concat([frame, new[name].lazy()]) for name, frame in frames.items() if name in new}
        log = logged(self.log, "add", {"articles": raw.documents.height})
        told = pl.concat([self.problems, pipeline.as_frame(made.problems)])
        used = {"used": self.settings["used"] or made.used}
        more = (self.content + content(new["documents"].lazy())) % MODULUS
        return replace(
            self, frames=grown, problems=told, log=log, settings={**self.settings, **used}, _made={}, _content=more
        )

    def _with_sketches(self) -> Mapping[str, pl.LazyFrame]:
        """The frames, and what copies are found by, made now for a corpus that was saved without it."""
        if "sketches" in self.frames:
            return self.frames
        from toolkit import duplicates

        return {**self.frames, "sketches": duplicates.sketch(self.documents).lazy()}

    def _spoken_of(self) -> pl.DataFrame:
        """The mentions of names that the ledger speaks of."""
        names = {name for made in self.ledger for name in (made.name, made.becomes) if name}
        return self.scan("entities").filter(pl.col("entity").is_in(sorted(names))).collect(engine="streaming")

    def refit(self) -> Corpus:
        """The same articles with everything that sees the whole corpus fitted anew, as if they had been loaded at once."""
        from toolkit.fitting import fitted, raw_of, sketches_of

        told = sketches_of(self._with_sketches())
        frames, fit = fitted(raw_of(self.frames), self.codebook, self.settings, self.ledger, told)
        log = logged(self.log, "refit", {"articles": len(frames["documents"])})
        return replace(
            self,
            frames={name: frame.lazy() for name, frame in frames.items()},
            fit=fit,
            log=log,
            stages={**self.stages, **{stage: stages.VERSIONS[stage] for stage in stages.FITTED}},
            _made={},
            _content=None,
        )

    @property
    def stale(self) -> str:
        """What of it another version of the toolkit made otherwise than this one does, and what to do; empty if nothing."""
        by = self.log["toolkit"].drop_nulls().to_list()
        return stages.said(self.stages, by[-1] if by else "of another version")

    def renew(self) -> Corpus:
        """The corpus with that made anew which is `stale`, and what is built on it; nothing that comes before, so it reads no source.

        Sentences are cut in the paragraphs that there are; names are looked for again only if finding them, or cutting sentences,
        changed. Raises ToolkitError if the reading of articles changed: then they have to be loaded again.
        """
        old = stages.stale(self.stages)
        if "articles" in old:
            raise ToolkitError(self.stale)
        if not set(old) - {"topics"}:
            return self.retopic(self.codebook) if old else self
        from toolkit.renewing import renewed

        frames, settings = renewed(self._with_sketches(), self.settings, old)
        return replace(self, frames=frames, settings=settings, stages=dict(stages.VERSIONS)).refit()

    def with_dates(self, dates: Mapping[str, Any]) -> Corpus:
        """The corpus with publication days or moments set, as {doc_id: "2026-02-04"}; the others stay as they are.

        Raises SettingError for a document that there is not, or what is no date.
        """
        for doc_id in dates:
            self._row(doc_id)
        told = {doc_id: selection.moment(day) for doc_id, day in dates.items()}
        given = pl.LazyFrame(
            {"doc_id": list(told), "given": list(told.values())}, schema={"doc_id": pl.String, "given": schema.Moment}
        )
        documents = self.frames["documents"].join(given, on="doc_id", how="left", maintain_order="left")
        dated = documents.with_columns(
            published=pl.coalesce("given", "published"),
            date_source=pl.when(pl.col("given").is_not_null()).then(pl.lit("user")).otherwise("date_source"),
        ).drop("given")
        return replace(
            self,
            frames={**self.frames, "documents": dated},
            log=logged(self.log, "with_dates", {"documents": len(told)}),
            _made={},
            _content=None,
        )

    # Names: what the user decides on them

    def with_ledger(self, ledger: Ledger | str | Path, *, save: bool = False) -> Corpus:
        """The corpus under the decisions in a ledger, or in its CSV file: there every later decision is saved at once.

        A file that there is not is begun with the first decision. The names of all articles are decided anew, and topics
        weighed again where that changed them. `save` writes the ledger's file too, if it has one.
        """
        book = ledger if isinstance(ledger, Ledger) else Ledger.read(ledger)
        from toolkit.fitting import redecided

        frames = redecided(self.frames, self.fit, self.codebook, book)
        log = logged(self.log, "ledger", {"decisions": len(book), "fingerprint": book.fingerprint})
        if save and book.path:
            book.save()
        return replace(self, frames=frames, ledger=book, log=log, _made={})

    def decide(self, *decisions: Decision) -> Corpus:
        """The corpus under more decisions on names, which the ledger's file gets too if it has one."""
        return self.with_ledger(self.ledger.with_decisions(decisions), save=True)

    def forget(self, *names: str) -> Corpus:
        """The corpus without the decisions on these names. Raises SettingError for one on which nothing was decided."""
        return self.with_ledger(self.ledger.without(*names), save=True)

    def merge(self, names: str | list[str], into: str) -> Corpus:
        """The corpus with one or several names merged into another: `corpus.merge("U.S.", "United States")`.

        Raises SettingError, naming what is alike, if nothing is called or written so.
        """
        return self.decide(*merged(self._named(names), into))

    def split(self, name: str, written: str, *, becomes: str | None = None, doc_id: str | None = None) -> Corpus:
        """The corpus with those mentions of `name` made a name of their own that are `written` so: in one document or in all.

        `corpus.split("John Smith", "Smith", doc_id="a7", becomes="Anna Smith")`; they are called `written` unless told.
        """
        self._named([name, written])
        if doc_id and doc_id not in set(self.scan("documents").select("doc_id").collect()["doc_id"]):
            raise SettingError(f"There is no document {doc_id!r} in which {name!r} could be split.")
        return self.decide(Decision("split", name, becomes or written, written, doc_id or ""))

    def rename(self, name: str, to: str) -> Corpus:
        """The corpus with a name called another: `corpus.rename("Kiev", "Kyiv")`. Its id and country stay."""
        self._named(name)
        return self.decide(Decision("rename", name, to))

    def ignore(self, *names: str) -> Corpus:
        """The corpus without the mentions that go by these names."""
        self._named(list(names))
        return self.decide(*(Decision("ignore", name) for name in names))

    def watch(self, names: Mapping[str, str | Sequence[str]], *, label: str = "") -> Corpus:
        """The corpus with names found wherever they, or one of their forms, are written, case and all.

        `corpus.watch({"Dmitry Peskov": ["Peskov", "Putin's spokesman"]}, label="PERSON")`. `label` is what they are;
        what the corpus has them as, if not given.
        """
        return self.decide(*watched(names, label))

    def _named(self, names: str | list[str]) -> list[str]:
        """The names, if the corpus or the ledger has each; else SettingError with those most like it."""
        asked = [names] if isinstance(names, str) else list(names)
        mentions = pl.concat(
            [self.scan("entities").select("entity", "text"), self.scan("mentions").select("entity", "text")]
        )
        held = mentions.unpivot().select("value").drop_nulls().unique().collect()["value"]
        known = {*held, *(name for made in self.ledger for name in (made.name, made.becomes, made.written))}
        for name in asked:
            if name not in known:
                like = difflib.get_close_matches(str(name), sorted(known), 3, 0.5)
                such = f"; most like it are {', '.join(map(repr, like))}" if like else ""
                raise SettingError(f"Nothing in the corpus is called {name!r}{such}.")
        return asked

    # Topics

    def retopic(self, codebook: Any) -> Corpus:
        """The same articles under another codebook; nothing but the topics is computed again."""
        book = Codebook.read(codebook)
        method = self.settings.get("topic_model", "auto")
        frames = (self.documents, self.sentences, self.entities)
        model = topics.fit(*frames, book, method=method)
        scored = topics.score(*frames, book, model=model)
        log = logged(self.log, "topics", {"codebook": book.fingerprint, "topic_model": method})
        made = {"topics": scored.lazy()}
        return replace(
            self,
            frames={**self.frames, **made},
            codebook=book,
            fit=replace(self.fit, learned=model),
            log=log,
            stages={**self.stages, "topics": stages.VERSIONS["topics"]},
            _made={},
        )

    def explain(self, doc_id: str, sent_id: int) -> pl.DataFrame:
        """One sentence's weights taken apart: `topic`, `part`, `what`, `amount`; amounts add up to the weight of each topic."""
        self._row(doc_id)
        mine = self._only(pl.LazyFrame({"doc_id": [doc_id]}), ())
        return topics.explain(
            mine.documents,
            mine.sentences,
            mine.entities,
            self.codebook,
            doc_id=doc_id,
            sent_id=sent_id,
            model=self.fit.topic_model,
        )

    @cached_property
    def validated(self) -> pl.DataFrame:
        """What people's answers (`judgements`, from `tk.validate`) say of topics, entities and quotes as they are now.

        A row for each group, and for `all`: `precision` and `recall` with their 95% intervals, how many were `judged`, by how
        many `coders`, and their agreement (Krippendorff's `alpha`).
        """
        gone = (pl.col("what") == "topics") & ~pl.col("group").is_in(self.codebook.topics)
        mine = self.judgements.filter(~gone).join(self.documents, on="doc_id", how="semi", maintain_order="left")
        return judging.scores(selection.found(mine, self.frame))

    # Reading

    def read(self, doc_id: str | None = None, *, layers: Sequence[str] = ()) -> reading.Reading:
        """One article to read, its entities and topics marked; the first one if no `doc_id` is given.

        `layers` are annotators whose spans are marked too, such as `quotes`.
        """
        row = self._row(doc_id)
        mine = {name: frame.filter(pl.col("doc_id") == row["doc_id"]) for name, frame in self.frames.items()}
        one = replace(self, frames=mine, _made={})
        annotations = {name: one.frame(name) for name in layers}
        return reading.Reading(row, one.sentences, one.entities, one.topics, self.codebook.topics, annotations)

    def _row(self, doc_id: str | None) -> dict[str, Any]:
        documents = self.frames["documents"]
        found = (documents.head(1) if doc_id is None else documents.filter(pl.col("doc_id") == doc_id)).collect()
        if found.is_empty():
            some = documents.select("doc_id").head(3).collect()["doc_id"].to_list()
            wanted = "no document to read" if doc_id is None else f"no document {doc_id!r}"
            such = f", such as {', '.join(map(repr, some))}" if some else ""
            raise SettingError(f"There is {wanted}; the corpus has {len(self)}{such}.")
        return found.row(0, named=True)

    # What it is

    @cached_property
    def content(self) -> int:
        """A number that stands for the documents, whatever their order; that of a saved corpus was worked out when it was saved."""
        return content(self.frames["documents"]) if self._content is None else self._content

    @cached_property
    def fingerprint(self) -> str:
        """A hash of content, codebook, fit and the stages' numbers; every receipt carries it. The order of articles does not count."""
        digest = hashlib.blake2b(digest_size=8)
        model = self.fit.topic_model
        for part in (
            self.content,
            self.codebook.fingerprint,
            self.ledger.fingerprint,
            model.fingerprint if model else "",
            sorted(self.stages.items()),
            self.settings.get("used", ""),
        ):
            digest.update(str(part).encode())
        return digest.hexdigest()

    def save(
        self, folder: str | Path, *, frames: Sequence[str] = (), storage_options: Mapping[str, Any] | None = None
    ) -> Path | str:
        """Write the corpus to a folder (Parquet and a manifest) that `tk.open` opens without computing anything again.

        The annotators' frames that were computed are written too, and those that `frames` names: `frames=["quotes"]`. A corpus
        saved there before is written over; others that were opened from there read what is there now, so open them again. The
        folder may be in a cloud store, `s3://bucket/corpus`; `storage_options` are then polars' own. Gives the folder. Raises
        OSError, in a sentence, if it cannot be written.
        """
        for name in frames:
            self.frame(name)
        cut = {} if "words" in self.frames else {"words": words.cut(self.frames["sentences"])}
        whole = replace(self, frames={**self.frames, **cut})
        if bucket.is_remote(folder):
            return bucket.save(whole, str(folder), storage_options)
        with written(folder) as path:
            over = store.is_saved(path)
            store.save(whole, path)
        if over:  # frames of this one may be read from there, and what they were made of is gone
            object.__setattr__(self, "frames", store.scanned(path))
        return path

    @cached_property
    def summary(self) -> card.Summary:
        """What is in it, in numbers."""
        return card.summarise(self.frames, self.codebook.topics, self.problems, self.stale)

    def check(self, *, today: date | None = None) -> Result:
        """What may be wrong with the corpus, the worst first, and what to do about it: a frame and a chart.

        Columns: `check`, `count` (of articles), `share`, `severity`, `examples` (some `doc_id`s), `advice`. `today` decides
        which dates lie in the future; without it, the day it is.
        """
        frame = doctor.check(self.documents, self.sentences, self.problems, today=today)
        title = "What may be wrong with this corpus"
        told = receipt.of(self, frame, plugin="check", title=title, version=toolkit_version())
        return Result(frame, doctor.chart(frame), receipt=told)

    def __repr__(self) -> str:
        return card.text(self.summary)

    def _repr_html_(self) -> str:
        return card.html(self.summary)
