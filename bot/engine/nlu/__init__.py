"""How Wegwijs understands Dutch: Rasa graph components over linear models of our own."""
