"""What operations of the API do and what its problems mean, for the page: as the description says it, marked for
translation.

The description itself stays in English; a test holds that both say the same.
"""

from __future__ import annotations

from quellenlage.views.web.translation import marked as _

SUMMARIES = (
    _("List the lines of the chronicle: what happened when, each with the sentence it rests on"),
    _("Read an event with every account of it, by its identifier or that of one of its tellings"),
    _("Read who rests on whom for an event: words, origins, prints, copied passages, numbers"),
    _("List the places of the lines that are asked for, with coordinates where they are known"),
    _("List claims: who said it, on whose word it reached the article, how firmly, with the sentence"),
    _("Read one claim"),
    _("Read what one speaker said, with every occasion and every print of it"),
    _("List accounts that cannot both hold, side by side; they are never resolved by the program"),
    _("Read a conflict with all its sides"),
    _("List people, bodies and places, or find them by a name in any spelling"),
    _("Read an entity: spellings, offices with the words that give them, what it may be the same as"),
    _("List the claims in whose chain an entity stands: its own words and what it passed on"),
    _("List the events that an entity does, undergoes or is the place of"),
    _("List what a speaker said in the course of time, each time with the earlier words that it differs from"),
    _("List articles as they are cited"),
    _("Take files in: text, HTML, PDF, DOCX, mail, feeds, WARC, JSON Lines, archives, exports of another archive"),
    _("Read what is known of an article; its text only where that is asked for"),
    _("Read the stand-off layers of an article, as `quellenlage annotate` prints them"),
    _("Read the exact words of an article between two offsets, as evidence: to check a quotation"),
    _("Find sentences by their words, by what they mean, or both; each hit is the sentence itself"),
    _("List stories, those of most articles first"),
    _("Read a story: its articles, and why each belongs to it"),
    _("List origins: who first obtained accounts, and how many articles rest on them"),
    _("Read an origin with the articles that are its own or print it, and those that tell something on its word"),
    _("List open questions for a person: may two be one, or one be two; whose words; is it a conflict"),
    _("List the log of decisions, the newest first: who decided what, and whether it counts"),
    _("Record a decision; it is kept through every later build, under your name"),
    _("Read one decision of the log"),
    _("Take a decision back, with all judgements that it made; the undo of an undo brings it back"),
    _("Compare each sentence of a German draft with the archive: borne out, contradicted, inexactly quoted, unknown"),
    _("List background work, the newest first: your own, and with the role editor that of others, too"),
    _("Fetch web addresses, build what is new, or link what was decided; what waits for the same already is the job"),
    _("Read how far a job is, and what it reports when it has ended"),
    _("Stop a job; what it finished is kept, and one that has ended stays as it is"),
    _("Read how much there is, what it was linked from, and which version of the program serves it"),
    _("Read under whose name and with which role you ask"),
    _("Export the archive, or a part of it, with citations; never whole articles unless `full_text` is asked for"),
)

PROBLEMS = (
    _("the request cannot be read"),
    _("a login or a token is needed, or the token is unknown, expired or revoked"),
    _("the role does not cover it, or a page of another site sent it"),
    _("there is nothing of this identifier or name"),
    _("no method of this address"),
    _("it makes no sense for what is there now"),
    _("the body is too large"),
    _("the address is too long"),
    _("the body is of another media type"),
    _("the server does not go by this name"),
    _("a parameter or a field of the body cannot be used; `errors` names each"),
    _("asked for too often: see Retry-After"),
    _("the headers are too large"),
    _("a fault of the server; nothing was lost"),
    _("too much at once, or something is not installed"),
    _("the disk of the server is full"),
)
"""What the description says of each status of a refusal."""
