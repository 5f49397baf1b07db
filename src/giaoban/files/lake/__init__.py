"""The exported data set: facts, trees and duty as partitioned Parquet, and the roll-up over it as one expression.

Nothing here is loaded unless it is asked for: what it needs is an extra of its own (requirements/analytics.in).
"""
