"""Writes files out of a template, and never over an existing one."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).parent / "templates"

_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def scaffold(name: str, files: dict[Path, str]) -> int:
    """Write each of `files` from the template it names; exit code 1 and nothing written when `name` is no id or a file exists."""
    if not _ID.match(name):
        print(f'[ERROR] "{name}" is no id: use lower case letters, digits and dashes')
        return 1
    existing = [file for file in files if file.exists()]
    for file in existing:
        print(f"[ERROR] {file}:1: this file exists already")
    if existing:
        return 1
    for file, template in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(Template((TEMPLATES / template).read_text("utf-8")).substitute(id=name), "utf-8")
        print(f"written: {file}")
    print("Replace every VUL IN; `python -m bot.tools check-knowledge` names what is still open.")
    return 0
