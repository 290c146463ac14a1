"""The channel for other programs: citizens' messages in over REST, replies out by long poll or signed webhook."""
