"""The machine that judges: it hands files to the workers of a cluster, and adds up what they counted."""
