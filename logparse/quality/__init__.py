"""Whether the answers are good: conversations, what the machine finds in them, and what people say of them."""
