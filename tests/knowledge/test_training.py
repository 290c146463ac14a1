"""Example questions as Rasa reads them."""

from __future__ import annotations

import yaml

from bot.knowledge.training import HEADER, training_files
from bot.model.knowledge import INTENTS, QUESTION_GROUPS
from tests.knowledge.builders import KnowledgeFolder, product, questions


def blocks(content: str) -> list[dict[str, object]]:
    return list(yaml.safe_load(content)["nlu"])


def test_every_group_of_a_product_is_a_block_with_its_metadata(folder: KnowledgeFolder) -> None:
    groups = {group: questions(group, 4) for group in QUESTION_GROUPS}
    folder.product("grofvuil", voorbeeldvragen=groups)
    content = training_files(folder.load())["products/afval.yml"]
    assert content.startswith(HEADER + 'version: "3.1"\n')
    assert [block["intent"] for block in blocks(content)] == [INTENTS[group] for group in QUESTION_GROUPS]
    assert all(block["metadata"] == {"product": "grofvuil"} for block in blocks(content))
    assert blocks(content)[1]["examples"] == "".join(f"- {text}\n" for text in groups["aanvragen"])


def test_words_are_extra_questions_unless_two_share_them(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", woorden=["grofvuil", "oude bank", "rommel", "vraag aa over glas"])
    folder.product("glas", woorden=["glas", "flessen", "glasbak", "rommel"])
    content = training_files(folder.read().base)["products/afval.yml"]
    assert "    - oude bank\n" in content
    assert "    - rommel\n" not in content
    assert content.count("    - vraag aa over glas\n") == 1


def test_a_word_that_names_a_deed_asks_how_and_any_other_what(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil", woorden=["grofvuil", "oude bank", "bank laten ophalen", "matras aanmelden"])
    found = {str(block["intent"]): str(block["examples"]) for block in blocks(training_files(folder.load())["products/afval.yml"])}
    assert "- bank laten ophalen\n- matras aanmelden\n" in found["ask_how"]
    assert "- oude bank\n" in found["ask_what"]
    assert "ophalen" not in found["ask_what"]


def test_a_word_for_what_is_wrong_reports_where_people_report(folder: KnowledgeFolder) -> None:
    asked = {group: questions(group, 4) for group in QUESTION_GROUPS}
    folder.product("grofvuil", woorden=["grofvuil", "oude bank", "spullen", "bak kapot"], voorbeeldvragen=asked)
    found = {str(block["intent"]): str(block["examples"]) for block in blocks(training_files(folder.load())["products/afval.yml"])}
    assert "- bak kapot\n" in found["report_problem"]
    assert "- bak kapot\n" not in found["ask_what"]


def test_questions_for_organisations_refer(folder: KnowledgeFolder) -> None:
    folder.organisation("cocensus")
    [block] = blocks(training_files(folder.load())["organisations.yml"])
    assert (block["intent"], block["metadata"]) == ("refer", {"organisation": "cocensus"})
    assert str(block["examples"]).endswith("- cocensus zelf\n")


def test_each_theme_has_its_file(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil")
    folder.product("woz", thema="belastingen")
    assert list(training_files(folder.load())) == ["products/afval.yml", "products/belastingen.yml"]


def test_a_sentence_trains_one_thing_and_no_markup_gets_through(folder: KnowledgeFolder) -> None:
    folder.product("grofvuil")
    other = product("glas")
    other["voorbeeldvragen"]["wat"][:2] = ["vraag aa over grofvuil", "een [glas](product)"]
    folder.write("products/glas.yml", other)
    content = training_files(folder.read().base)["products/afval.yml"]
    assert content.count("- vraag aa over grofvuil\n") == 1
    assert "[glas]" not in content


def test_an_empty_base_makes_no_files(folder: KnowledgeFolder) -> None:
    assert training_files(folder.load()) == {}
