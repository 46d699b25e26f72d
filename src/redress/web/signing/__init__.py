"""Signing in: how the library of accounts is told what this house wants, one-time links, and where a request comes from."""
