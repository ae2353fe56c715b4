"""Credit lines and captions: who wrote, who photographed, and what a picture shows."""

from __future__ import annotations

import polars as pl

from toolkit.blocks.furniture import DAY, MONTH

AGENCY = (
    r"(?:Thomson )?Reuters|REUTERS|(?:The )?Associated Press|AP|Agence France[- ]Presse|AFP|dpa|DPA|EFE|EPA(?:[-/ ]EFE)?"
    r"|ANSA|TASS|Tass|ITAR-TASS|RIA Novosti|Interfax|Sputnik|Xinhua|Kyodo(?: News)?|Yonhap|PTI|ANI|IANS|UPI|Bloomberg"
    r"|Anadolu(?: Agency)?|AA|APA|KEYSTONE|Keystone|Belga|ANP|NTB|TT|Ritzau|Lusa|Press Association|PA(?: Media| Wire)?"
    r"|The Canadian Press|CP|AAP|Getty(?: Images)?|Shutterstock|Alamy|iStock|Unsplash|Pixabay|Wikimedia(?: Commons)?"
    r"|Flickr|Imago|IMAGO|picture[ -]alliance|NurPhoto|Zuma(?: Press)?|Handout|HANDOUT|Pool|Supplied|Contributed"
    r"|BBC(?: News)?|CNN|Al Jazeera|Deutsche Welle|DW|NBC News|CBS News|ABC News"
)
NAME = r"\p{Lu}[\p{L}\p{M}.'’-]*"
PARTICLE = r"de|del|della|di|da|dos|du|la|le|van|von|der|den|ter|bin|ibn|al|el|y|e|et|und|and|in|at|for|of|the"
PEOPLE = rf"(?:{NAME}|@\w+)(?:(?:\s?[,&/|·•]\s?|\s)(?:{NAME}|{PARTICLE}|@\w+|&))*"
JOB = (
    r"correspondent|reporter|editor|writer|columnist|contributor|journalist|photographer|analyst|producer|bureau|staff"
    r"|Redakteur(?:in)?|Korrespondent(?:in)?|redacción|rédaction"
)

AGENCIES = (
    rf"^[(\[]?(?:©\s?|[Vv]ia |Source: )?(?:{AGENCY})"
    r"(?: (?:Photos?|Images?|Staff|News(?: Agency)?|Handout|Pool|file|archive))?"
    rf"(?:\s?(?:/|,|\||&|\+|–|-|via|and|through)\s?(?:{PEOPLE}))?[)\]]?\.?$"
    rf"|^[(\[]?(?:©\s?)?{PEOPLE}(?:\s?[/|]\s?| (?:via|with|avec|mit|con) )(?:{AGENCY})(?: (?:Photo|Images?|Pool|file))?[)\]]?\.?$"
    rf"|^\p{{Ll}}{{2,4}}(?:[/,] ?(?:{AGENCY}|\p{{Ll}}{{2,4}}))+$"
    r"|^[（(]?(?:新华社|中新社|法新社|路透社|美联社|共同社|中央社).{0,15}$"
)
PICTURED = (
    r"(?i)^[(\[]?(?:photos?|photographs?|photography|pictures?|images?|pics?|illustrations?|graphics?|video|credits?"
    r"|sources?|fotos?|bild(?:er)?|quelle|crédits?|crédito|фото|источник|صورة|图片来源|图片|写真)"
    r"(?:[ -](?:credits?|courtesy|source|by|von|de|par|supplied|photo))?(?:\s?[:：]| by | courtesy of )"
)
BYLINE = (
    r"^(?:By|BY|by|Von|VON|Par|PAR|Por|POR|Di|Da|Door|Av|Af|Autor(?:in)?:|Auteur:|Автор:?|بقلم|作者[:：]"
    r"|(?:Text|Texte|Testo|Story|Words|Report|Reporting|Written|Reported|Compiled|Edited|Produced|Interview)"
    rf"(?: (?:and|&) (?:photos?|pictures?|images?))?(?: by|:))\s+(?:{PEOPLE})(?:[,|/–-].{{0,60}})?$"
)
SIGNED = (
    r"(?i)^[(\[—–-]?\s?(?:(?:additional |with )?"
    r"(?:reporting|writing|editing|contributions?|assistance|research|files|inputs?) (?:by|from)\b"
    r"|(?:provided|supplied|distributed|published|released) by (?:\p{Lu}|the )|courtesy of\b|source: |additional sources?\b)"
    r"|^.{5,100} contributed (?:to this (?:report|story|article)|reporting)[^.]{0,40}\.?\)?$"
)
QUOTED = r"^[—–-]{1,2}\s?[^@]{1,60}\(@\w+\)"
"""Who wrote an embedded post."""

_PICTURE = r"photos?|photographs?|images?|pictures?|frame grabs?|screengrabs?|video grabs?|illustrations?|combination"
CAPTION = (
    r"(?i)^[(\[]?(?:(?:file|archive|stock) (?:photo|image|picture|pic)\b[^:.]{0,20}|file|photo|picture|image|pictured"
    r"|caption|figure \d+|bildunterschrift|symbolbild|archivbild|légende|imagen de archivo)\s?(?:[:：]|\s[-–—])\s"
    rf"|^(?:In this|This) (?:[\w.,'’-]+ ){{0,6}}(?:{_PICTURE})"
    r"(?:,| (?:shows?|provided|released|taken|made|supplied|posted|by|illustrates)\b)"
)
CREDITED = (
    r"[(\[][^()\[\]]{0,40}(?:[Pp]hotos? (?:by|courtesy|credit|via|from)|AP Photo|File:|(?:[Pp]hoto(?:graph)?|[Ii]mage|Foto"
    r"|[Pp]icture|[Ii]mage credit):|Getty|AP/|AFP/|REUTERS/|/AFP|via (?:AP|AFP|Reuters|REUTERS))[^()\[\]]*[)\]]\.?$"
    rf"|\s?[/|]\s?(?:{AGENCY})\.?$|[.!?”\")]\s(?:©|Copyright) [^.]{{2,40}}$"
)
"""How captions end: with their photographer."""

LABELLED = (
    r"(?:\s(?:Photo(?:graph)?|Image|Picture)|[.!?”\")]\s?(?:Credit|Foto|Bild))s?(?: credit| by)?:\s?[^.]{2,60}\.?$"
    r"|[^.] via (?:AP|AFP|EPA|Reuters|REUTERS|Getty(?: Images)?)$"
)
"""The same, less sure: so they end if they hold one sentence."""

_SIDE = r"left|right|cent(?:re|er)|top|bottom"
SHOWN = (
    rf"\((?:{_SIDE}|L-R|L to R|[Ff]rom left)\b|, (?:(?:far )?(?:{_SIDE})|second from (?:{_SIDE})),"
    r"|\b(?:is|are) seen (?:in|at|on|near|during|here|outside|inside|after|before|through|from|with)\b"
    r"|\bpos(?:es?|ing) for\b|\bpictured\b|\b(?:file|archive|stock|undated|handout) (?:photo|image|picture)\b"
)
PLACED = (
    rf"(?i), (?:on |le |am |den |el )?(?:(?:{DAY}),? )?"
    rf"(?:\d{{1,2}}\.? (?:de )?(?:{MONTH})\.?(?:,? (?:de )?\d{{4}})?|(?:{MONTH})\.? \d{{1,2}}(?:, \d{{4}})?|(?:{DAY}))\.?$"
)
"""How captions end: after the place, the day."""

TOLD = r"\b(?:said|says|told|will|would|could|was|were|has|have|had|announced|is expected|are expected)\b"
"""What captions, which tell of the moment, hardly ever say."""


def photo_credit() -> pl.Expr:
    """Which paragraphs (`line`, `words`) name an agency or a photographer and nothing more: `Reuters`, `Photo: Ann Lee`."""
    return (pl.col("words") <= 10) & (_line(AGENCIES) | _line(PICTURED))


def credit() -> pl.Expr:
    """Which paragraphs are credit lines wherever they stand: photo credits, bylines, who else reported."""
    return (
        photo_credit()
        | ((pl.col("words") <= 18) & _line(BYLINE))
        | ((pl.col("words") <= 40) & _head(SIGNED))
        | _line(QUOTED)
    )


def people() -> pl.Expr:
    """Which paragraphs are names and nothing more; what stands beside them has to tell whether they wrote the article."""
    return pl.col("words").is_between(2, 5) & _line(rf"^{PEOPLE}$") & ~_line(r"[\d:]")


def office() -> pl.Expr:
    """Which paragraphs may be the office of somebody who is named beside (`Political correspondent, London`)."""
    return (pl.col("words") <= 8) & _line(rf"(?i)^[^.]*\b(?:{JOB})\b(?:,? (?:at|for|in|of) [^.]*|, [^.]*)?$")


def caption() -> pl.Expr:
    """Which paragraphs are captions wherever they stand: they say so, or end with their photographer."""
    return (pl.col("words") <= 60) & (_head(CAPTION) | _tail(CREDITED) | (_tail(LABELLED) & ~pl.col("several")))


def depicts() -> pl.Expr:
    """Which paragraphs read like captions; beside a title or a photo credit, that is what they are."""
    moment = _tail(PLACED) & ~_head(TOLD)
    return (pl.col("words") <= 45) & ~pl.col("several") & (_head(SHOWN) | moment)


def _line(pattern: str) -> pl.Expr:
    return pl.col("line").str.contains(pattern)


def _head(pattern: str) -> pl.Expr:
    return pl.col("head").str.contains(pattern)


def _tail(pattern: str) -> pl.Expr:
    return pl.col("tail").str.contains(pattern)
