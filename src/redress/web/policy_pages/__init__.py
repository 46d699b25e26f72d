"""What the pages of the policy draw from its rules: chapters, deadlines, ladders, authority, calendars, roles, what became of it."""
