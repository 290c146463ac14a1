"""Fills response templates and raises where Rasa would stay silent or speak a placeholder."""

from __future__ import annotations

import copy
import re
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator

from bot.engine.errors import TurnFailed

_PLACEHOLDER = re.compile(r"{([A-Za-z_]\w*)}")
_OPTIONAL = frozenset({"utter_default", "utter_restart", "utter_back", "utter_ask_rephrase", "utter_session_start"})
"""Responses of Rasa's own default actions, which may be absent; an empty turn is noticed anyway."""


class Responses(TemplatedNaturalLanguageGenerator):
    """Rasa's templates, with a missing response or an unfilled placeholder as an error."""

    def generate_from_slots(
        self, utter_action: str, filled_slots: dict[str, Any], output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The filled response; raises TurnFailed when it does not exist or misses a value."""
        template = copy.deepcopy(self._random_response_for(utter_action, output_channel, filled_slots))
        if template is None:
            if utter_action in _OPTIONAL:
                return None
            raise TurnFailed(f"there is no response {utter_action}")
        values = self._response_variables(filled_slots, kwargs)
        before = _strings(template)
        filled: dict[str, Any] = self._fill_response(template, filled_slots, **kwargs)
        for raw, text in zip(before, _strings(filled), strict=True):
            for name in _PLACEHOLDER.findall(raw):
                if values.get(name) is None or f"{{{name}}}" in text:
                    raise TurnFailed(f"response {utter_action} misses a value for {name}")
        return filled


def _strings(response: dict[str, Any]) -> list[str]:
    texts = [response.get("text") or ""]
    for button in response.get("buttons") or []:
        texts += [button.get("title") or "", button.get("payload") or ""]
    return texts
