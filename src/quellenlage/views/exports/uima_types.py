"""The type system of the UIMA export: DKPro's types where there are any, layers of our own for what it has no type for.

Our layers have the names and the shape that INCEpTION gives to layers people make: spans with strings, and links with
a role to other spans. Sentences, tokens and names are in the layers that INCEpTION brings.
"""

from __future__ import annotations

from cassis import TypeSystem

_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
SENTENCE = f"{_DKPRO}.segmentation.type.Sentence"
TOKEN = f"{_DKPRO}.segmentation.type.Token"
LEMMA = f"{_DKPRO}.segmentation.type.Lemma"
POS = f"{_DKPRO}.lexmorph.type.pos.POS"
NAME = f"{_DKPRO}.ner.type.NamedEntity"
METADATA = f"{_DKPRO}.metadata.type.DocumentMetaData"
MENTION = "webanno.custom.Mention"
TIMEX = "webanno.custom.Timex3"
PART = "webanno.custom.Part"
QUOTATION = "webanno.custom.Quotation"
CLAIM = "webanno.custom.Claim"
EVENT = "webanno.custom.Event"
_ANNOTATION, _DOCUMENT, _TOP = "uima.tcas.Annotation", "uima.tcas.DocumentAnnotation", "uima.cas.TOP"
_STRING, _NUMBER, _ARRAY = "uima.cas.String", "uima.cas.Double", "uima.cas.FSArray"

SPANS: dict[str, tuple[str, ...]] = {
    LEMMA: ("value",),
    POS: ("PosValue", "coarseValue"),
    SENTENCE: (),
    TOKEN: (),
    NAME: ("value", "identifier"),
    MENTION: ("kind", "form", "identifier"),
    TIMEX: ("tid", "timexType", "value", "mod", "anchorTimeID", "earliest", "latest"),
    PART: ("role",),
    QUOTATION: ("qid", "quotationType", "medium", "parent"),
    CLAIM: ("cid", "quotation", "chain", "evidentiality", "polarity", "channel", "said"),
    EVENT: ("eid", "eventType", "factuality", "wordOf", "time", "earliest", "latest"),
}
"""Types of spans with their features that hold a string."""
NUMBERS = ((CLAIM, "score"), (EVENT, "score"))
LINKS: dict[str, dict[str, str]] = {
    QUOTATION: {"parts": PART},
    CLAIM: {"parts": PART, "sources": _ANNOTATION},
    EVENT: {"arguments": _ANNOTATION, "parts": PART},
}
"""Features that are lists of links: each link has a role and leads to a span of this type."""


def link_type(owner: str, feature: str) -> str:
    """Name of the type of the links of a feature."""
    return f"{owner}{feature.capitalize()}Link"


def make_type_system() -> TypeSystem:
    """The type system of every file of the export."""
    made = TypeSystem()
    made.create_type(METADATA, _DOCUMENT)
    for feature in ("documentTitle", "documentId", "documentUri"):
        made.create_feature(METADATA, feature, _STRING)
    for name, features in SPANS.items():
        made.create_type(name, _ANNOTATION)
        for feature in features:
            made.create_feature(name, feature, _STRING)
    for name, feature in NUMBERS:
        made.create_feature(name, feature, _NUMBER)
    made.create_feature(TOKEN, "lemma", LEMMA)
    made.create_feature(TOKEN, "pos", POS)
    for owner, links in LINKS.items():
        for feature, target in links.items():
            link = link_type(owner, feature)
            made.create_type(link, _TOP)
            made.create_feature(link, "role", _STRING)
            made.create_feature(link, "target", target)
            made.create_feature(owner, feature, _ARRAY, elementType=link, multipleReferencesAllowed=False)
    return made
