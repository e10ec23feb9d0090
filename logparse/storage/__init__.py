"""The places of logs, the files beside them, and files that are written whole or not at all."""
