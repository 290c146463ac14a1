"""Every mistake that Rasa passes over in silence is found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.tools.train import fingerprint
from bot.tools.validate import check

FILES = {
    "domain.yml": """
intents: [greet, ask_costs]
entities: [product]
actions: [action_answer]
forms: {}
slots: {}
""",
    "config.yml": "recipe: default.v1\n",
    "endpoints.yml": "action_endpoint: {url: http://127.0.0.1:5055/webhook}\n",
    "credentials.yml": "",
    "data/nlu/a.yml": """
nlu:
- intent: greet
  examples: |
    - hallo
- intent: ask_costs
  metadata: {product: paspoort}
  examples: |
    - wat kost een paspoort
""",
    "data/rules/a.yml": """
rules:
- rule: greet
  steps: [{intent: greet}, {action: utter_greet}]
- rule: costs
  steps: [{intent: ask_costs}, {action: action_answer}]
""",
    "data/responses/a.yml": "responses: {utter_greet: [{text: Goedendag}]}\n",
    "actions/answers.py": 'class A:\n    def name(self):\n        return "action_answer"\n',
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path


def _replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        path = project / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    return change


def _copy(source: str, target: str) -> Callable[[Path], None]:
    return lambda project: shutil.copy(project / source, project / target) and None


def test_a_right_project_has_no_problems(project: Path) -> None:
    assert list(check(project)) == []


@pytest.mark.parametrize(
    ("mistake", "found"),
    [
        (_replace("domain.yml", "intents:", "intent:"), 'key "intent" is unknown'),
        (_replace("data/responses/a.yml", "responses:", "respones:"), 'key "respones" is unknown'),
        (_copy("data/responses/a.yml", "data/responses/b.yml"), "stands in two places"),
        (_replace("data/rules/a.yml", "utter_greet", "utter_hello"), 'response "utter_hello" is used but stands nowhere'),
        (_replace("data/rules/a.yml", "utter_greet", "action_answer"), 'response "utter_greet" is never used'),
        (_replace("domain.yml", "[greet, ask_costs]", "[greet, ask_costs, thank]"), 'intent "thank" has no sentence'),
        (_replace("domain.yml", "[greet, ask_costs]", "[greet]"), 'intent "ask_costs" is trained or ruled but not in the domain'),
        (_replace("actions/answers.py", "action_answer", "action_other"), 'action "action_answer" stands in the domain but has no class'),
        (_replace("data/rules/a.yml", "action: action_answer", "action: action_anwser"), 'action "action_anwser" is unknown'),
        (_replace("data/nlu/a.yml", "wat kost een paspoort", "Hallo!"), "stands under ask_costs"),
        (_copy("data/rules/a.yml", "data/rules/test_a.yml"), "would be trained on"),
        (_replace("config.yml", "recipe: default.v1", "recipe: default.v1\nimporters: [{name: x.Y}]"), "importer"),
        (_replace("endpoints.yml", "127.0.0.1:5055", "${HOST}:5055"), "only where it is the whole value"),
        (
            _replace("data/responses/a.yml", "{text: Goedendag}", '{text: x, buttons: [{title: a, payload: "/ask_cost"}]}'),
            "which the domain does not know",
        ),
        (
            _replace(
                "data/responses/a.yml", "{text: Goedendag}", '{text: x, buttons: [{title: Een veel te lange titel, payload: "/ask_costs"}]}'
            ),
            "WhatsApp takes 20",
        ),
    ],
)
def test_a_mistake_is_found(project: Path, mistake: Callable[[Path], None], found: str) -> None:
    mistake(project)
    assert any(found in problem for problem in check(project)), list(check(project))


def test_a_response_whose_name_an_action_puts_together_is_used(project: Path) -> None:
    _replace("data/responses/a.yml", "}\n", ", utter_ask_day: [{text: Welke dag?}]}\n")(project)
    assert list(check(project)) == ['response "utter_ask_day" is never used']
    (project / "actions" / "asking.py").write_text('def say(step):\n    return f"utter_ask_{step}"\n')
    assert list(check(project)) == []
    (project / "actions" / "asking.py").write_text('def say(step):\n    return f"utter_tell_{step}"\n')
    assert any("no response fits utter_tell_" in problem for problem in check(project))


def test_the_fingerprint_changes_with_any_source_of_the_model(project: Path) -> None:
    before = fingerprint(project)
    _replace("data/nlu/a.yml", "hallo", "hoi")(project)
    assert fingerprint(project) != before
