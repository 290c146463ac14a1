"""Wegwijs, the digital front desk of Dutch municipalities."""
