"""Make a new key for secrets that are kept sealed (second factors, webhooks); with --drop-old only the newest stays."""

from __future__ import annotations

import argparse
import sys

from bot.errors import ConfigurationError
from bot.sealing import FILE, load_keys, new_key, write_keys
from bot.settings import load_settings
from bot.tools._machine import environment_of_machine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to take away the keys that are not used any more."""
    parser.add_argument("--drop-old", action="store_true", help="keep only the newest key; after the gateway started with it")


def run(arguments: argparse.Namespace) -> int:
    """Change the key file of this machine, or print a key when DESK_KEYS is used."""
    settings = load_settings(environment_of_machine())
    path = settings.data_dir / FILE
    try:
        if settings.desk_keys:
            print(new_key())
            told = "Put it in front in DESK_KEYS, with a comma, and start the gateway and the worker again. Then take the older keys out."
            print(told, file=sys.stderr)
        elif arguments.drop_old:
            write_keys(path, load_keys(settings, make=False)[:1])
            print(f"Only the newest key is left in {path}.")
        else:
            write_keys(path, [new_key(), *load_keys(settings, make=False)])
            print(f"There is a new key in {path}. Start the gateway again: it seals everything with it. Then: desk-key --drop-old.")
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
