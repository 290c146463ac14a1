"""Twenty large pictures at once: `python -m bench.pictures`; writes bench/results/pictures.md.

One real gateway on a real PostgreSQL. Twenty citizens of the website upload a picture each at the same moment, while others go on writing:
how long those wait shows whether redrawing stands in anybody's way; how much memory the gateway takes is asked of the kernel.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
from PIL import Image

from bench.webhook_house import House, opened
from bench.webhook_load import percentile
from bot.settings import ROOT

RESULTS = ROOT / "bench" / "results" / "pictures.md"
AT_ONCE = 20
PAUSE = 0.05
"""Seconds between two messages of the citizen who only writes; a page may send twenty a minute, so they are of many."""

_MEGAPIXELS_12 = (4000, 3000)
_KIND = {"plain": "plain JPEG", "progressive": "progressive JPEG", "png": "PNG"}


def photo(kind: str) -> bytes:
    """A picture of 12 megapixels and nearly 5 MB: grain is what makes photos large. A PNG has less of it, or it would be larger."""
    grain = Image.effect_noise(_MEGAPIXELS_12, 60)
    out = io.BytesIO()
    if kind == "png":
        small = Image.effect_noise((_MEGAPIXELS_12[0] // 4, _MEGAPIXELS_12[1] // 4), 60).resize(_MEGAPIXELS_12, Image.Resampling.NEAREST)
        small.convert("RGB").save(out, "PNG", compress_level=1)
        return out.getvalue()
    whole = Image.merge("RGB", (grain, grain.transpose(Image.Transpose.ROTATE_180), grain))
    for quality in range(90, 20, -4):
        out = io.BytesIO()
        whole.save(out, "JPEG", quality=quality, progressive=kind == "progressive")
        if out.tell() < 5_000_000:
            break
    return out.getvalue()


@dataclass(frozen=True)
class Run:
    """What one run of twenty showed; memory in MiB, times in seconds."""

    kind: str
    size: int
    quiet: int
    peak: int
    calm: list[float]
    beside: list[float]
    uploads: list[float]
    codes: list[int]


def memory(pid: int, name: str) -> int:
    """MiB of a process: `VmRSS` now, or `VmHWM` at most since `forget_peak`."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) // 1024


def forget_peak(pid: int) -> None:
    """Let the kernel count the peak anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


class Citizen:
    """A page of the website."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http, self.id, self.token, self.sent = http, "", "", 0

    async def begin(self) -> Citizen:
        """Start a conversation."""
        made = (await self.http.post("/api/v1/conversations", json={"municipality": "castricum"})).json()
        self.id, self.token = made["id"], made["token"]
        return self

    async def write(self) -> float:
        """Write something; how many seconds the acknowledgement took."""
        self.sent += 1
        said = {"id": f"m{self.sent}", "text": "Wat kost een paspoort?"}
        began = time.perf_counter()
        await self.http.post(f"/api/v1/conversations/{self.id}/messages", headers={"Authorization": f"Bearer {self.token}"}, json=said)
        return time.perf_counter() - began

    async def show(self, picture: Path) -> tuple[float, int]:
        """Upload a picture by a process of its own, which takes nothing of the time that is measured here; seconds, and the status."""
        address = f"{self.http.base_url}/api/v1/conversations/{self.id}/pictures?id=p1"
        headers = ["-H", f"Authorization: Bearer {self.token}", "-H", "Content-Type: image/jpeg", "-H", "Expect:"]
        words = ["-sS", "-o", os.devnull, "-w", "%{time_total} %{http_code}", *headers, "--data-binary", f"@{picture}", address]
        curl = await asyncio.create_subprocess_exec("curl", *words, stdout=asyncio.subprocess.PIPE)
        told, _ = await curl.communicate()
        seconds, code = told.decode().split()
        return float(seconds), int(code)


async def writing(citizens: list[Citizen], until: asyncio.Event) -> list[float]:
    """Write at an even pace, each in turn, until it is enough."""
    took: list[float] = []
    while not until.is_set():
        took.append(await citizens[len(took) % len(citizens)].write())
        await asyncio.sleep(PAUSE)
    return took


async def run(house: House, kind: str) -> Run:
    """One run: quiet for three seconds, then twenty at once."""
    pid, picture = house.running["gateway"].pid, house.folder / "picture"
    picture.write_bytes(photo(kind))
    async with httpx.AsyncClient(base_url=house.url, timeout=120) as http:
        showing = [await Citizen(http).begin() for _ in range(AT_ONCE)]
        written = [await Citizen(http).begin() for _ in range(60)]
        calm = asyncio.Event()
        asyncio.get_running_loop().call_later(3, calm.set)
        quiet_times = await writing(written[:30], calm)
        quiet = memory(pid, "VmRSS")
        forget_peak(pid)
        done = asyncio.Event()
        beside = asyncio.create_task(writing(written[30:], done))
        found = await asyncio.gather(*(citizen.show(picture) for citizen in showing))
        done.set()
        times = await beside
    return Run(
        kind,
        picture.stat().st_size,
        quiet,
        memory(pid, "VmHWM"),
        quiet_times,
        times,
        [one for one, _ in found],
        [code for _, code in found],
    )


def shown(run: Run) -> str:
    """One row of the table."""
    taken = run.codes.count(202)
    ms = [percentile(run.calm, 0.95), percentile(run.beside, 0.5), percentile(run.beside, 0.95), max(run.beside) * 1000]
    size = f"{run.size / 1e6:.1f} MB"
    uploads = f"{percentile(run.uploads, 0.5) / 1000:.1f} s | {max(run.uploads):.1f} s"
    others = " | ".join(f"{one:.0f} ms" for one in ms)
    return f"| {_KIND[run.kind]}, {size} | {taken} of {len(run.codes)} | {uploads} | {others} | {run.quiet} MiB | {run.peak} MiB |"


async def main(kinds: list[str]) -> list[Run]:
    """Each kind in a house of its own, so that no peak hides another."""
    runs = []
    for kind in kinds:
        async with opened(engine=False) as house:
            house.start("gateway")
            await house.ready()
            runs.append(await run(house, kind))
    return runs


_HEAD = (
    "| picture | taken | uploads (p50) | all | a message before (p95) | meanwhile (p50) | (p95) | slowest | gateway before | at most |\n"
    + "|---" * 10
    + "|"
)


def written(rows: list[str]) -> str:
    """The results file."""
    return f"""# Twenty large pictures at once

Made by `python -m bench.pictures`: one gateway and PostgreSQL on 2 cores that everything shares, also the twenty processes that upload;
{AT_ONCE} citizens upload a picture of 12 megapixels at the same moment, while others write a message every {PAUSE * 1000:.0f} ms.

{_HEAD}
{chr(10).join(rows)}
"""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", nargs="*", default=list(_KIND))
    parser.add_argument("--keep", action="store_true", help="write the results file")
    given = parser.parse_args()
    found = [shown(one) for one in asyncio.run(main(given.kinds))]
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    print("\n".join(found))
    if given.keep:
        RESULTS.write_text(written(found), encoding="utf-8")
