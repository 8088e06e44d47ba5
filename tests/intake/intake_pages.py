"""Pages in the manner of German news sites, written for these tests, each with what has to come out of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

P1 = (
    "Steinfurt (dpa) - Nach dem Dammbruch am Mühlbach haben die Behörden am Montag drei Ortsteile geräumt. "
    "Rund 1.200 Menschen mussten ihre Wohnungen verlassen, wie der Landkreis mitteilte."
)
P2 = (
    "„Wir haben die Lage im Griff, aber wir brauchen Geduld“, sagte Landrätin Petra Holm am Abend vor "
    "Journalisten. Das Wasser steige nur noch langsam."
)
P3 = (
    "Die Feuerwehr war nach eigenen Angaben mit 340 Kräften im Einsatz. Hinzu kamen Helfer des Technischen "
    "Hilfswerks aus vier Bundesländern."
)
P4 = "Die Opposition im Kreistag warf der Verwaltung vor, Warnungen von Gutachtern seit Jahren überhört zu haben."
P5 = "Wann die Bewohner zurückkehren können, blieb zunächst offen."
LEAD = "Drei Ortsteile sind geräumt, der Damm wird mit Sandsäcken gesichert. Was über die Ursache bekannt ist."
HEAD = "Dammbruch am Mühlbach: Tausend Menschen in Sicherheit gebracht"
CAPTION = "Helfer füllen am Montag Sandsäcke an der Bruchstelle."


@dataclass(frozen=True)
class Page:
    """A page and what must be read from it; `absent` must be nowhere in the text."""

    name: str
    html: str
    paragraphs: tuple[str, ...] = (P1, P2, P3, P4, P5)
    title: str = HEAD
    lead: str | None = LEAD
    captions: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    published: str | None = "2021-07-19T18:42:00+02:00"
    how: str | None = None
    modified: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    warnings: tuple[str, ...] = ()


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def paragraphs(*texts: str, cls: str = "") -> str:
    attribute = f' class="{cls}"' if cls else ""
    return "\n".join(f"<p{attribute}>{text}</p>" for text in texts)


def teasers(title: str) -> str:
    return "".join(
        f'<article class="teaser"><h2><a href="/{i}">{title} {i}</a></h2>'
        f"<p>Ein kurzer Anreißer für die Meldung mit der Nummer {i}, die hier nichts zur Sache tut.</p></article>"
        for i in range(8)
    )


NAV = (
    '<nav class="main-navigation"><ul><li><a href="/politik">Politik</a></li>'
    '<li><a href="/sport">Sport</a></li></ul></nav>'
)
FOOTER = (
    "<footer><p>Impressum und Datenschutz. Alle Rechte vorbehalten, Weserblick Verlag.</p>"
    '<a href="/agb">AGB</a></footer>'
)

GRAPH = Page(
    "json-ld graph, kicker in the heading",
    f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{HEAD} - Weserblick</title>
<link rel="canonical" href="https://www.weserblick.example/panorama/dammbruch-a-1234.html">
<meta property="og:site_name" content="Weserblick">
{ld({"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "datePublished": "2001-01-01"},
{"@type": "NewsArticle", "headline": HEAD, "datePublished": "2021-07-19T18:42:00+02:00",
"dateModified": "2021-07-20T06:10:00+02:00", "author": [{"@type": "Person", "name": "Jana Weiß"},
{"@type": "Person", "name": "Ole Brandt"}], "publisher": {"@type": "Organization",
"name": "Weserblick Verlag"}}]})}
</head><body class="has-ads share">{NAV}<main><article class="article"><header class="article-header">
<h1><span class="article__kicker">Hochwasser</span> <span class="article__title">{HEAD}</span></h1>
<p class="article__intro">{LEAD}</p><div class="article__byline">Von Jana Weiß und Ole Brandt</div></header>
<figure class="lead-image"><img src="a.jpg" alt=""><figcaption>
{CAPTION} <span class="credit">Foto: Ole Brandt</span></figcaption></figure>
<div class="article__body">{paragraphs(P1, P2)}<div class="ad-container"><p>Anzeige</p></div>
<h2>Vorwürfe an die Verwaltung</h2>{paragraphs(P3, P4, P5)}</div></article></main>{FOOTER}</body></html>""",
    captions=(CAPTION,), bylines=("Von Jana Weiß und Ole Brandt",), absent=("Impressum", "Sport"),
    how="json-ld datePublished", modified="2021-07-20T06:10:00+02:00", outlet="Weserblick",
    authors=("Jana Weiß", "Ole Brandt"), url="https://www.weserblick.example/panorama/dammbruch-a-1234.html",
)  # fmt: skip

META = Page(
    "meta elements only, agency credit after the text",
    f"""<!DOCTYPE html><html lang="de-DE"><head><meta charset="utf-8"><title>{HEAD} | Nordkurier am Abend</title>
<meta property="og:title" content="{HEAD}">
<meta property="og:url" content="https://nka.example/vermischtes/dammbruch,4711">
<meta property="article:published_time" content="2021-07-19T18:42:00+02:00"><meta name="author" content="dpa">
<meta property="og:site_name" content="Nordkurier am Abend"></head><body><div id="page"><div class="breadcrumb">
<a href="/">Start</a></div>
<div class="content"><h1>{HEAD}</h1><div class="teasertext"><p>{LEAD}</p></div>
<div class="text">{paragraphs(P1, P2, P3)}
<div class="related-teaser"><h3>Mehr zum Thema</h3><ul><li>
<a href="/x">Hochwasser: So schützen Sie Ihren Keller</a></li></ul></div>
{paragraphs(P4, P5)}<p>© dpa-infocom, dpa:210719-99-1234/3</p></div></div></div>{FOOTER}</body></html>""",
    paragraphs=(P1, P2, P3, P4, P5, "© dpa-infocom, dpa:210719-99-1234/3"), absent=("Impressum",),
    how="meta article:published_time", outlet="Nordkurier am Abend", authors=("dpa",),
    url="https://nka.example/vermischtes/dammbruch,4711",
)  # fmt: skip

TIME = Page(
    "time element, microdata, paragraphs as divs with line breaks",
    f"""<html lang="de"><head><meta charset="utf-8"><title>{HEAD}</title></head><body>
<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{HEAD}</h1>
<span class="date">Stand: <time datetime="2021-07-20T06:10:00+02:00">20.07.2021, 06:10 Uhr</time></span>
<span class="published">Erstellt: <time datetime="2021-07-19T18:42:00+02:00" itemprop="datePublished">19.07.2021,
18:42 Uhr</time></span>
<p class="standfirst"><strong>{LEAD}</strong></p>
<div itemprop="articleBody">{P1}<br><br>{P2}<br/><br/>{P3}<br><br>{P4}<br><br>{P5}</div></div>
<div class="comments"><h3>Kommentare</h3>
<p>Leser42: Das war doch absehbar, seit Jahren wird hier nur gespart und geredet.</p></div>
</body></html>""",
    absent=("Leser42",), how="itemprop datePublished", modified="2021-07-20T06:10:00+02:00",
)  # fmt: skip

AMP = Page(
    "AMP page with soft hyphens and no-break spaces",
    f"""<!doctype html><html ⚡ lang="de"><head><meta charset="utf-8"><title>{HEAD}</title>
<link rel="canonical" href="https://www.suedpost.example/region/dammbruch.1234">
<style amp-boilerplate>body{{visibility:hidden}}</style>
{ld({"@context": "http://schema.org", "@type": ["NewsArticle"], "headline": HEAD,
"datePublished": "2021-07-19T18:42:00+02:00", "publisher": {"name": "Südpost"},
"mainEntityOfPage": "https://www.suedpost.example/region/dammbruch.1234"})}
</head><body><amp-sidebar id="s"><ul><li>Menü</li></ul></amp-sidebar><header><a href="/">Südpost</a></header>
<article><h1>{HEAD}</h1><p class="lead">{LEAD}</p><amp-img src="x" width="1" height="1"></amp-img>
{paragraphs(P1.replace("Behörden", "Be&shy;hör&shy;den").replace("1.200 Menschen", "1.200&nbsp;Menschen"), P2, P3)}
<amp-ad type="x"><p>Anzeige für etwas ganz anderes</p></amp-ad>{paragraphs(P4, P5)}</article>{FOOTER}</body>
</html>""",
    absent=("Menü", "etwas ganz anderes"), how="json-ld datePublished", outlet="Südpost",
    url="https://www.suedpost.example/region/dammbruch.1234",
)  # fmt: skip

PAYWALL = Page(
    "paywall with the beginning of the text",
    f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{HEAD}</title>
{ld({"@type": "NewsArticle", "headline": HEAD, "datePublished": "2021-07-19T18:42:00+02:00",
"isAccessibleForFree": "False", "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False,
"cssSelector": ".paywall"}})}
</head><body><article><h1>{HEAD}</h1><p class="summary">{LEAD}</p><div class="body">{paragraphs(P1, P2)}</div>
<div class="paywall-box"><h3>Jetzt weiterlesen mit Kurier Plus</h3><p>Sie haben bereits ein Abo? Hier anmelden</p>
</div>
</article></body></html>""",
    paragraphs=(P1, P2), how="json-ld datePublished", warnings=("paywall",),
)  # fmt: skip

TICKER = Page(
    "live ticker of several entries",
    f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Liveticker: {HEAD}</title>
{ld({"@type": "LiveBlogPosting", "headline": "Liveticker: " + HEAD, "datePublished": "2021-07-19T18:42:00+02:00"})}
</head><body><main><h1>Liveticker: {HEAD}</h1><p class="intro">{LEAD}</p>
<section class="liveblog"><article><time datetime="2021-07-19T19:30:00+02:00">19.30 Uhr</time><h3>Damm hält</h3>
{paragraphs(P1, P2)}</article>
<article><time datetime="2021-07-19T18:55:00+02:00">18.55 Uhr</time><h3>Kritik</h3>{paragraphs(P3, P4)}</article>
<article><time datetime="2021-07-19T18:42:00+02:00">18.42 Uhr</time><h3>Räumung</h3>{paragraphs(P5)}</article>
</section></main></body></html>""",
    title=f"Liveticker: {HEAD}", how="json-ld datePublished", warnings=("live-ticker",),
)  # fmt: skip

PUBLIC = Page(
    "broadcaster: top line, boxes and pictures between paragraphs, links in the text",
    f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{HEAD} | Rundschau 24</title>
<meta property="og:title" content="Dammbruch: Tausend in Sicherheit | Rundschau 24">
<meta property="og:site_name" content="Rundschau 24">
<meta name="date" content="2021-07-19T18:42:00+02:00"></head><body><div id="content"><article>
<span class="seitenkopf__topline">Hochwasser im Kreis Steinfurt</span><h1 class="seitenkopf__headline"><span>{HEAD}
</span></h1>
<p class="metatextline">Stand: 19.07.2021 18:42 Uhr</p><p class="textabsatz"><strong>{LEAD}</strong></p>
<p class="authorline"><em>Von Miriam Funk, Studio Steinfurt</em></p>
<p class="textabsatz">{P1.replace("Landkreis", '<a href="/kreis">Landkreis</a>')}</p><div class="absatzbild">
<img alt="x"><div class="absatzbild__caption">{CAPTION}</div></div>
<p class="textabsatz">{P2}</p><div class="infobox"><h3>Der Mühlbach</h3>
<p>Der Mühlbach entspringt im Hügelland und mündet nach 31 Kilometern in die Ems, die ihn aufnimmt.</p></div>
<h2>Scharfe Kritik</h2><p class="textabsatz">{P3}</p><p class="textabsatz">{P4}</p><p class="textabsatz">{P5}</p>
<p class="sendungsbezug">Dieses Thema im Programm: Rundschau 24, 19. Juli 2021, 20:00 Uhr.</p></article></div>
</body></html>""",
    lead=None, paragraphs=(LEAD, P1, P2, P3, P4, P5), captions=(CAPTION,),
    bylines=("Von Miriam Funk, Studio Steinfurt", "Stand: 19.07.2021 18:42 Uhr"),
    how="meta date", outlet="Rundschau 24",
)  # fmt: skip

OLD = Page(
    "table layout of the turn of the century, Windows-1252, date only in the text",
    f"""<HTML><HEAD><TITLE>{HEAD}</TITLE><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1">
</HEAD>
<BODY BGCOLOR=white><TABLE><TR><TD WIDTH=120><A HREF="/">Start</A><BR><A HREF="/sport">Sport</A></TD>
<TD><FONT SIZE=5><B><H2>{HEAD}</H2></B></FONT><P><I>Vom 19. Juli 2021</I><P>{P1}<P>{P2}<P>{P3}<P>{P4}<P>{P5}</TD>
</TR></TABLE></BODY></HTML>""",
    lead=None, published=None,
)  # fmt: skip

TABLOID = Page(
    "tabloid: capitals in a subheading, lists, embedded posts, newsletter in the middle",
    f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{HEAD} - Blitz</title>
<meta property="article:published_time" content="2021-07-19T18:42:00+02:00">
<meta property="og:site_name" content="Blitz"></head>
<body><main><article><header><div class="kicker">Flut-Drama</div><h1 class="headline">{HEAD}</h1>
<div class="authors"><a href="/autor/k" rel="author">Kai Rasch</a></div>
<time datetime="2021-07-19T18:42:00+02:00">19.07.2021 - 18:42 Uhr</time></header>
<div class="article-body">{paragraphs(f"<b>{P1}</b>", P2)}
<aside class="newsletter-box"><p>Abonnieren Sie unseren Newsletter und verpassen Sie nie wieder eine Nachricht!</p>
</aside>
<h2>DIE FAKTEN</h2><ul><li>1.200 Menschen sind betroffen</li><li>340 Kräfte sind im Einsatz</li></ul>
<blockquote class="twitter-tweet"><p>Bitte meiden Sie das Gebiet um den Mühlbach. Es besteht Lebensgefahr!</p>
</blockquote>
{paragraphs(P3, P4, P5)}<p><strong>Lesen Sie auch: <a href="/1">Wetter: So geht es weiter in der Region</a>
</strong></p></div></article></main></body></html>""",
    lead=None, paragraphs=(P1, P2, P3, P4, P5), absent=("Newsletter",),
    how="meta article:published_time", outlet="Blitz", authors=("Kai Rasch",),
)  # fmt: skip

PORTAL = Page(
    "portal: long menus and teasers of other articles around a short text",
    f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{HEAD}</title>
<meta property="og:title" content="{HEAD}">
<meta property="og:site_name" content="Portal"></head><body>{NAV * 5}
<div class="teaser-list">
{teasers("Andere Meldung Nummer")}</div>
<article id="main-article"><h1>{HEAD}</h1><p class="article-intro">{LEAD}</p><section>{paragraphs(P1, P2)}</section>
<section>{paragraphs(P3, P4, P5)}</section></article>
<div class="recommendations">
{teasers("Empfehlung")}</div>
{FOOTER}</body></html>""",
    absent=("Andere Meldung", "Empfehlung", "Anreißer"), published=None, outlet="Portal",
)  # fmt: skip

SCRIPTED = Page(
    "page that scripts fill in: the text is in its structured data only",
    f"""<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{HEAD}</title>
{ld({"@type": "NewsArticle", "headline": HEAD, "datePublished": "2021-07-19T18:42:00+02:00",
"articleBody": chr(10).join([P1, P2, P3, P4, P5])})}
</head><body><div id="root"><p>Bitte aktivieren Sie JavaScript.</p></div></body></html>""",
    lead=None, how="json-ld datePublished", warnings=("text-from-json-ld", "headline-from-metadata"),
)  # fmt: skip

PAGES = (GRAPH, META, TIME, AMP, PAYWALL, TICKER, PUBLIC, OLD, TABLOID, PORTAL, SCRIPTED)
