"""What the pages of administration know: what is missing, the words of kinds of units, the lines of the log."""
