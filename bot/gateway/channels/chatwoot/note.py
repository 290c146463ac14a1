"""What the people in Chatwoot read before their first word, as a private note."""

from __future__ import annotations

from bot.gateway.channels.chatwoot import labels
from bot.handoff.summary import Summary
from bot.knowledge.library import Library


def summary_note(summary: Summary | None, library: Library) -> str:
    """The summary of a conversation in the words of berichten.yml; what is not known is left out."""
    lines = [library.message("notitie_kop")]
    for key, value in _facts(summary, library) if summary else ():
        if value:
            lines.append("- " + library.message(f"notitie_{key}", waarde=value))
    return "\n".join(lines)


def danger_note(kind: str, library: Library) -> str:
    """That danger was heard, and that the citizen has the number to call."""
    return library.message("notitie_gevaar", waarde=kind)


def _facts(summary: Summary, library: Library) -> list[tuple[str, str | None]]:
    town = library.municipality(summary.municipality) if summary.municipality else None
    return [
        ("gevaar", summary.danger),
        ("reden", summary.reason),
        ("onderwerp", library.title_of(summary.product) if summary.product else None),
        ("vraag", summary.open_question),
        ("stemming", ", ".join(library.message(f"stemming_{sign}") for sign in summary.mood)),
        ("gemeente", town.name if town else None),
        ("naam", summary.name),
        ("telefoon", summary.phone),
        ("kenmerk", ", ".join(summary.references)),
        ("labels", ", ".join(labels.names(summary, library))),
    ]
