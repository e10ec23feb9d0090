"""Messages as Kapso lists them, for the server that lists deliveries."""

from datetime import datetime
from typing import Any


def message(moment: datetime | None, number: int = 0, **changes: object) -> dict[str, Any]:
    """One message of a user to the bot, as the list has it, with more than is known of it."""
    entry = {
        "id": f"wamid.{number:05d}",
        "timestamp": str(int(moment.timestamp())) if moment else None,
        "type": "text",
        "from": "6281254495462",
        "text": {"body": f"halo {number}"},
        "kapso": {
            "direction": "inbound",
            "status": "delivered",
            "phone_number": "6281254495462",
            "whatsapp_conversation_id": "c63ced48-1283-4d55-8c8d-930f525aa0e5",
            "content": f"halo {number}",
        },
        "unheard_of": {"deep": ["é", None]},
    }
    return {**entry, **changes}
