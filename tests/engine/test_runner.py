"""Our way through a model's graph gives what Rasa's own runner gives."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.runner import StraightRunner
from tests.engine.fakes import Engine


@pytest.mark.parametrize("text", ["hallo", "prijs paspoort", "xyz"])
async def test_the_runner_gives_what_rasas_runner_gives(engine: Engine, text: str) -> None:
    processor = engine.house.models.current.processor
    runner, metadata = processor.graph_runner, processor.model_metadata
    assert isinstance(runner, StraightRunner)
    tracker = DialogueStateTracker("c", processor.domain.slots)

    def results(way: Any) -> tuple[Any, Any]:
        inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: tracker}
        (message,) = way(runner, inputs, [metadata.nlu_target])[metadata.nlu_target]
        prediction = way(runner, {PLACEHOLDER_TRACKER: tracker}, [metadata.core_target])[metadata.core_target]
        return message.as_dict(only_output_properties=True), prediction.probabilities

    assert results(StraightRunner.run) == results(DaskGraphRunner.run)


async def test_a_missing_input_is_an_error(engine: Engine) -> None:
    processor = engine.house.models.current.processor
    with pytest.raises(GraphRunError):
        processor.graph_runner.run({}, [processor.model_metadata.core_target])
