"""An ``npx`` that a test makes: a real script that prints recorded shapes as the ``convex`` tool does, and waits."""

import json
import stat
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

KEY = "prod:wise-owl-123|TheKeyOfTheTests0123456789"


def row(moment: datetime, number: int = 0, kind: str = "Completion") -> str:
    """A row of ``convex logs --jsonl``: seconds outside, milliseconds inside."""
    seconds = moment.timestamp()
    said = {
        "messages": ["'[ARI] Response sent in 1834ms (grok-3)'"],
        "isTruncated": False,
        "timestamp": int(1000 * seconds),
        "level": "LOG",
    }
    ended = {"executionTime": 2.9, "success": None, "error": None} if kind == "Completion" else {}
    return json.dumps(
        {
            "kind": kind,
            "udfType": "Action",
            "identifier": "kapso:processARI",
            "logLines": [said],
            "timestamp": seconds,
            "requestId": f"r{number}",
            **ended,
        }
    )


def convex_on_path(
    folder: Path, rows: Sequence[str], then: str = "sleep 60", stderr: str = "Watching logs for prod deployment..."
) -> Mapping[str, str]:
    """An environment whose npx runs a ``convex`` of version 1.48.0 that prints rows, and goes on with ``then``."""
    folder.mkdir(exist_ok=True)
    (folder / "rows").write_text("".join(f"{line}\n" for line in rows), "utf-8")
    (folder / "said").write_text(stderr + "\n" if stderr else "", "utf-8")
    script = folder / "npx"
    script.write_text(
        "#!/bin/sh\n"
        f'printf "%s\\n" "$*" >>{folder}/called\n'
        f'case "$*" in *--version*) echo 1.48.0; exit;; esac\n'
        f"/bin/cat {folder}/said >&2\n"
        f"/bin/cat {folder}/rows\n"
        f"{then}\n",
        "utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return {"PATH": f"{folder}:/usr/bin:/bin", "CONVEX_DEPLOY_KEY": KEY}
