"""Words of errors that tell of none: that there is none, and what people and models said.

Only the word "error" itself, wherever it stands in a message without a level, is looked at again without these.
"""

WORD = r"(?i)[^{]*?\b(?:[1-9][0-9]* errors|\w*error)\b"
"""The pattern of ``event_error`` that finds the word anywhere; patterns that say more are taken as they are."""

_NAME = r"\b[\w.]*errors?(?:[ _-]?(?:count|rate|total))?"
_NOTHING = r"(?:null|none|nil|nan|false|undefined|no|n/a|\"\"|''|\[\s*\]|\{\s*\}|-)"
_END = r"(?:\s*$|\s*[,;.)\]}]|\s+[\w.]+=)"
"""Behind "none" the message ends, or something else begins: "error: no route" goes on."""

HARMLESS = "(?is)" + "|".join(
    (
        rf"{_NAME}[\"'\]]*\s*(?:[:=]+>?|is|was)\s*[\"']?(?:{_NOTHING}[\"']?{_END}|0+(?:\.0+)?%?[\"']?(?:$|[\s,;.)\]}}]))",
        r"\b(?:0|no|zero|without(?: any)?|not an?) (?:\w+ )?errors?\b",
        r"\berror[- ]?free\b",
        # What was said stands in quotes, or behind the name of who said it.
        r"\"(?:[^\"\\]|\\.)*\"",
        r"“[^”]*”",
        r"«[^»]*»",
        r"(?:^|[\s=:(,\[])'(?:[^'\\]|\\.)*'",
        r"\b(?:text|caption|reply|answer|prompt|question|transcript|utterance|completion|assistant|human|said|says|typed"
        r"|wrote|asked|answered|heard)\s*:.*$",
        r"\b(?:user|bot|incoming|outgoing|inbound|outbound)[ _-]?(?:message|text|input|reply)\s*:.*$",
        r"\b(?:user|bot|customer): +\pL+[ ,!?.].*$",
    )
)
"""Matches what is left out before the word is looked for once more."""
