"""What all our actions share: the services, which a test may replace."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rasa_sdk.interfaces import Action

from bot.wiring import Services, services


class CitizenAction(Action, ABC):
    """An action with the services of this process, or with those that a test gives."""

    def __init__(self, given: Services | None = None) -> None:
        """Take the real services unless others are given; Rasa makes actions without arguments."""
        self._services = given or services()

    @abstractmethod  # without it the action server would try to run this very class
    def name(self) -> str:
        """The name in domain.yml."""
