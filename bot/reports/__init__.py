"""Reports about public space."""
