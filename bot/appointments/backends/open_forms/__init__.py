"""Open Forms as a front of JCC or Qmatic: one way to both for municipalities that have it."""
