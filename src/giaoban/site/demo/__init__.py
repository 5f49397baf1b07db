"""The demo world: the nation's congress season as it stood in August 2020.

Totals are those that were published; which unit makes them up is invented, and marked so where no number is known.
"""
