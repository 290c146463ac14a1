"""A small bot is trained as Rasa trains ours; what it understands is the same whatever finds the names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("rasa")

import yaml
from structlog.testing import capture_logs

from bot.engine.agent import EngineAgent
from bot.engine.nlu.language_model import BLANK, DutchModel
from bot.engine.parts import load_agent
from bot.settings import Settings
from tests.engine.nlu.spacy_models import REAL, installed, made_package

SUBJECTS = {
    "paspoort": ("paspoort", "reisdocument", "reizen"),
    "rijbewijs": ("rijbewijs", "autorijden", "rijden"),
    "verhuizing": ("verhuizen", "adres", "woning"),
}
QUESTIONS = {
    "ask_costs": "wat kost {}",
    "ask_how": "hoe vraag ik {} aan",
    "ask_duration": "hoe lang duurt {}",
    "ask_bring": "wat neem ik mee voor {}",
}
OTHERS = {"book_appointment": "ik wil een afspraak voor {}", "out_of_scope": "vertel een mop over {}", "greet": "goedemorgen {}"}
SENTENCES = [
    "ik ben Jan de Vries en wil in Heiloo een afspraak voor een paspoort",
    "mijn naam is Truus, wat kost een rijbewijs in Castricum",
    "Jan de Vries vraagt hoe lang verhuizen duurt",
    "wat kost een paspoort",
    "goedemorgen",
    "vertel een mop over Jan de Vries uit Parijs",
    "In Parijs: hoe vraag ik een paspoort aan?",
    "",
]


def _nlu() -> dict[str, Any]:
    blocks: list[dict[str, Any]] = [{"lookup": "place", "examples": "- Heiloo\n- Castricum\n"}]
    for intent, sentence in {**QUESTIONS, **OTHERS}.items():
        for subject, words in SUBJECTS.items():
            filled = [sentence.format(f"{extra}{word}") for word in words for extra in ("", "een ", "mijn ", "zijn ", "een nieuw ", "het ")]
            block: dict[str, Any] = {"intent": intent, "examples": "".join(f"- {text} {subject}\n" for text in filled)}
            if intent in QUESTIONS:
                block = {"intent": intent, "metadata": {"product": subject}, "examples": [{"text": f"{text}\n"} for text in filled]}
            blocks.append(block)
    return {"version": "3.1", "nlu": blocks}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the model of config.yml is installed, as its wheel would be."""
    return made_package(tmp_path_factory.mktemp("site"), REAL, PERSON="Jan de Vries", GPE="Parijs", LOC="Heiloo")


def trained(folder: Path) -> Path:
    """A bot of which the pipeline is ours."""
    import rasa.api

    own = yaml.safe_load((Path(__file__).parents[3] / "config.yml").read_text("utf-8"))
    own["pipeline"][0]["expected"] = None
    own["policies"] = [{"name": "RulePolicy", "enable_fallback_prediction": False}]
    files = {
        "config.yml": own,
        "domain.yml": {
            "version": "3.1",
            "intents": [*QUESTIONS, *OTHERS],
            "entities": [{"person": {"roles": ["own"], "influence_conversation": False}}, "place"],
            "responses": {"utter_hello": [{"text": "hallo"}]},
        },
        "nlu.yml": _nlu(),
        "rules.yml": {"version": "3.1", "rules": [{"rule": "greet", "steps": [{"intent": "greet"}, {"action": "utter_hello"}]}]},
    }
    for name, content in files.items():
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    data = [str(folder / "nlu.yml"), str(folder / "rules.yml")]
    result = rasa.api.train(
        str(folder / "domain.yml"), str(folder / "config.yml"), data, str(folder), fixed_model_name="small", force_training=True
    )
    return Path(str(result.model))


@pytest.fixture(scope="module", params=[True, False], ids=["trained with the model", "trained without"])
def bot(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, site: Path) -> Path:
    """While it is trained nothing opens the model, installed or not."""
    with installed(site if request.param else None), pytest.MonkeyPatch.context() as patch:
        patch.setattr(DutchModel, "_open", None)
        return trained(tmp_path_factory.mktemp("small-bot"))


@pytest.fixture(scope="module")
def with_model(bot: Path, site: Path) -> EngineAgent:
    with installed(site):
        return load_agent(bot, Settings())


@pytest.fixture(scope="module")
def without(bot: Path) -> EngineAgent:
    return load_agent(bot, Settings())


def parsed(agent: EngineAgent, text: str) -> dict[str, Any]:
    return agent._loaded.understand(text)


@pytest.mark.parametrize("text", SENTENCES)
def test_understanding_is_the_same_with_and_without_the_model(with_model: EngineAgent, without: EngineAgent, text: str) -> None:
    one, other = parsed(with_model, text), parsed(without, text)
    for part in ("intent", "intent_ranking", "understanding"):
        assert one[part] == other[part]


def test_each_says_what_finds_the_names(with_model: EngineAgent, without: EngineAgent) -> None:
    assert with_model.language_model == REAL
    assert without.language_model == BLANK


def test_names_reach_the_actions_as_entities(with_model: EngineAgent) -> None:
    text = "ik ben Jan de Vries en wil naar Parijs"
    found = [
        (item["entity"], item["value"], item.get("role"), text[item["start"] : item["end"]])
        for item in parsed(with_model, text)["entities"]
    ]
    assert found == [("person", "Jan de Vries", "own", "Jan de Vries"), ("place", "Parijs", None, "Parijs")]


def test_without_the_model_the_rules_give_the_citizens_own_name(without: EngineAgent) -> None:
    entities = parsed(without, "ik ben Jan de Vries en wil naar Parijs")["entities"]
    assert [(item["entity"], item["value"], item["extractor"]) for item in entities] == [("person", "Jan de Vries", "NameExtractor")]


def test_a_typed_command_names_nobody(without: EngineAgent) -> None:
    assert parsed(without, "/greet mijn naam is Jan Jansen")["entities"] == []


def test_the_log_tells_which_one_runs_and_what_is_broken(bot: Path, tmp_path: Path) -> None:
    broken = made_package(tmp_path, REAL)
    (broken / REAL / f"{REAL}-3.4.0" / "config.cfg").write_text("[nlp]\nlang =", "utf-8")
    with installed(broken), capture_logs() as logged:
        agent = load_agent(bot, Settings())
    told = {entry["event"]: entry for entry in logged}
    assert "install the one of requirements/spacy-model.txt" in told["language_model_broken"]["reason"]
    assert told["language_model"]["model"] == agent.language_model == BLANK
    assert parsed(agent, "mijn naam is Jan")["entities"][0]["value"] == "Jan"
