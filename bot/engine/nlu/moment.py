"""Decides what a message means at this moment of the conversation: the pure heart of understanding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.engine.nlu.acts import CLEAR_WISH, is_act
from bot.engine.nlu.alone import scored, scored_alone
from bot.engine.nlu.clauses import asks
from bot.engine.nlu.corrections import after_no, meant, refuses, wanted, without_declined
from bot.engine.nlu.findings import asked, make, of_act
from bot.engine.nlu.labels import ACTS
from bot.engine.nlu.leaning import (
    LONGEST_REMARK,
    asks_something,
    aspect_share,
    beside,
    best_aspect,
    clear_subject,
    continues,
    elliptic,
    leans,
    share_asked,
    stands_for,
)
from bot.engine.nlu.meaning import NO_SUBJECT, OUT_OF_SCOPE, Context, Scores, Thresholds, Understanding
from bot.engine.nlu.signs import (
    asks_about_it,
    aspect_named,
    is_language,
    is_place,
    is_postcode,
    is_vague,
    lives_in,
    named_in_full,
    points_back,
    shared_word,
    spelled_out,
    wants_appointment,
)
from bot.engine.nlu.staying import arranges, stays
from bot.model.knowledge import ASPECT_OF_INTENT

_OWN_ASPECT = 0.8
"""Who goes on without a verb ("en voor mijn zoontje?") asks the same again, unless another aspect is this clear."""

_OWN_HOW = 1.01
"""How to arrange something is what a bare need sounds like as well, so that is never clear enough."""

_OWN_SUBJECT = 0.92
"""Who continues and names a product this clearly speaks of that one."""

_NAMED = 0.95
"""How sure it is that somebody means what they name by its form alone: a postcode, the name of an aspect."""

_OTHER_BODY = 0.9
"""Who goes on about a subject is sent to another organisation for it only when it is this clear."""

_FAINTEST = 0.1
"""Who says that they mean something else may mean what was only this likely before."""

_FEWEST_LEFT = 2
"""What is left beside a refusal is read when it has so many words."""
Score = Callable[[str], Scores]


def understand(text: str, context: Context, score: Score, limits: Thresholds) -> Understanding:
    """Read a message at this moment; `score` runs the models on a text."""
    if not is_language(text):
        return make("nlu_fallback", "ask", None, None, Scores([], [], 0.0, 0.0), 0.0, "person")
    kept = wanted(text, score, limits, context.product)
    if kept != text and context.product is not None and refuses(text):
        context = replace(context, product=None)  # it is about something else, whatever that is
    text = kept
    rest = without_declined(text)
    if rest is not None and len(rest.split()) < _FEWEST_LEFT:
        # Nothing but "I want no appointment": a form stops, and outside a form the subject stays.
        return make("stop" if context.form else "deny", "stop" if context.form else "deny", None, None, score(text), _NAMED, "smalltalk")
    found = _plain(rest or text, context, score, limits)
    instead = _said_after_no(text, context, score, limits) if found.act == "deny" else None
    return instead or found


def _said_after_no(text: str, context: Context, score: Score, limits: Thresholds) -> Understanding | None:
    """No to what was offered, and what it is instead ("nee, verlengen"); None where nothing clear is said."""
    rest = after_no(text) if context.said else None
    found = _plain(rest, context, score, limits) if rest else None
    return found if found and (found.act, found.zone) == ("ask", "answer") else None


def _plain(text: str, context: Context, score: Score, limits: Thresholds) -> Understanding:
    correction = meant(text) if context.product else None
    if correction is not None:
        corrected = _corrected(correction, context, score, limits)
        if corrected is not None:
            return corrected
        text = correction
    scores = (scored if context.product else scored_alone)(text, score, limits)
    by_form = _by_form(text, context, scores, limits)
    if by_form is not None:
        return by_form
    if context.product is None and asks_about_it(text, scores):
        # Clear is what is asked, only not about what: that is asked back.
        return replace(make("nlu_fallback", "ask", _aspect(text, context, scores, limits), None, scores, 0.0, "ask"), products=())
    intent = scores.intents[0][0]
    if is_act(text, context, scores, limits):
        return of_act(text, intent, scores.intent_sure, scores, limits)
    elsewhere = _goes_with_it(text, context, scores, score, limits) or _elsewhere(text, intent, context, scores, limits)
    if elsewhere is not None:
        return elsewhere
    product, confidence, seen = _subject(text, context, scores, score, limits)
    follows = product is not None and (seen is not scores or (product == context.product and leans(text, scores, limits)))
    named = product != context.product or scores.names == "product"
    return asked(_aspect(text, context, scores, limits), product, confidence, seen, limits, follows, named)


def _goes_with_it(text: str, context: Context, scores: Scores, score: Score, limits: Thresholds) -> Understanding | None:
    """A short message about what was spoken of, though it would lead elsewhere alone; one that asks nothing keeps what was asked."""
    together = stays(text, context, scores, score, limits)
    if together is None:
        return None
    told = context.aspect is not None and not asks(text) and aspect_share(scores) < _OWN_ASPECT
    aspect = context.aspect if told and context.aspect else _aspect(text, context, scores, limits)
    return asked(aspect, context.product, together.subject_sure, together, limits, follows=True)


def _by_form(text: str, context: Context, scores: Scores, limits: Thresholds) -> Understanding | None:
    """What the form of a message decides: a place, the name of an aspect, a word that many subjects share."""
    named = scores.names != NO_SUBJECT and scores.subject_sure >= limits.answer
    if is_postcode(text) or (context.place_asked and is_place(text, scores)) or (lives_in(text) and not named):
        return make("choose_municipality", ACTS["choose_municipality"], None, None, scores, _NAMED, "answer")
    if is_vague(text) and scores.names == NO_SUBJECT:
        return replace(make("nlu_fallback", "ask", None, None, scores, 0.0, "person"), products=())
    if wants_appointment(text) and scores.intents[0][0] not in ACTS.keys() - {"request_callback"}:
        return of_act(text, "book_appointment", _NAMED, scores, limits)
    aspect = aspect_named(text)
    if aspect is not None and (context.product or scores.names == NO_SUBJECT):
        return asked(aspect, context.product, _NAMED if context.product else limits.ask, scores, limits, follows=True)
    if shared_word(text, scores):
        return make("nlu_fallback", "ask", "wat", scores.products[0][0], scores, scores.products[0][1], "ask")
    return None


def _corrected(text: str, context: Context, score: Score, limits: Thresholds) -> Understanding | None:
    """Somebody says what they mean ("nee ik bedoel mijn rijbewijs"): the same question about that, if it names a product."""
    scores = score(text)
    if scores.names != "product":
        return _in_that_light(text, context, score, limits)
    product, share = scores.products[0]
    if context.said and not named_in_full(product, text):
        # "hoe verleng ik mijn paspoort": the licence that is meant is the one that one renews.
        beside = {name: value for name, value in score(f"{context.said} {text}").products if name != context.product}
        likely = [(beside[name], name) for name, _ in scores.products if name in beside]
        if likely:
            product = max(likely)[1]
    own = ASPECT_OF_INTENT.get(best_aspect(scores), "wat")
    aspect = own if own != "wat" and aspect_share(scores) >= _OWN_ASPECT else context.aspect or "wat"
    return asked(aspect, product, max(share, scores.subject_sure), scores, limits, follows=True)


def _in_that_light(text: str, context: Context, score: Score, limits: Thresholds) -> Understanding | None:
    """A correction that names no product ("het gaat om mijn dochter van 5"): the other one that the question before may have been about."""
    scores = score(f"{context.said} {text}") if context.said else score(text)
    others = [(name, share) for name, share in scores.products if name != context.product]
    if not others or others[0][1] < _FAINTEST:
        return None
    # It is not what it was taken for: the others share what is left.
    name, share = others[0]
    likely = share / max(share, 1.0 - dict(scores.products).get(context.product or "", 0.0))
    return asked(context.aspect or "wat", name, likely, scores, limits, follows=True) if likely >= limits.ask else None


def _elsewhere(text: str, intent: str, context: Context, scores: Scores, limits: Thresholds) -> Understanding | None:
    """What is out of scope or for another organisation.

    Within a conversation a short message says little: it has to sound out of scope too, and "it" is seldom about somebody else.
    """
    unclear = scores.names == NO_SUBJECT or scores.subject_sure < limits.answer
    vague = context.product is None and scores.intent_sure < CLEAR_WISH and unclear
    remark = context.product is not None and scores.intent_sure < CLEAR_WISH and len(text.split()) <= LONGEST_REMARK
    plainly_so = scores.intent_sure >= CLEAR_WISH
    if scores.outside >= limits.out_of_scope and (vague or (intent == OUT_OF_SCOPE and not remark and (unclear or plainly_so))):
        return make(OUT_OF_SCOPE, OUT_OF_SCOPE, None, None, scores, scores.outside, "refuse")
    goes_on = (
        context.product is not None and not arranges(text) and (continues(text) or stands_for(text) or len(text.split()) <= LONGEST_REMARK)
    )
    least = max(limits.answer, _OTHER_BODY) if goes_on else limits.refer
    if scores.names == "organisation" and scores.subject_sure >= least:
        return make("refer", "ask", None, None, scores, scores.subject_sure, "refer", scores.organisation[0])
    return None


def _aspect(text: str, context: Context, scores: Scores, limits: Thresholds) -> str:
    """The aspect that is asked for; a continuation that asks for none keeps the one that was spoken of."""
    aspect = ASPECT_OF_INTENT.get(best_aspect(scores), "wat")
    unclear = aspect == "wat" or aspect_share(scores) < limits.act
    explains = context.missed and not asks(text)
    if context.aspect and scores.names == "product" and (explains or (context.product is None and aspect == "wat")):
        return context.aspect  # "wat kost dat?" was asked back; now comes what it is about
    least = _OWN_HOW if aspect == "aanvragen" else _OWN_ASPECT
    same = elliptic(text) and aspect_share(scores) < least
    return context.aspect if context.aspect and (same or (continues(text) and unclear)) else aspect


def _subject(text: str, context: Context, scores: Scores, score: Score, limits: Thresholds) -> tuple[str | None, float, Scores]:
    """The product a question is about: the one it names, or the one that was spoken of, or that one seen in a new light."""
    first, share = scores.products[0] if scores.products else ("", 0.0)
    if context.product and continues(text) and share < _OWN_SUBJECT and not spelled_out(first, text):
        together = score(beside(context.product, text))
        near = together.products[0][0] if together.names == "product" else ""
        other = elliptic(text) and near != context.product and together.subject_sure >= limits.answer
        if near and (other or near in dict(scores.products)):
            return near, max(together.subject_sure, share), together
    other = first != context.product and spelled_out(first, text)
    clear = clear_subject(text, limits)
    if context.product and scores.subject_sure < clear and not other and asks_something(text, scores, limits):
        # Nothing clear is named: does it sound like more about what was spoken of?
        together = score(f"{context.product.replace('-', ' ')} {text}")
        near, seen = together.products[0] if together.products else ("", 0.0)
        if together.names == "product" and near == context.product:
            return context.product, max(together.subject_sure, limits.follow), together
        if together.names == "product" and points_back(text) and near in dict(scores.products) and seen >= limits.answer:
            return near, seen, together  # "mag dat ook op het strand?" after a wedding: where one may marry
    if context.product and leans(text, scores, limits):
        # It names nothing: it is about what was spoken of, as far as it asks for anything at all.
        share = share_asked(scores)
        wanted_to_know = "?" in text or continues(text) or best_aspect(scores) != "ask_what" or share >= limits.answer
        return context.product, share if wanted_to_know else 0.0, scores
    return (first or None), share, scores
