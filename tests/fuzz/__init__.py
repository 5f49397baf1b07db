"""Bytes that nobody would write: the readers and the pipeline behind them answer with a text or a refusal."""
