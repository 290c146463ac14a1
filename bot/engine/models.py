"""Takes trained models into use: loads a newer file beside the old one and swaps between two turns."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.engine.agent import EngineAgent
from bot.engine.errors import NoModel
from bot.engine.metrics import Metrics
from bot.engine.quiet import where
from bot.logs import logger


@dataclass(frozen=True, order=True)
class ModelFile:
    """One version of one file; ordered by age, so that the newest is the last."""

    modified: int
    name: str
    size: int
    path: Path


class Models:
    """The model in use, and the watch on the folder where training puts new ones."""

    def __init__(self, folder: Path, load: Callable[[Path], EngineAgent], metrics: Metrics) -> None:
        """Watch `folder`; `load` makes an agent of a file and runs in a thread."""
        self._folder = folder
        self._load = load
        self._metrics = metrics
        self._agent: EngineAgent | None = None
        self._file: ModelFile | None = None
        self._refused: set[ModelFile] = set()

    @property
    def name(self) -> str | None:
        """File name of the model in use."""
        return self._file.name if self._file else None

    @property
    def language_model(self) -> str | None:
        """What the model in use finds names with; None without a model."""
        return self._agent.language_model if self._agent else None

    @property
    def current(self) -> EngineAgent:
        """The agent that a turn which starts now must use to its end; raises NoModel."""
        if self._agent is None:
            raise NoModel("no model is loaded")
        return self._agent

    async def refresh(self) -> None:
        """Take the newest file that loads, if there is one newer than the model in use."""
        for file in self._candidates():
            if await self._take(file):
                return

    async def watch(self, seconds: float) -> None:
        """Refresh every so many seconds, for ever; a folder that cannot be read is looked at again."""
        while True:
            try:
                await self.refresh()
            except OSError as error:
                logger().error("models_unreadable", error=type(error).__name__)
            await asyncio.sleep(seconds)

    def _candidates(self) -> list[ModelFile]:
        files = [file for path in self._folder.glob("*.tar.gz") if (file := _file(path)) is not None]
        used = self._file
        return sorted((file for file in files if file not in self._refused and (used is None or file > used)), reverse=True)

    async def _take(self, file: ModelFile) -> bool:
        started = time.perf_counter()
        try:
            agent = await asyncio.to_thread(self._load, file.path)
        except Exception as error:  # whatever a file does wrong, the old model stays
            self._refused.add(file)
            self._metrics.models.labels("refused").inc()
            logger().error("model_refused", model=file.name, where=where(error))
            return False
        self._agent, self._file = agent, file
        _settle()
        self._metrics.models.labels("loaded").inc()
        logger().info("model_loaded", model=file.name, seconds=round(time.perf_counter() - started, 1))
        return True


def _settle() -> None:
    """Take what lives as long as the model out of the garbage collector's rounds, each of which would cost a turn milliseconds.

    What the former model left behind comes back in and is collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _file(path: Path) -> ModelFile | None:
    try:
        found = path.stat()
    except FileNotFoundError:  # moved away between listing and looking
        return None
    return ModelFile(found.st_mtime_ns, path.name, found.st_size, path)
