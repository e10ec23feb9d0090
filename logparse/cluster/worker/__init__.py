"""The code that runs on a worker of a cluster: it counts a file or a part of one, and reads it a second time."""
