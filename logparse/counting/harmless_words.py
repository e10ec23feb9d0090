"""Harmless uses of the word "error": messages that there is none, and text of people and models.

Only a message without a level that matches by the word "error" itself is searched again without these.
"""

WORD = r"(?i)[^{]*?\b(?:[1-9][0-9]* errors|\w*error)\b"
"""The pattern of ``event_error`` that finds the word anywhere; more specific patterns are left as they are."""

_NAME = r"\b[\w.]*errors?(?:[ _-]?(?:count|rate|total))?"
_NOTHING = r"(?:null|none|nil|nan|false|undefined|no|n/a|\"\"|''|\[\s*\]|\{\s*\}|-)"
_END = r"(?:\s*$|\s*[,;.)\]}]|\s+[\w.]+=)"
"""After "none" the message ends, or something else begins: "error: no route" goes on."""

HARMLESS = "(?is)" + "|".join(
    (
        rf"{_NAME}[\"'\]]*\s*(?:[:=]+>?|is|was)\s*[\"']?(?:{_NOTHING}[\"']?{_END}|0+(?:\.0+)?%?[\"']?(?:$|[\s,;.)\]}}]))",
        r"\b(?:0|no|zero|without(?: any)?|not an?) (?:\w+ )?errors?\b",
        r"\berror[- ]?free\b",
        # Speech is in quotes, or after the name of the speaker.
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
"""Matches the parts of a message that are removed before it is searched for the word again."""
