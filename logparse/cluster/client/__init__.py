"""The client of a cluster, which judges: it sends files to the workers, and adds up their counts."""
