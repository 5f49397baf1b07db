"""`giaoban read`: reports in prose from files, read by as many processes as there are cores.

`command` parses the call, `sources` finds the files, `asked` holds what is wanted of every document, `desk` does it for
one document, `many` for all of them in order; `page`, `margin`, `forming` and `scores` are what comes out.
"""
