"""What the bot does, one module a topic: read slots, call one service, name a response or pass an answer of the library."""
