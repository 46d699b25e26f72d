"""A tour of all pages by the people they are for, through a house full of life: for the pictures and for the checks of every page."""
