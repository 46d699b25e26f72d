"""Setting the organisation up: one module per page of administration. Every change goes through ``people.changes``."""
