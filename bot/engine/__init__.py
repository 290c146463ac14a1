"""What runs inside Rasa: graph components and the small server that embeds its Agent; the only home of `rasa` imports."""
