"""The console of the agents."""
