"""What the pages of sandboxes and drills show: invented complaints, played by the same policy and never in the log."""
