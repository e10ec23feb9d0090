"""What people are shown: what is seen of foreign text, what is masked, and how numbers and times read.

visible.py    what is seen of a foreign text: no control, no turn of the direction, nothing hidden
claims.py     a claim of readiness in a foreign text, broken up
secrets.py    what secrets look like: by their name, their place, and the shape that their maker gives
numbers.py    numbers that belong to a person: telephones, cards, accounts; told from times, counts and ids
unwrapped.py  a text without the escapes around it, sign by sign, with the place of each in the text itself
shapes.py     many messages as a few shapes
masking.py    personal data and secrets, masked
wording.py    how numbers and times are written for people
"""
