"""What runs on a worker of a cluster: counting one file or a part of it, and looking at it again."""
