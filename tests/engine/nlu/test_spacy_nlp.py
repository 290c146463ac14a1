"""It is Rasa's SpacyNLP: Rasa's own components work behind it unchanged, with a statistical model and without."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("rasa")

import rasa.model_training
import yaml
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import SPACY_DOCS, TOKENS_NAMES
from rasa.nlu.utils import spacy_utils
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.nlu.language_model import BLANK
from bot.engine.nlu.spacy_nlp import SpacyNLP
from tests.engine.nlu.spacy_models import REAL, installed, made_package

INTENTS = {
    "woning": ["ik woon in een huis", "wij wonen in een flat", "ik woon daar"],
    "naam": ["ik heet zo", "wij heten zo", "hoe heten ze"],
}


def loaded(tmp_path: Path, node: str = "provide_SpacyNLP0", **config: Any) -> SpacyNLP:
    return SpacyNLP.load(config, LocalModelStorage.create(tmp_path), Resource(node), ExecutionContext(GraphSchema({}), node_name=node))


def sentences() -> TrainingData:
    return TrainingData([Message.build(text) for text in ("Ik woon in Heiloo", "Jan belt")])


def test_it_is_rasas_component_under_rasas_name() -> None:
    assert issubclass(SpacyNLP, spacy_utils.SpacyNLP)
    assert SpacyNLP.__name__ == spacy_utils.SpacyNLP.__name__


def test_messages_keep_their_capitals(tmp_path: Path) -> None:
    component = loaded(tmp_path)
    (message,) = component.process([Message.build("Jan woont in Heiloo")], component.provide())
    assert message.get(SPACY_DOCS[TEXT]).text == "Jan woont in Heiloo"


def test_training_sentences_are_left_alone_and_nothing_is_opened_for_them(tmp_path: Path) -> None:
    component, data = loaded(tmp_path, "run_SpacyNLP0"), sentences()
    component.process_training_data(data, component.provide())
    assert all(example.get(SPACY_DOCS[TEXT]) is None for example in data.training_examples)
    assert component.language_model is None


def test_training_sentences_are_read_for_components_that_learn_from_them(tmp_path: Path) -> None:
    component, data = loaded(tmp_path, names_only=False), sentences()
    component.process_training_data(data, component.provide())
    assert [example.get(SPACY_DOCS[TEXT]).text for example in data.training_examples] == ["Ik woon in Heiloo", "Jan belt"]


def test_only_the_component_that_provides_the_model_opens_it(tmp_path: Path) -> None:
    provider, user = loaded(tmp_path), loaded(tmp_path, "run_SpacyNLP0")
    user.process([Message.build("Jan belt")], provider.provide())
    assert (provider.language_model, user.language_model) == (BLANK, None)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_package(tmp_path_factory.mktemp("site"), REAL, PERSON="Jan de Vries", GPE="Parijs")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A bot of Rasa's own components behind ours, trained on a machine without the model."""
    folder = tmp_path_factory.mktemp("stock")
    stock: list[dict[str, Any]] = [
        {"name": "bot.engine.nlu.spacy_nlp.SpacyNLP", "model": REAL, "names_only": False},
        {"name": "SpacyTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "LogisticRegressionClassifier"},
        {"name": "SpacyEntityExtractor"},
    ]
    nlu = [{"intent": name, "examples": "".join(f"- {text}\n" for text in texts)} for name, texts in INTENTS.items()]
    config = {"recipe": "default.v1", "language": "nl", "assistant_id": "stock", "pipeline": stock}
    (folder / "config.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    (folder / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}), "utf-8")
    return str(rasa.model_training.train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="stock"))


@pytest.mark.parametrize(("has_model", "entities"), [(True, [("PERSON", "Jan de Vries"), ("GPE", "Parijs")]), (False, [])])
async def test_rasas_own_components_work_behind_it(trained: str, site: Path, has_model: bool, entities: list[tuple[str, str]]) -> None:
    with installed(site if has_model else None):
        agent = Agent.load(trained)
        parsed = await agent.parse_message("Jan de Vries woonde in Parijs")
        inputs = {PLACEHOLDER_MESSAGE: [UserMessage("Jan de Vries woonde")], PLACEHOLDER_TRACKER: None}
        (message,) = agent.processor.graph_runner.run(inputs, targets=["run_SpacyTokenizer1"])["run_SpacyTokenizer1"]
    assert parsed["intent"]["name"] == "woning"  # by the lemma: no training sentence has "woonde"
    assert [(item["entity"], item["value"]) for item in parsed["entities"]] == entities
    assert [(token.text, token.lemma) for token in message.get(TOKENS_NAMES[TEXT])][-2:] == [("Vries", "vries"), ("woonde", "wonen")]
