"""JCC-Afspraken through its REST interface (WARP)."""
