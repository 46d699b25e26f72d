"""Setting up a new organisation from nothing: spreadsheets read and checked, templates to fill in, the trial complaint."""
