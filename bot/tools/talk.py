"""Chat with the running house in the terminal, over the same protocol as the widget."""

from __future__ import annotations

import argparse
import sys
from typing import Any
from uuid import uuid4

import httpx

from bot.settings import load_settings
from bot.tools._machine import environment_of_machine

_AUTHORS = {"bot": "\033[36mWegwijs\033[0m", "agent": "\033[32mMedewerker\033[0m", "system": "\033[33mMelding\033[0m"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which municipality."""
    parser.add_argument("--municipality", help="id of the municipality, for example castricum")


def run(arguments: argparse.Namespace) -> int:
    """Ask and print until the end of input; a number picks a choice."""
    settings = load_settings(environment_of_machine())
    address = f"http://127.0.0.1:{settings.gateway_port}"
    try:
        with httpx.Client(base_url=address, timeout=40) as client:
            _talk(client, arguments.municipality)
    except httpx.ConnectError:
        print(f"Nothing answers on {address}: start the house with `make run` in another terminal.", file=sys.stderr)
        return 1
    return 0


def _talk(client: httpx.Client, municipality: str | None) -> None:
    started = client.post("/api/v1/conversations", json={"municipality": municipality}).raise_for_status().json()
    path = f"/api/v1/conversations/{started['id']}/messages"
    client.headers["Authorization"] = f"Bearer {started['token']}"
    seq, choices = _show(client, path, 0)
    for line in map(str.strip, iter(_ask, "")):
        said: dict[str, Any] = {"id": uuid4().hex, "text": line}
        if line.isdigit() and 0 < int(line) <= len(choices):
            said = {"id": said["id"], "choice": choices[int(line) - 1]["id"]}
        answer = client.post(path, json=said)
        if answer.is_error:
            print(answer.json().get("message"))
            continue
        seq, choices = _show(client, path, seq)


def _ask() -> str:
    try:
        return input("> ")
    except EOFError:
        return ""


def _show(client: httpx.Client, path: str, after: int) -> tuple[int, list[dict[str, Any]]]:
    choices: list[dict[str, Any]] = []
    waiting = True
    while waiting:
        state = client.get(path, params={"after": after, "wait": 30}).raise_for_status().json()
        for message in state["messages"]:
            after = message["seq"]
            if message["author"] != "citizen":
                print(f"{_AUTHORS[message['author']]}: {message['text']}")
                choices = message["choices"] or choices
        waiting = state["typing"]
    for number, choice in enumerate(choices, 1):
        print(f"  {number}. {choice['title']}")
    return after, choices
