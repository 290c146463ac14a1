"""The door: channels, the gate, turns and what goes out."""
