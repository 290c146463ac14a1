"""Nouns as frozen dataclasses; imports nothing of ours."""
