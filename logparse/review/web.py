"""The web application of a review's page: its routes and their answers."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, jsonify, redirect, request, send_from_directory
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from logparse.errors import UsageProblem
from logparse.monitoring_log import LONGEST_NOTES
from logparse.review.guard import HEADERS, Door
from logparse.review.sitting import OPEN, Said, Sitting
from logparse.text.templates import rendered
from logparse.values.ratings import Quality, Tag

LONGEST_REQUEST = 64 * 1024
"""The largest accepted request, in bytes."""

ASSETS = ("review.css", "review.js")


def application(sitting: Sitting, door: Door, end: Callable[[], None]) -> Flask:
    """Makes the application of a sitting, protected by its door; ``end`` is called when the rater is done."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_REQUEST

    @app.before_request
    def guard() -> AnyResponse | None:
        refusal = door.refusal(request.method, request.path, dict(request.headers))
        return _told(refusal, 403) if refusal else None

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    @app.errorhandler(HTTPException)
    def refused(problem: HTTPException) -> AnyResponse:
        return _told(problem.description or problem.name, problem.code or 500)

    @app.errorhandler(UsageProblem)
    def mistaken(problem: UsageProblem) -> AnyResponse:
        return _told(str(problem), 409)

    @app.errorhandler(OSError)
    def failed(problem: OSError) -> AnyResponse:
        return _told(f"{problem.filename}: {problem.strerror}; nothing was saved", 500)

    @app.get("/<token>/")
    def start(token: str) -> AnyResponse:
        number = sitting.next_after()
        return redirect(f"/{token}/{number or 'end'}")

    @app.get("/<token>/<int:number>")
    def conversation(token: str, number: int) -> AnyResponse | str:
        if not 1 <= number <= len(sitting.cards):
            return _told("there is no such conversation in the sample", 404)
        ratings = sitting.ratings()
        card = sitting.cards[number - 1]
        return _page(
            "conversation.html",
            **_frame(token, number),
            card=card,
            rating=ratings.get(card.name, OPEN),
            steps=[ratings.get(each.name, OPEN) for each in sitting.cards],
            qualities=_QUALITIES,
            tags=list(Tag),
            longest=LONGEST_NOTES,
        )

    @app.put("/<token>/<int:number>")
    def rate(token: str, number: int) -> AnyResponse:
        if not 1 <= number <= len(sitting.cards):
            return _told("there is no such conversation in the sample", 404)
        said = _said(request.get_json())
        if said is None:
            return _told("this is no rating", 400)
        rating = sitting.rate(number, said)
        return jsonify(
            quality=rating.quality,
            tags=list(rating.tags),
            notes=rating.notes,
            whole=rating.whole,
            rated=sitting.rated(),
        )

    @app.get("/<token>/end")
    def summary(token: str) -> str:
        ratings = sitting.ratings()
        rows = [(each, ratings.get(each.name, OPEN)) for each in sitting.cards]
        return _page("end.html", **_frame(token, 0), rows=rows, left=sitting.left)

    @app.post("/<token>/end")
    def finish(token: str) -> AnyResponse:
        said = f"{sitting.told()}. It stands in {sitting.document.name}. You can close this page."
        answer = jsonify(said=said)
        # Only once the answer is sent, because the process ends with the server.
        answer.call_on_close(end)
        return answer

    @app.get(f"/<token>/<any({','.join(map(repr, ASSETS))}):name>")
    def asset(token: str, name: str) -> AnyResponse:
        return send_from_directory(f"{app.root_path}/page", name)

    def _frame(token: str, number: int) -> dict[str, Any]:
        """Returns the values that every page shows."""
        return {
            "token": token,
            "number": number,
            "check": sitting.check.title,
            "size": len(sitting.cards),
            "rated": sitting.rated(),
            "sample": sitting.sample,
            "problems": sitting.problems,
            "document": sitting.document.name,
        }

    return app


def _page(name: str, **values: Any) -> str:
    return rendered("logparse.review", name, folder="page", **values)


_QUALITIES = ((Quality.APPROPRIATE, "Appropriate", "a"), (Quality.NEEDS_IMPROVEMENT, "Needs improvement", "n"))
"""The ratings with their labels on the page, and their keys."""


def _said(sent: Any) -> Said | None:
    """Validates the JSON of a page; returns None if it is no rating."""
    parts = ("quality", "tags", "notes")
    if not isinstance(sent, dict) or set(sent) != {*parts, *(f"{part}_before" for part in parts)}:
        return None
    texts = [sent["notes"], sent["notes_before"]]
    lists = [sent["tags"], sent["tags_before"]]
    if not all(isinstance(each, list) for each in lists) or not all(isinstance(text, str) for text in texts):
        return None
    try:
        quality, before = (Quality(each) if each else None for each in (sent["quality"], sent["quality_before"]))
        tags, tags_before = (tuple(tag for tag in Tag if tag in [Tag(one) for one in each]) for each in lists)
    except ValueError:
        return None
    return Said(quality, tags, texts[0], texts[1], before, tags_before)


def _told(text: str, status: int) -> AnyResponse:
    """Makes a plain response with an error message."""
    return Response(f"{text}\n", status, mimetype="text/plain")
