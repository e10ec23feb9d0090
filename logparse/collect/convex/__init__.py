"""The logs of a Convex deployment, from its tool or from the files of a log stream."""
