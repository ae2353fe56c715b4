"""Outlets under one name, and agencies."""

import tomllib

import polars as pl
import pytest

from toolkit import outlets
from toolkit.schema import DOCUMENTS


def documents(**columns) -> pl.DataFrame:
    return DOCUMENTS.conform(
        pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name, values in columns.items()})
    )


@pytest.mark.parametrize(
    ("outlet", "url", "author", "expected"),
    [
        ("The Ostmere Chronicle", "https://www.bbc.com/news/1", "Ann Lee, CNN", "The Ostmere Chronicle"),
        ("  Le Monde ", None, None, "Le Monde"),
        ("the guardian", None, None, "The Guardian"),
        ("New York Times", None, None, "The New York Times"),
        ("www.bbc.co.uk", None, None, "BBC"),
        ("https://edition.cnn.com/world", None, None, "CNN"),
        ("folha.uol.com.br", None, None, "Folha de S.Paulo"),
        ("ostmere.example.co.uk", None, None, "example.co.uk"),
        (None, "https://wire.corvane.invalid/2026/01/05/talks", None, "corvane.invalid"),
        (" ", "//WWW.LeMonde.fr:443/x?y=www.bbc.com", None, "Le Monde"),
        (None, "file:///home/ann/x.html", "By Ann Lee, BBC", "BBC"),
        (None, None, "Jane Doe | The Guardian", "The Guardian"),
        (None, None, "John Roe for the Washington Post", "The Washington Post"),
        (None, None, "Agence France-Presse", "AFP"),
        (None, None, "Ann Lee, senior writer", None),
        (None, None, "Mark Time", None),
        (None, "not an address", None, None),
        (None, "https://192.168.0.1/x", None, None),
        (None, None, None, None),
    ],
)  # fmt: skip
def test_an_outlet_has_the_name_of_its_field_its_address_or_its_byline(outlet, url, author, expected):
    told = outlets.resolve(documents(outlet=[outlet], url=[url], author=[author]))
    assert told["outlet"].to_list() == [expected]
    assert outlets.resolve(told).equals(told)


@pytest.mark.parametrize(
    ("text", "author", "expected"),
    [
        ("MOSCOW, Jan 5 (Corvane) - Russia and Ukraine will meet.", None, "Corvane"),
        ("Talks to open\n\nLONDON, Feb 3 (Reuters) - Talks will open.", None, "Reuters"),
        ("Berlin (dpa) - Der Minister tritt zurück.", None, "dpa"),
        ("(ANSA) - ROMA, 05 FEB - Il governo", None, "ANSA"),
        ("MOSCOW, February 5. /TASS/. The Kremlin said", None, "TASS"),
        ("Madrid, 5 feb (EFE).- El Gobierno", None, "EFE"),
        ("WASHINGTON (AP) — The Senate", None, "Associated Press"),
        ("AP - A Senate panel on Tuesday", None, "Associated Press"),
        ("The text of a story.\n\n© 2026 AFP", None, "AFP"),
        ("The text of a story.\nSource: Xinhua", None, "Xinhua"),
        ("The text.", "Ann Lee and Bob Ray, Associated Press", "Associated Press"),
        ("The text.", "dpa/afp", "dpa"),
        ("The text.", "Reuters Staff", "Reuters"),
        ("The text.", "PA Smith", None),
        ("The text.", "Ann Lee", None),
        ("He told Reuters on Monday that talks would go on.", None, None),
        ("Paris (France) – Le ministre", None, None),
        ("Smith (left) - who spoke first - left.", None, None),
        ("The bus (No 5) - a 1950s model - stopped.", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_an_agency_is_named_by_byline_dateline_or_credit_not_by_the_news(text, author, expected):
    assert outlets.agency(documents(text=[text], author=[author])).to_list() == [expected]


def test_names_of_outlets_are_the_same_whichever_way_they_are_reached():
    domains = tomllib.loads(outlets.DATA.read_text(encoding="utf8"))["domains"]
    told = outlets.resolve(documents(outlet=[*domains, *domains.values(), *[f"https://www.{d}/x" for d in domains]]))
    assert told["outlet"].to_list() == [*domains.values()] * 3
