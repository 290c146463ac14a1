"""The only home of SQL: tables, repositories and migrations."""
