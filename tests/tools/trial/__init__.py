"""The trial: days of bots with files on disk, each judged by a real run of the suite, and what would be right for it.

The days were made from what the suite promises and from what real programs print, not from its code.
"""
