"""The logs of a Convex deployment, from the ``convex`` tool or the files of a log stream."""
