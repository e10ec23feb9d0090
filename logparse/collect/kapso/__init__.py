"""Lists from Kapso's API: the webhooks it delivered, and the messages it keeps."""
