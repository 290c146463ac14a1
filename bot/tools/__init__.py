"""What developers and editors run by hand: `python -m bot.tools VERB`, one file a verb."""
