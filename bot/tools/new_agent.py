"""Make an account for the desk and print the one-time link with which its owner chooses a password."""

from __future__ import annotations

import argparse
import asyncio

from bot.desk.administration import Administration, Profile
from bot.desk.errors import EmailTaken
from bot.settings import Settings
from bot.tools._machine import machine_settings
from bot.wiring import build_house


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who it is for."""
    parser.add_argument("email", help="address with which the agent signs in")
    parser.add_argument("--name", help="name that citizens see (default: the first part of the address)")
    parser.add_argument("--role", choices=("agent", "lead", "admin"), default="agent")
    parser.add_argument("--team", action="append", default=[], help="team the agent works for; may be given more than once, none means all")
    parser.add_argument("--most", type=int, default=3, help="conversations at once (default: 3)")


def run(arguments: argparse.Namespace) -> int:
    """Make the account on the running database."""
    with machine_settings() as settings:
        return asyncio.run(_make(arguments, settings))


async def _make(arguments: argparse.Namespace, settings: Settings) -> int:
    house = build_house(settings)
    name = arguments.name or arguments.email.split("@", 1)[0].replace(".", " ").title()
    administration = Administration(house.database, house.office.agents, house.clock, house.settings.public_url)
    try:
        unknown = set(arguments.team) - set(house.library().teams())
        if unknown or "@" not in arguments.email:
            print(f"There is no team {', '.join(sorted(unknown))}." if unknown else "The address has no @.")
            return 1
        profile = Profile(name, arguments.role, frozenset(arguments.team), arguments.most)
        _, link = await administration.invite(profile, arguments.email, None)
    except EmailTaken:
        print("There is an account with this address already; an administrator can reset it in the desk.")
        return 1
    finally:
        await house.database.close()
    print(f"{name} chooses a password within three days on:\n{link}")
    return 0
