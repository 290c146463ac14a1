"""Tests of the whole running house: every process, the trained model, real PostgreSQL."""
