"""Tools of those who develop logparse: they write the pages and measure the tests; none of them is a test."""
