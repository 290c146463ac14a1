"""Chatwoot: Wegwijs as the agent bot of an inbox, in front of the people who work there."""
