"""Click, call or face: one pure decision from written policy."""
