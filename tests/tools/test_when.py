import io
import json
import sys

from bot.tools.__main__ import main


def _lines(monkeypatch, capsys, said):
    monkeypatch.setattr(sys, "stdin", io.StringIO(said))
    assert main(["when", "--now", "2026-11-22T10:00"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_line_gets_one_object_in_order(monkeypatch, capsys):
    told = _lines(monkeypatch, capsys, "dinsdag om half 3\nhallo\nkan het een week later?\n")
    assert [one["text"] for one in told] == ["dinsdag om half 3", "hallo", "kan het een week later?"]
    assert told[0]["dates"][0]["first"] == told[0]["dates"][0]["last"] == "2026-11-24"
    assert told[0]["times"][0]["start"] == "14:30"
    assert told[1] == {"text": "hallo"}
    assert told[2] == {"text": "kan het een week later?", "direction": "later", "step": 7 * 24 * 60}


def test_what_must_be_asked_comes_with_its_choices(monkeypatch, capsys):
    (told,) = _lines(monkeypatch, capsys, "half 8\n")
    assert [choice["start"] for choice in told["ambiguous"][0]["choices"]] == ["07:30", "19:30"]


def test_school_holidays_come_from_the_knowledge(monkeypatch, capsys):
    (told,) = _lines(monkeypatch, capsys, "na de kerstvakantie\n")
    assert told["dates"][0]["first"] == "2027-01-04"
