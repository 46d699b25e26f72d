"""What can be written in a pack: one typed model per kind of rule (``pack.RULE_KINDS`` lists them all)."""
