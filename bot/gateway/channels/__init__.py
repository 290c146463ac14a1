"""The ways in for citizens, one module a channel: verify and parse, nothing else."""
