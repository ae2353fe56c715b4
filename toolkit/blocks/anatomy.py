"""The anatomy of an article: which of its paragraphs are its title, captions, headings, lists, and what is left."""

from __future__ import annotations

import polars as pl

from toolkit.blocks import credits, furniture, layout
from toolkit.sentences import words

SHORT, TITLE, LONG = 14, 25, 25
"""In words: a heading has at most `SHORT`, a title at most `TITLE`; what has more than `LONG` is prose, stop or no stop."""

EARLY = 7
"""A date that stands among so many first paragraphs is the article's own."""

LINE, FEW = 160, 30
"""In characters: a longer paragraph than `LINE` is no line of credits, dates or links; one of up to `FEW` is short in any
script, whether or not blanks part its words.
"""

STOPPED = r"""[.!?…。！？؟।]["'”’»›“)\]*_]*$"""
UNFINISHED = r"[,;:–—/&-]$"
SEVERAL = r"""(?:[\p{Ll}\p{Nd})”"]{3}\.|[\p{L}\p{Nd})”"][?!])["'”’)]*\s+["“‘(]?\p{Lu}"""
"""How a paragraph ends, and that it holds several sentences."""


def told(found: pl.DataFrame) -> pl.DataFrame:
    """What can be told of each paragraph: `n`, its number `of` so many in the document, how it looks, and where the
    document's title (`title_at`), the first prose of its body (`body_at`) and its last prose (`prose_at`) stand.
    """
    brief = _length() <= layout.HEAD
    capital = _head(r"^[^\p{L}\p{N}]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]")
    looks = found.with_columns(
        n=pl.int_range(pl.len()).over("document"),
        of=pl.len().over("document"),
        size=pl.len().over("group"),
        words=pl.when(brief).then(words(pl.col("head"))).otherwise(layout.HEAD),
        normal=pl.when(brief).then(furniture.normal(pl.col("head"))).otherwise(pl.lit("")),
        named=furniture.normal(pl.col("title").fill_null("")),
        line=pl.when(_length() <= LINE).then("head").otherwise(pl.lit("")),
        several=_head(SEVERAL),
        stopped=_tail(STOPPED),
        item=_head(layout.ITEM),
        headline=capital & ~_tail(UNFINISHED) & ~_head(r"\S@\w|://") & ~_head(SEVERAL),
    ).with_columns(place=(pl.col("n") + 1) / pl.col("of"))
    looks = looks.with_columns(
        furniture=furniture.furniture(),
        heads=furniture.heads(),
        stamp=furniture.stamp(),
        dated=furniture.stamp() & _head(r"\d{4}|\d[:.h]\d\d"),
        credit=credits.credit(),
        photo=credits.photo_credit(),
        people=credits.people(),
        office=credits.office(),
        caption=credits.caption(),
        depicts=credits.depicts(),
    )
    aside = pl.col("furniture") | pl.col("credit") | pl.col("caption") | pl.col("stamp")
    asks = _tail(r"[?!]['\"”’»)]*$") & (pl.col("words") <= SHORT) & ~pl.col("several")
    full = (pl.col("stopped") & (pl.col("words") >= 5) & ~asks) | (pl.col("words") > LONG)
    prose = full & ~aside & ~pl.col("item") & ~_head("^>")
    looks = looks.with_columns(aside=aside, prose=prose)
    looks = looks.with_columns(prose_at=pl.col("n").filter("prose").max().over("document").fill_null(-1))
    return looks.with_columns(title_at=_title_at()).with_columns(
        title_text=pl.col("normal").filter(pl.col("n") == pl.col("title_at")).first().over("document"),
        body_at=_first(pl.col("prose") & ~pl.col("depicts") & (pl.col("n") > pl.col("title_at").fill_null(-1))),
    )


def kind(told: pl.DataFrame) -> pl.Series:
    """The kind of each paragraph: the first of these that fits."""
    front = (pl.col("n") > pl.col("title_at").fill_null(-1)) & (pl.col("n") < pl.col("body_at"))
    repeat = (pl.col("normal") == pl.coalesce("title_text", "named")) & pl.col("words").is_between(2, LONG)
    signed = front & (
        (pl.col("people") & (_beside("credit") | _beside("stamp") | _next("office")))
        | (pl.col("office") & _next("people", -1))
    )
    edge = front | (pl.col("n") > pl.col("prose_at")) | (pl.col("dated") & (pl.col("n") < EARLY))
    before = (pl.col("n") < pl.col("title_at")) & (pl.col("words") <= 5)
    rules = told.with_columns(front=front, signed=signed, caption=_is_caption(front), short=_is_short()).select(
        pl.coalesce(
            "given",
            pl.when(pl.col("n") == pl.col("title_at")).then(pl.lit("title")),
            pl.when(pl.col("of") == 1).then(pl.lit("body")),
            pl.when(repeat | before | pl.col("furniture") | (pl.col("stamp") & edge) | _trails()).then(pl.lit("other")),
            pl.when(_head("^>")).then(pl.lit("quote")),
            pl.when(pl.col("caption")).then(pl.lit("caption")),
            pl.when(pl.col("credit") | pl.col("signed")).then(pl.lit("credit")),
            pl.when(_is_standfirst()).then(pl.lit("standfirst")),
            pl.when(_is_heading()).then(pl.lit("heading")),
            pl.when(_is_item()).then(pl.lit("list")),
            pl.lit("body"),
        ).alias("kind")
    )
    return rules["kind"]


def _title_at() -> pl.Expr:
    """Which paragraph is the title: the one the source says is; else the one that reads like the title the source gave
    apart from the text; else, if it gave none, the first that is no furniture, if it looks like a title and prose
    follows.
    """
    given = _first(pl.col("given") == "title")
    same = (pl.col("normal") == pl.col("named")) | (
        (pl.col("words") >= 4) & pl.col("named").str.starts_with(pl.concat_str("normal", pl.lit(" ")))
    )
    named = _first(same & (pl.col("named") != "") & (pl.col("normal") != "") & (pl.col("n") < 5))
    few = (pl.col("words") <= TITLE) | (_length() <= 2 * FEW)
    ended = pl.col("stopped") & ~_tail(r"[?!]['\"”’»)]*$|(?:\p{L}\.){2,}$")
    looks = pl.col("headline") & (pl.col("words") >= 2) & few & ~ended & ~pl.col("item") & ~_head("^>")
    kicker = (pl.col("n") == 0) & ((pl.col("words") == 1) | ((pl.col("words") <= 5) & _head(r"[|›»>]")))
    first = pl.col("n") == _first(~pl.col("aside") & ~kicker)
    free = pl.col("given").is_null() & (pl.col("named") == "")
    return pl.coalesce(given, named, _first(first & looks & free & (pl.col("prose_at") > pl.col("n"))))


def _is_caption(front: pl.Expr) -> pl.Expr:
    """Captions that say so, and those that depict and stand before a photo credit, or beside a title or its repeat."""
    before_photo = _next("photo")
    close = (
        before_photo & (_next("group") == pl.col("group")) & (pl.col("size") <= 3) & (pl.col("size") < pl.col("of") - 1)
    )
    last = (pl.col("n") == pl.col("of") - 2) & pl.col("prose")
    near = close & ~pl.col("several") & (pl.col("words") <= 45) & ~last
    shown = pl.col("depicts") & (
        before_photo
        | (front & pl.col("title_at").is_not_null() & ((pl.col("size").is_between(2, 3)) | _head(credits.SHOWN)))
    )
    return (pl.col("caption") | near | shown) & ~pl.col("photo") & ~_head(credits.BYLINE)


def _is_short() -> pl.Expr:
    """Lines of a few words with no stop at the end."""
    few = (pl.col("words") <= SHORT) | (_length() <= FEW)
    stop = pl.col("stopped") & ~(_tail(r"[?!]$") & (pl.col("words") <= 10))
    return few & ~stop & ~(pl.col("furniture") | pl.col("credit") | pl.col("caption")) & ~_head("^>")


def _is_heading() -> pl.Expr:
    """What Markdown marks as a heading, and short lines above prose or a list, up to two of them together."""
    marked = _head(r"^#{1,6}\s+\S") | (
        (_next("group") == pl.col("group")) & _next("head").str.contains(r"^(?:={3,}|-{3,})$")
    )
    numbered = pl.col("item") & (_beside("item") | ~_head(r"^\(?\d"))
    form = pl.col("short") & pl.col("headline") & ~numbered & ~_head(r"^[QA]:") & ~pl.col("signed")
    leads = _next("prose") | (_next("item") & ~pl.col("item"))
    above = (
        form.shift(-1).over("document").fill_null(False)
        & _next("prose", 2)
        & ~form.shift(1).over("document").fill_null(False)
    )
    return (marked & (pl.col("words") <= LONG)) | (form & (leads | above) & ~_is_run())


def _is_item() -> pl.Expr:
    """List items: lines with bullets, numbered lines in a row, and short lines in a row."""
    return (pl.col("item") & (_beside("item") | ~_head(r"^[-–(\da-z]"))) | _is_run()


def _is_run() -> pl.Expr:
    """Three or more short lines in a row with no blank line between them."""
    short = pl.col("short") & ~pl.col("signed")
    return short & (short.cast(pl.Int64).sum().over("group") >= 3) & (short.all().over("group"))


def _is_standfirst() -> pl.Expr:
    """The paragraph under a title that stops short of a full stop, or that a credit or a date parts from the body."""
    under = (pl.col("n") == pl.col("title_at") + 1) & pl.col("words").is_between(6, 60) & ~pl.col("item")
    signed = _following((pl.col("credit") & ~pl.col("photo")) | pl.col("dated"))
    parted = signed < _following(pl.col("prose"))
    open_ended = pl.col("headline") & ~pl.col("stopped")
    return under & (open_ended | parted) & ~_head(r"^#{1,6}\s")


def _trails() -> pl.Expr:
    """The short lines after the head of a list of links or tags: to the end of the document, or the one right below."""
    since = pl.when("heads").then("n").forward_fill().over("document")
    last = (since > pl.col("prose_at")) & (since < pl.col("n"))
    below = (
        _next("heads", -1) & (_next("group", -1) == pl.col("group")) & (pl.col("size") < pl.col("of")) & pl.col("short")
    )
    return (last | below) & ~(pl.col("stopped") & _tail(r"\.\W*$"))


def _length() -> pl.Expr:
    return pl.col("end") - pl.col("start")


def _head(pattern: str) -> pl.Expr:
    return pl.col("head").str.contains(pattern)


def _tail(pattern: str) -> pl.Expr:
    return pl.col("tail").str.contains(pattern)


def _next(column: str, by: int = 1) -> pl.Expr:
    """A column's value of the next paragraph of the document; false, if it is a yes or no, behind the last."""
    value = pl.col(column).shift(-by).over("document")
    return value if column in ("group", "head") else value.fill_null(False)


def _following(condition: pl.Expr) -> pl.Expr:
    """The number of the next paragraph of the document of which the condition holds."""
    return pl.when(condition).then("n").shift(-1).backward_fill().over("document")


def _beside(column: str) -> pl.Expr:
    """Whether the paragraph before or after is so."""
    return _next(column) | _next(column, -1)


def _first(condition: pl.Expr) -> pl.Expr:
    """The number of the document's first paragraph of which the condition holds; null if there is none."""
    return pl.col("n").filter(condition).min().over("document")
