"""First run: from an empty installation to an organisation that takes complaints, step by step. Every step is kept."""
