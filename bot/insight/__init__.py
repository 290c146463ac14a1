"""Statistics without the content of conversations."""
