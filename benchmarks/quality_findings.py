"""Time and memory of reading transcripts and of the findings in them: python -m benchmarks.quality_findings.

Conversations are made from those of the labelled set: each takes the turns of two or three of one language, with other
numbers and words in them, so that hardly any text comes twice, as in a real chat.
"""

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from logparse.counting.engine import engine
from logparse.quality import language
from logparse.quality.examine import examine
from logparse.settings.checked import parse
from logparse.text.masking import masker
from logparse.transcripts.reading import TranscriptWorkplace, read_transcripts
from tests.tools.quality.labelled import PARTS, Labelled, read

START = datetime(2026, 1, 12, 6, tzinfo=UTC)

WORDS = ("biru", "merah", "besar", "kecil", "baru", "lama", "kopi", "teh", "meja", "kursi", "lampu", "sepatu", "tas")


def main() -> None:
    """Writes the transcript, looks at it with and without languages, each in a process of its own, and prints both."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--conversations", type=int, default=100_000)
    arguments.add_argument("--only", type=Path, help="look at this transcript, in this process")
    arguments.add_argument("--without-language", action="store_true")
    given = arguments.parse_args()
    if given.only:
        look(given.only, with_language=not given.without_language)
        return
    folder = Path(tempfile.mkdtemp(prefix="quality-findings-"))
    try:
        path = folder / "transcript-1.jsonl"
        messages = write(path, given.conversations)
        print(f"{given.conversations:,} conversations, {messages:,} messages, {path.stat().st_size / 1e6:.0f} MB")
        for more in ([], ["--without-language"]):
            command = [sys.executable, "-m", "benchmarks.quality_findings", f"--only={path}", *more]
            subprocess.run(command, check=True)  # noqa: S603  # ourselves
    finally:
        shutil.rmtree(folder)


def look(path: Path, with_language: bool) -> None:
    """Reads a transcript, looks for everything in it, and prints how long each took and how much memory all."""
    if not with_language:
        language.available = lambda: False  # type: ignore[assignment]
    begun, used = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as scratch, engine("1GB", Path(scratch), "UTC") as connection:
        transcript = read_transcripts(
            [(path, path.name)], None, TranscriptWorkplace(connection, Path(scratch), masker())
        )
    told, told_cpu = time.perf_counter(), time.process_time()
    examined = examine(transcript.conversations, parse().quality, START + timedelta(hours=30), masker())
    ended, ended_cpu = time.perf_counter(), time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{'with' if with_language else 'without'} languages: reading {told - begun:.1f} s ({told_cpu - used:.1f} s of"
        f" CPU), findings {ended - told:.1f} s ({ended_cpu - told_cpu:.1f} s of CPU), peak memory {peak:,.0f} MB"
    )
    for rate in examined.rates:
        print(f"  {rate.kind:16} {rate.count:>7,} of {rate.of:>9,} {rate.unit}")


def write(path: Path, count: int) -> int:
    """Writes a transcript of so many conversations; how many messages it has."""
    source = random.Random(24)  # noqa: S311  # made conversations are no secret
    by_language: dict[str, list[Labelled]] = {}
    for labelled in (each for part in PARTS for each in read(part)):
        by_language.setdefault(labelled.languages[0], []).append(labelled)
    languages, weights = zip(*((name, len(talks)) for name, talks in by_language.items()), strict=True)
    messages = 0
    with path.open("w", encoding="utf-8") as out:
        for at in range(count):
            chosen = source.choices(by_language[source.choices(languages, weights)[0]], k=source.choice((1, 2)))
            for line in _lines(at, chosen, source):
                out.write(line)
                messages += 1
    return messages


def _lines(at: int, chosen: Sequence[Labelled], source: random.Random) -> Iterator[str]:
    time_of = START + timedelta(seconds=source.randrange(86_400))
    for part, labelled in enumerate(chosen):
        for number, message in enumerate(labelled.conversation.messages):
            time_of += timedelta(seconds=source.randrange(5, 40))
            text = "".join(str(source.randrange(10)) if sign.isdigit() else sign for sign in message.text)
            if len(text) > 15:
                text = f"{text} {source.choice(WORDS)} {source.choice(WORDS)}" if source.random() < 0.5 else text
            yield (
                json.dumps(
                    {
                        "conversation": f"62812{at:08d}",
                        "time": time_of.isoformat(),
                        "direction": str(message.direction),
                        "text": text,
                        "id": f"wamid.{at}-{part}-{number}",
                    },
                    ensure_ascii=False,
                )
                + "\n"
            )


if __name__ == "__main__":
    main()
