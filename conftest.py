"""Loads the plugin; see logparse/plugin.py."""

pytest_plugins = ["logparse.plugin"]
