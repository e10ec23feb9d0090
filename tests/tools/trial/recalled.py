"""What could not be run here, as it was read elsewhere: what platforms and runtimes print when a program dies."""

GO_PANIC = """panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x47b2a6]

goroutine 1 [running]:
main.handle(...)
\t/app/main.go:14
main.main()
\t/app/main.go:21 +0x26
exit status 2"""
"""go.dev/blog/defer-panic-and-recover, and the runtime's own tests."""

KERNEL_OOM = (
    "Out of memory: Killed process 3172 (node) total-vm:1213456kB, anon-rss:498120kB, file-rss:0kB, shmem-rss:0kB, "
    "UID:1000 pgtables:3520kB oom_score_adj:0"
)
"""mm/oom_kill.c of Linux."""

SYSTEMD_OOM = (
    "bot.service: A process of this unit has been killed by the OOM killer.\n"
    "bot.service: Main process exited, code=killed, status=9/KILL\n"
    "bot.service: Failed with result 'oom-kill'."
)
"""src/core/unit.c and service.c of systemd."""

NPM_KILLED = (
    "npm ERR! path /app\nnpm ERR! command failed\nnpm ERR! signal SIGKILL\nnpm ERR! command sh -c node server.js"
)
"""npm 7 to 9, where the shell itself was ended."""

HEROKU_CRASH = "Process exited with status 137\nState changed from up to crashed"
HEROKU_TIMEOUT = (
    'at=error code=H12 desc="Request timeout" method=POST path="/api/webhook/kapso" host=shop.herokuapp.com '
    'request_id=8601b555-6a83-4c12-8269-97c8e32cdb22 fwd="203.0.113.9" dyno=web.1 connect=0ms service=30001ms '
    "status=503 bytes=0 protocol=https"
)
"""devcenter.heroku.com/articles/error-codes."""

LAMBDA_TIMEOUT = "{time} {id} Task timed out after 30.03 seconds\n\n"
LAMBDA_KILLED = "RequestId: {id} Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n"
LAMBDA_UNCAUGHT = (
    "{time}\t{id}\tERROR\tUncaught Exception \t"
    '{{"errorType":"TypeError","errorMessage":"Cannot read properties of undefined (reading \'text\')",'
    '"stack":["TypeError: Cannot read properties of undefined (reading \'text\')",'
    '"    at Runtime.handler (/var/task/index.js:3:18)"]}}\n'
)
"""docs.aws.amazon.com/lambda, the pages on logging and on timeouts."""

VERCEL_TIMEOUT = "Vercel Runtime Timeout Error: Task timed out after 60 seconds"
VERCEL_EXIT = "Node.js process exited with exit status: 128. The logs above can help with debugging the issue."
NEXT_REJECTION = (
    " ⨯ unhandledRejection: Error: fetch failed\n    at s (/var/task/.next/server/chunks/482.js:1:20391) {\n"
    "  digest: '3351908223'\n}"
)
"""vercel.com/docs/errors, and threads of vercel/next.js."""

DOTNET = (
    "Unhandled exception. System.NullReferenceException: Object reference not set to an instance of an object.\n"
    "   at Bot.Handlers.OnMessage(Update update) in /src/Handlers.cs:line 41"
)
"""The default handler of .NET."""

PHP = "PHP Fatal error:  Uncaught TypeError: strlen(): Argument #1 ($string) must be of type string in /app/bot.php:9"
DENO = "error: Uncaught (in promise) Error: no such product\n    at handle (file:///app/bot.ts:12:11)"
GUNICORN_TIMEOUT = "[2026-01-12 13:04:11 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:9)"
GUNICORN_KILLED = "[2026-01-12 13:04:12 +0000] [7] [ERROR] Worker (pid:9) was sent SIGKILL! Perhaps out of memory?"
"""gunicorn/arbiter.py."""
