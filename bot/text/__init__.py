"""Pure Dutch: spelling, numbers, dates and people's data, without knowledge of anything else."""
