"""Standards in and out: `registry` names them, `plan` shows what an import would change, `apply` writes exactly that."""
