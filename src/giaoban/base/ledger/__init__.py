"""Audit trail = event stream = change sequence."""
