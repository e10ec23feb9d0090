"""Crashes: the one table of what runtimes, systems and platforms print when a process dies or times out.

It applies to all formats and all bots, beside their own patterns. Each shape is the start of a message; most bots never
print one of these about themselves. A bot may print those of ``BARE`` at a level of its own: they count only without
one. A crash counts as follows: a block of Node whose lines are separate records once, by its last line; a rejection
that is only warned of twice, by both of its lines; anything else once for each matching line.
"""

BAD_STATUS = r"(?:[1-9]\d?|1[0-25-9]\d|13[1-9]|14[0-24-9]|[2-9]\d\d)\b"
"""The exit statuses of a failure: not 0, and not 130 or 143, which follow an intended stop or restart."""

_NODE_PLACE = r"(?:node:|file://|/|[A-Za-z]:\\|\[eval\d*\])[^\n]*:\d+\r?\n"
_NODE_END = r"Node\.js v\d+\.\d+\.\d+\S*\s*$"

NODE_BLOCK = rf"(?s)\n{_NODE_PLACE}.*\n{_NODE_END}"
"""An error block of Node after other text in the same message."""

NODE_WARNING = r"\(node:\d+\) UnhandledPromiseRejectionWarning\b"
"""The one warning of Node that counts as a crash; its other warnings are ignored."""

TRACEBACK = r"(?:\+ Exception Group )?Traceback \(most recent call last\):\s*(?:$|\n)"
"""A traceback of Python as a message of its own: uncaught, or after the line that a logger wrote."""

SHAPES: tuple[str, ...] = (
    # JavaScript: handlers that only report it, Next.js, Deno, and a block that came as one message.
    r"(?i:\[?unhandled ?(?:promise ?)?rejection)",
    r"(?i:uncaught ?(?:exception|\w*error|\(in promise\)))",
    r"(?i:(?:⨯|error -|error:) (?:unhandledRejection|uncaughtException|uncaught\b))",
    NODE_WARNING,
    rf"{_NODE_PLACE}(?s:.*)\n{_NODE_END}",
    rf"{_NODE_PLACE}[^\n]*\n\s*\^+\s*\n",
    r"FATAL ERROR:",
    r"Warning: Detected unsettled top-level await at ",
    r"# Fatal (?:JavaScript )?(?:error in|process out of memory|JavaScript out of memory)",
    # Functions: Vercel and AWS Lambda.
    r"(?:Vercel Runtime Timeout Error|(?:RequestId: \S+ )?(?:Error: )?Task timed out after |FUNCTION_INVOCATION_)",
    r"(?:RequestId: \S+ )?(?:Error: )?Runtime exited ",
    r"Runtime\.(?:ExitError|OutOfMemory|UnhandledPromiseRejection|\w+Error)\b",
    r"REPORT RequestId: (?s:.*)\tStatus: (?:timeout|error)",
    r"Invoke Error\s+\{",
    r"\[ERROR\] [\w.]+(?:: [^\n]*)?\s*\nTraceback \(most recent call last\):",
    # A process that ended, as reported by its supervisor.
    rf"(?i:(?:RequestId: \S+ )?(?:Error: |Node\.js |Bun |Python )?process exited"
    rf" (?:before|with (?:(?:exit )?(?:status|code):? *{BAD_STATUS}|error|signal (?:SIG)?(?:KILL|ABRT|SEGV|BUS))))",
    rf"(?:PM2 +\|? *)?App \[[^\]]+\] exited with code \[{BAD_STATUS}",
    rf"[\w.-]+[-_]\d+ exited with code {BAD_STATUS}",
    rf"\S+\.service: Main process exited, code=exited, status={BAD_STATUS}",
    r"\S+\.service: Main process exited, code=(?:killed|dumped), status=(?:[46789]|11)/",
    r"(?i:(?:error |error: )?command (?:failed|exited) with (?:exit )?(?:code|status):? (?:137|134|139)\b)",
    r"(?i:(?:container |process )?exit(?:ed)?[ :(]*(?:with )?(?:code|status)?[ :=(]*137\b)",
    r"npm (?:ERR!|error) (?:signal SIG(?:KILL|ABRT|SEGV|BUS)|errno 137)\b",
    # Memory, as reported by the system.
    r"(?:\[ *\d+\.\d+\] )?(?:Memory cgroup )?[Oo]ut of memory: Kill(?:ed)? process",
    r"(?:\[ *\d+\.\d+\] )?(?:oom-kill:|\S+ invoked oom-killer)",
    r"OOMKilled\b",
    # Other languages.
    r"Exception in thread \"",
    r"# A fatal error has been detected by the Java Runtime",
    r"fatal error: (?:all goroutines|concurrent map|runtime|out of memory|stack overflow)",
    r"thread '[^'\n]*' (?:\(\d+\) )?panicked at",
    r"Fatal Python error: ",
    r"(?:\[[^\]\n]*\] ){0,2}\[CRITICAL\] WORKER TIMEOUT \(pid:",
    r"(?:\[[^\]\n]*\] ){0,2}\[ERROR\] Worker \(pid:\d+\) was sent SIG(?:KILL|ABRT|SEGV|BUS)",
    r"(?:PHP )?Fatal error: +Uncaught",
    r"Unhandled [Ee]xception[.:]",
    # Heroku: its router, its dynos.
    r"at=error code=H(?:10|12|13|14|19|20|21|99)\b",
    r"(?:Error )?(?:H(?:10|12|13|14|19|20|21|99)|R(?:10|15)) \(",
    r"State changed from (?:up|starting) to crashed",
)
"""Crashes at any level."""

BARE: tuple[str, ...] = (
    _NODE_END,
    r"panic: ",
    r"(?:Killed|Segmentation fault|Aborted|Bus error)(?: +\(core dumped\))?\s*$",
    r"\S*sh: (?:line )?\d+: +\d+ (?:Killed|Aborted|Segmentation fault|Bus error)\b",
)
"""Crashes only in messages without a level, or with that of an error, which a platform gives to stderr."""

STACK = (
    r"(?:at (?:async |new )?\S.*:\d+(?::\d+)?\)?|at (?:async |new )?[\w.<>$\[\] ]+ \((?:native|<anonymous>|index \d+)\)"
    r"|File \".*\", line \d+.*|> File .*|\^+|\.\.\. \d+ (?:more|lines matching .*)"
    r"|(?:code|errno|syscall): (?:'[^']*'|-?\d+),?|Traceback \(most recent call last\):)\s*$"
)
"""A line of a stack trace, which is no error of its own."""

CHAIN = r"(?:During handling of the above exception, another |The above exception was the direct cause of the )"
"""The text between two tracebacks of one exception."""

EXCEPTION = r"^(?:\| *)?[\w.]*(?:Error|Exception|Exit|Interrupt|Warning|Failure|Timeout|Fault)(?:: |$)"
"""The last line of a traceback: the error itself."""

SOURCE = r"\braise [\w.]+\(|^except [\w.(]"
"""A line of source code in a traceback, which mentions an exception but logs none."""

LINE_OF_CRASH = "(?:" + "|".join((*SHAPES, *BARE)) + ")"
"""Matches any line of a crash, if only the line is known."""
