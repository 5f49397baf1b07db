"""What careless, unlucky and hostile people send: refused in one sentence, and nothing half-written remains."""
