"""The triage tables in the knowledge folder: built per municipality, refused when a moment has no way on."""

from __future__ import annotations

from typing import Any

import pytest

from bot.knowledge.loader import read_knowledge
from bot.settings import ROOT
from tests.knowledge.builders import KnowledgeFolder

REST = {"naam": "rest", "dan": ["chat", "terugbellen"], "reden": "Anders weten wij het niet."}


def _problems(folder: KnowledgeFolder, content: dict[str, Any]) -> str:
    folder.write("triage.yml", content)
    return "\n".join(str(problem) for problem in read_knowledge(folder.root).errors if "triage" in problem.path)


def test_the_real_table_is_right_and_every_municipality_has_one() -> None:
    reading = read_knowledge(ROOT / "knowledge")
    assert {None, *reading.base.municipalities} == set(reading.base.policies)
    assert all(policy.rules[-1].name == "rest" for policy in reading.base.policies.values())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"regels": []}, "nobody is helped on"),
        ({"regels": [REST | {"als": {"zone": ["ask"]}}]}, "must hold always"),
        ({"regels": [REST | {"dan": ["chat", "balie"]}]}, "always there"),
        ({"regels": [REST | {"dan": ["noodhulp"]}]}, "always there"),
        ({"regels": [REST | {"naam": "eerst"}, REST]}, "no rule below it"),
        ({"regels": [REST | {"als": {"thema": ["zogr"]}}, REST | {"naam": "b"}]}, 'thema "zogr" does not exist'),
        ({"regels": [REST | {"als": {"product": ["paspot"]}}, REST]}, 'product "paspot" does not exist'),
        ({"regels": [REST], "woorden": {"boos": ["a & "]}}, "a part is empty"),
        ({"regels": [REST], "chat_open": {"niemand": {}}}, 'team "niemand" does not exist'),
        ({"regels": [REST | {"dan": ["bellen"]}]}, "dan"),
        ({"regels": [REST | {"dan": ["chat", "chat", "bericht"]}]}, "twice"),
    ],
)
def test_a_table_that_leaves_somebody_without_a_way_on_is_refused(folder: KnowledgeFolder, content: dict[str, Any], expected: str) -> None:
    assert expected in _problems(folder, content)


def test_a_municipality_puts_its_rules_first_and_replaces_numbers(folder: KnowledgeFolder) -> None:
    folder.write("triage.yml", {"regels": [REST], "grenzen": {"wachttijd_lang": 10, "wachtrij_hoogstens": 20}})
    folder.municipality("alkmaar")
    first = {"naam": "hier", "als": {"zone": ["ask"]}, "dan": ["balie"], "reden": "Hier gaat het zo."}
    folder.write("municipalities/alkmaar/triage.yml", {"regels": [first], "grenzen": {"wachttijd_lang": 5}})
    policies = read_knowledge(folder.root).base.policies
    assert [rule.name for rule in policies["alkmaar"].rules] == ["hier", "rest"]
    assert (policies["alkmaar"].limits.long_wait, policies["alkmaar"].limits.longest_queue) == (5, 20)
    assert policies["alkmaar"].version != policies[None].version
