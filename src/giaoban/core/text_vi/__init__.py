"""Vietnamese text as data: one spelling, one search key, numbers and days written and read.

`canonical` gives the one spelling that every span of the house indexes, `folding` the key that names are found by.
"""
