"""What people are shown: what is seen of foreign text, what is masked, and how numbers and times read.

visible.py  what is seen of a foreign text: no control, no turn of the direction, nothing hidden
shapes.py   many messages as a few shapes
masking.py  personal data and secrets, masked
wording.py  how numbers and times are written for people
"""
