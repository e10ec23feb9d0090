"""Measurements that are run by hand; what they gave is told where it is used."""
