"""Which countries and places are named, on a map of the world."""

import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import altair as alt
import polars as pl

from toolkit import Corpus, Count, Range, Result, analysis, charts, coverage, known_places, theme

WORLD = Path(__file__).parent / "world.json"
"""The outlines of the countries: Natural Earth (public domain), as the npm package world-atlas (ISC) has them."""
WIDTH, HEIGHT = 760, 380
NAMED = 8
"""How many of the places and small countries have their name beside them."""
TALL, WIDE_LETTER, WIDE_EDGE = 8.0, 3.6, 6.0
"""How many degrees of the map a name is high, one of its letters wide, and it begins from its place."""


@analysis
def place_map(
    corpus: Corpus,
    *,
    count: Count = "sentences",
    top: Annotated[int, Range(0, 300)] = 40,
    sure: bool = False,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Which countries and places are named, on a map.

    Gives a row for each country, most first, then for each of the `top` places: `kind` (country, place), `country`
    (alpha-3), `place` (its name), `lat` and `lon` (of a country: where its people live), `amount` (the sentences, articles or
    stories that name it, or the words of such sentences), `share` (of all of the corpus: `total`; they overlap, so shares do
    not sum to 1), its interval `low` to `high`, `mentions`, `articles`, and what the share is of: `total`, `of_articles`.

    A country counts wherever `entities` points to it: by its name, its people (French), its seat of power (Kremlin), or a
    place in it. Places are those of `places` that lie somewhere, countries left out; `sure` leaves out those whose name
    could mean another place. Countries too small to be drawn are points. Intervals (95%) are a bootstrap over articles.
    """
    settings = {"count": count, "resamples": resamples, "seed": seed}
    states = countries().select("country")
    mentions = corpus.mentions().select("doc_id", "sent_id", "country").drop_nulls()
    of_states = mentions.join(states.lazy(), on="country", how="semi", maintain_order="left")
    every = coverage(corpus, of_states, key=["country"], top=states.height, **settings)  # type: ignore[arg-type]
    points = located(corpus, sure)
    found = coverage(corpus, points, key=["place", "country", "lat", "lon"], top=top, **settings)  # type: ignore[arg-type]
    frame = pl.concat(
        [
            every.frame.join(countries(), on="country", how="left", maintain_order="left").select(COLUMNS),
            found.frame.with_columns(kind=pl.lit("place")).select(COLUMNS),
        ]
    )
    evidence = pl.concat(
        [
            every.evidence.join(countries().lazy(), on="country", maintain_order="left").select(KEYS),
            found.evidence.with_columns(kind=pl.lit("place")).select(KEYS),
        ]
    )
    return Result(frame, chart(frame), note=remark(corpus, points, every.note), evidence=evidence)


KEYS = ("doc_id", "sent_id", "kind", "country", "place")
COLUMNS = (
    "kind", "country", "place", "lat", "lon", "amount", "share", "low", "high", "mentions", "articles", "total", "of_articles",
)  # fmt: skip


@cache
def countries() -> pl.DataFrame:
    """Each country: `kind`, `country`, its name as `place`, and where its people live."""
    named = known_places().filter(kind="country").unique("country", keep="first", maintain_order=True)
    return named.select(pl.lit("country").alias("kind"), "country", "lat", "lon", place="entity")


@cache
def world() -> tuple[str, frozenset[str]]:
    """The outlines of the countries, as TopoJSON that is left unread (Altair copies what is read, again and again); their codes."""
    told = WORLD.read_text(encoding="utf8")
    return told, frozenset(place["id"] for place in json.loads(told)["objects"]["countries"]["geometries"])


def located(corpus: Corpus, sure: bool) -> pl.LazyFrame:
    """The mentions of places that lie somewhere, countries left out: `doc_id`, `sent_id`, `place`, `country`, `lat`, `lon`."""
    named = corpus.mentions("places").select("doc_id", "start", "entity", "entity_id")
    known = pl.col("lat").is_not_null() & ~pl.col("entity_id").str.starts_with("country:").fill_null(True)
    found = corpus.scan("places").join(named, on=["doc_id", "start"], maintain_order="left").filter(known)
    kept = found.filter(~pl.col("ambiguous")) if sure else found
    return kept.select("doc_id", "sent_id", "country", pl.col("lat", "lon").round(2), place="entity")


def remark(corpus: Corpus, points: pl.LazyFrame, note: str | None) -> str | None:
    """How many mentions of places lie nowhere that is known."""
    every = corpus.mentions("places").select(pl.len()).collect().item()
    states = corpus.mentions("places").filter(pl.col("entity_id").str.starts_with("country:")).select(pl.len())
    bare = every - states.collect().item() - points.select(pl.len()).collect().item()
    if not every:
        return "No place is named."
    said = (
        f"{bare:,} of {every:,} mentions of places lie nowhere that is known, and are not on the map." if bare else None
    )
    return " ".join(filter(None, [said, note])) or None


def labelled(places: pl.DataFrame) -> list[str]:
    """The places that are named on the map: those named most, as far as their names do not cover one another."""
    taken: list[tuple[float, float, float]] = []
    shown: list[str] = []
    for name, lat, lon in (
        places.sort(-pl.col("amount"), "place").head(2 * NAMED).select("place", "lat", "lon").iter_rows()
    ):
        end = lon + WIDE_EDGE + WIDE_LETTER * len(name)
        if len(shown) < NAMED and all(
            abs(lat - other) > TALL or end < left or lon > right for other, left, right in taken
        ):
            taken.append((lat, lon, end))
            shown.append(name)
    return shown


def chart(frame: pl.DataFrame) -> alt.typing.ChartType:
    """Countries coloured by how often they are named, places as points as large as they are often named."""
    world_map, outlined = world()
    small = [code for code in frame.filter(kind="country")["country"] if code not in outlined]
    states, places = frame.filter(kind="country"), frame.filter(kind="place")
    most = max(states["share"].to_list(), default=0.0) or 1.0
    color = alt.Color(
        "share:Q",
        title="Share that names the country",
        scale=alt.Scale(range=list(theme.RAMP), domain=[0, most], type="sqrt"),
        legend=alt.Legend(
            format=".1~%", gradientLength=220, titleLimit=220, orient="bottom", direction="horizontal", tickCount=3
        ),
    )
    shares = [alt.Tooltip(f"{name}:Q", format=".2%") for name in ("share", "low", "high")]
    tips = ["place:N", "country:N", alt.Tooltip("amount:Q", format=",.1~f"), *shares, "mentions:Q", "articles:Q"]
    outlines = alt.InlineData(values=world_map, format=alt.TopoDataFormat(type="topojson", feature="countries"))
    looked = [name for name in COLUMNS if name not in ("lat", "lon", "total", "of_articles")]
    land = (
        alt.Chart(outlines)
        .transform_lookup(lookup="id", from_=alt.LookupData(data=states, key="country", fields=looked))
        .transform_calculate(share="datum.share || 0", place="datum.share ? datum.place : 'not named'")
        .mark_geoshape(stroke="white", strokeWidth=0.5)
        .encode(color=color, tooltip=charts.tips(tips))
    )
    at = {"longitude": "lon:Q", "latitude": "lat:Q"}
    base = alt.Chart(frame)
    islands = base.transform_filter(f"datum.kind == 'country' && indexof({json.dumps(small)}, datum.country) >= 0")
    dots = islands.mark_square(size=46, stroke="white", strokeWidth=0.5, opacity=1).encode(
        **at, color=color, tooltip=charts.tips(tips)
    )
    points = base.transform_filter("datum.kind == 'place'")
    widest = max(places["amount"].to_list(), default=1.0)
    size = alt.Size(
        "amount:Q",
        title="Times a place is named",
        scale=alt.Scale(range=[0, 420], domain=[0, widest]),
        legend=alt.Legend(orient="bottom", direction="horizontal", titleLimit=220, tickCount=3, format=",.0f")
        if places.height
        else None,
    )
    marks = points.mark_circle(color=theme.PALETTE[1], opacity=0.75, stroke="white", strokeWidth=0.7)
    named = points.transform_filter(f"indexof({json.dumps(labelled(places))}, datum.place) >= 0")
    text = named.encode(**at, text=alt.Text("place:N"))
    style: dict[str, Any] = {"align": "left", "dx": 9, "fontSize": 11, "fontWeight": 600}
    halo = text.mark_text(**style, stroke="white", strokeWidth=3, strokeOpacity=0.8, strokeJoin="round")
    labels = text.mark_text(**style, color="#111111")
    layers = [land, dots, marks.encode(**at, size=size, tooltip=charts.tips(tips)), halo, labels]
    drawn: alt.typing.ChartType = (
        alt.layer(*layers).project(type="naturalEarth1").properties(width=WIDTH, height=HEIGHT)
    )
    return drawn
