"""Every setting of pytest.ini: its name, default and meaning, in one table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One setting of pytest.ini: how its text is read (``kind``), and what it means, in a sentence."""

    name: str
    kind: str
    default: str
    meaning: str
    choices: tuple[str, ...] = ()


QUALITY_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "quality_fail",
        "rates",
        "",
        "findings in transcripts that fail response quality, and above what percent, like repeated_reply: 5, one a"
        " line; others only warn",
    ),
    Setting(
        "quality_greetings",
        "lines",
        "halo\nhai\nhi\nhello\nhey\nselamat pagi\nselamat siang\nselamat sore\nselamat malam\nselamat datang\nwelcome\n"
        "assalamualaikum\ngood morning\ngood afternoon\ngood evening\nhola\nbuenos dias\nbuenas tardes\nbuenas noches\n"
        "bienvenido\nolá\noi\nbom dia\nboa tarde\nboa noite\nbem-vindo\nbem-vinda\nbonjour\nbonsoir\nhallo\n"
        "goedemorgen\ngoedemiddag\ngoedenavond\nwelkom\nguten tag\nguten morgen\nمرحبا\nأهلا\nالسلام عليكم",
        "words that a reply begins with where it greets, one a line; case, accents and signs make no difference",
    ),
    Setting(
        "quality_fallbacks",
        "lines",
        "terjadi kesalahan\nsedang mengalami gangguan\nsedang mengalami kendala\nsistem sedang sibuk\n"
        "something went wrong\nan error occurred\nhaving trouble processing\nunable to process your\n"
        "technical difficulties\nalgo salió mal\nha ocurrido un error\nproblemas técnicos\nalgo deu errado\n"
        "ocorreu um erro\ner is iets misgegaan\nحدث خطأ",
        "words of the texts that stand in for an answer, one a line, found anywhere in a reply",
    ),
)

COLLECT_SETTINGS: tuple[Setting, ...] = (
    Setting("collect_source", "text", "vercel", "where logparse collect fetches logs from, if --source does not say"),
    Setting("collect_timeout", "number", "300", "seconds that a tool, or a fetch without progress, may take at most"),
    Setting("settle_seconds", "whole", "120", "seconds after which a source is trusted to have all its rows"),
    Setting("vercel_project", "text", "", "id or name of the project on Vercel"),
    Setting("vercel_team", "text", "", "id or slug of the team that the project belongs to; empty for a personal one"),
    Setting("vercel_api", "text", "https://vercel.com", "where the request logs of Vercel are asked for"),
    Setting("vercel_retention", "number", "24", "hours that Vercel keeps request logs: 1 on Hobby, 24 on Pro, 72"),
    Setting("convex_logs", "lines", "", "files of a Convex log stream, in place of the command line tool"),
    Setting("collect_command", "text", "", "the command of --source=command; {since} and {until} are times"),
    Setting("kapso_api", "text", "https://api.kapso.ai", "where deliveries and messages are asked for"),
    Setting("kapso_number", "text", "", "Kapso's id of the bot's phone number (phone_number_id); empty for all"),
)

TREND_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "trend_rate_change", "number", "2", "percentage points; a rate that is so much worse than before is a WARN"
    ),
    Setting("trend_time_change", "number", "20", "percent; a mean time that is so much longer than before is a WARN"),
)

DEFAULT_WAIVERS = "waivers.toml"
"""The file of waivers that is read where it is there, and need not be."""

EVENT_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "event_delivery",
        "patterns",
        "\\[Webhook\\] Received payload \\(masked\\): \\{\n\\[Kapso Webhook\\] Received payload \\(masked\\): \\{",
        "a message was delivered to the bot",
    ),
    Setting(
        "event_receipt",
        "patterns",
        '.*"statuses":\\s*\\[',
        "a delivery that is no message to the bot (a delivery receipt): counted beside the base of the rates",
    ),
    Setting(
        "event_signature_verified",
        "patterns",
        "\\[Webhook\\] Signature verified\n\\[Kapso Webhook\\] Signature verified",
        "a webhook's signature was checked and held",
    ),
    Setting(
        "event_signature_failure",
        "patterns",
        "\\[Webhook\\] Invalid signature - rejecting request\n"
        "\\[Kapso Webhook\\] Invalid signature - rejecting request",
        "a webhook's signature did not hold (HTTP 401 on the webhook path is one too)",
    ),
    Setting(
        "event_processing",
        "patterns",
        "\\[ARI\\] Processing message for contact\\b",
        "the bot began to work on a message",
    ),
    Setting(
        "event_reply",
        "patterns",
        "\\[ARI\\] Response sent in (\\d+)ms",
        "the bot answered; the first group of each pattern is the response time in milliseconds",
    ),
    Setting(
        "event_fallback_reply",
        "patterns",
        "\\[ARI\\] Response sent in \\d+ms \\(fallback\\)\\s*$",
        "a reply with the fallback text",
    ),
    Setting(
        "event_send_failure",
        "patterns",
        "\\[ARI\\] Kapso API error\n\\[ARI\\] Kapso send failed\n\\[ARI\\] Failed to send message via Kapso",
        "an answer could not be handed to the provider",
    ),
    Setting(
        "event_error",
        "patterns",
        "\\[[^\\]]*\\] (?:Invalid|Failed|Unable|Could not|Cannot|Missing|Unauthorized|Timed? ?out|Rejected)\\b\n"
        "\\[ARI\\] Kapso send failed\n"
        "(?i)[^{]*?\\b(?:[1-9][0-9]* errors|\\w*error)\\b",
        "an error, in a message that has no level of its own",
    ),
    Setting(
        "event_error_ignored",
        "patterns",
        "\\(node:\\d+\\)",
        "never an error, whatever its level or words (Node's own warnings)",
    ),
    Setting(
        "event_processing_error",
        "patterns",
        "\\[ARI\\] Processing error",
        "an error that is shown as a red flag of its own: the bot failed over a message",
    ),
    Setting(
        "event_contact",
        "patterns",
        "\\[ARI\\] Processing message for contact (\\S+)",
        "names the contact of a request; the first group is the contact",
    ),
    Setting(
        "event_user_text",
        "patterns",
        '.*"text":\\s*\\{\\s*"body":\\s*"((?:[^"\\\\]|\\\\.)*)"',
        "holds what a user wrote; the first group is the text. Looked for where there is no transcript",
    ),
    Setting(
        "event_answer_text",
        "patterns",
        "",
        "holds what the bot answered; the first group is the text. Empty for a bot that logs no answers",
    ),
    Setting(
        "event_critical_error",
        "patterns",
        "",
        "more words of a crash, beside what runtimes, systems and platforms print, which is known",
    ),
)

CAUSE_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "cause_provider_key",
        "patterns",
        "(?i).*(?:grok|x\\.ai|openai|anthropic|gemini|provider|ai api).*\\b(?:401|403|api key|unauthori[sz]ed)\\b",
        "named as a likely cause: the AI provider's key is wrong or expired",
    ),
    Setting(
        "cause_provider_limit",
        "patterns",
        "(?i).*(?:grok|x\\.ai|openai|anthropic|gemini|provider|ai api).*(?:\\b429\\b|rate.?limit|quota)",
        "named as a likely cause: the AI provider limits the rate",
    ),
    Setting(
        "cause_database",
        "patterns",
        "(?i).*(?:convex|postgres|database|sql|prisma|mongo|redis)",
        "named as a likely cause: the database",
    ),
    Setting(
        "cause_network",
        "patterns",
        "(?i).*(?:ECONN|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EPIPE|fetch failed|socket hang up|network)",
        "named as a likely cause: the network",
    ),
)

SETTINGS: tuple[Setting, ...] = (
    Setting("logs", "lines", "logs/", "where the collected logs are: files, folders or globs, one a line"),
    Setting("monitoring_log", "text", "MONITORING-LOG.md", "the document that people and the suite write together"),
    Setting("reports", "text", "reports", "the folder for the reports and verdict.json"),
    Setting("waivers", "text", DEFAULT_WAIVERS, "the file of waivers; empty for none, and none need be there"),
    Setting("title", "text", "24-Hour Monitoring Log", "the title of a new document"),
    Setting("success_rate_limit", "number", "95", "percent of deliveries that must be processed, at least"),
    Setting("signature_failures_limit", "whole", "0", "signature failures that are allowed"),
    Setting("response_time_limit", "number", "10", "seconds; the mean over all replies must be under it"),
    Setting("error_rate_limit", "number", "5", "percent; errors over deliveries must be under it"),
    Setting("critical_errors_limit", "whole", "0", "critical errors that are allowed"),
    Setting("silence_limit", "number", "60", "minutes between two deliveries, at most"),
    Setting("answering_limit", "number", "10", "minutes that deliveries may go on without any reply, at most"),
    Setting("answering_deliveries", "whole", "3", "how many unanswered deliveries make a stretch count"),
    Setting("delivery_failures_limit", "whole", "0", "deliveries answered with HTTP 400 or more that are allowed"),
    Setting("send_failures_limit", "number", "5", "percent of replies; more send failures give WARN"),
    Setting("fallback_replies_limit", "number", "5", "percent of replies; more fallback replies give WARN"),
    Setting("hole_limit", "number", "60", "minutes without any record in any file, at most, before it is a hole"),
    Setting("rejected_limit", "number", "1", "percent of lines that may be unreadable, at most"),
    Setting(
        "signature_verification",
        "choice",
        "required",
        "'none' for a bot that verifies no signatures: the criterion is then NOT MEASURED",
        ("required", "none"),
    ),
    Setting(
        "deployment_change",
        "choice",
        "warn",
        "what more than one deployment in the soak does to the evidence: 'warn', or 'fail' (NOT JUDGED)",
        ("warn", "fail"),
    ),
    Setting(
        "max_age_hours",
        "optional",
        "",
        "hours after which a soak that has ended is too old to be judged (NOT JUDGED); empty for never",
    ),
    Setting("quality_required", "choice", "no", "'yes' makes response quality a required criterion", ("yes", "no")),
    Setting("quality_checks", "text", "4, 12, 24", "the hours at which people rate conversations, of 4, 12 and 24"),
    Setting(
        "inbox_url",
        "text",
        "",
        "where a conversation can be read in full, with {conversation} for what the source calls it; empty for nowhere",
    ),
    *QUALITY_SETTINGS,
    Setting("quiet_hours", "text", "", "local hours without deliveries, like 22:00-06:00; empty for none"),
    Setting("timezone", "text", "UTC", "IANA time zone of the quiet hours, and of log times that name no zone"),
    Setting("webhook_path", "text", "/api/webhook/kapso", "the path that the provider delivers to"),
    Setting("webhook_method", "text", "POST", "the HTTP method of a delivery"),
    Setting("environment", "text", "production", "records of other environments are left out, and counted"),
    Setting(
        "own_format",
        "text",
        "",
        "a log format of your own: a regular expression (RE2), matched at the start of a line, with the groups"
        " (?P<time>...), (?P<level>...), (?P<message>...), (?P<request>...), of which only the message is needed",
    ),
    Setting(
        "own_format_time",
        "text",
        "",
        "how the time in own_format is written, like %d/%m/%Y %H:%M:%S; empty for ISO 8601 or seconds since 1970",
    ),
    Setting("memory_limit", "text", "1GB", "memory that counting may take; beyond it, it spills to disk"),
    Setting("mask", "patterns", "", "more personal data to mask in all that is written, beside the built-in kinds"),
    *TREND_SETTINGS,
    *COLLECT_SETTINGS,
    *EVENT_SETTINGS,
    *CAUSE_SETTINGS,
)
