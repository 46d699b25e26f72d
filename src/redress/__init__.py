"""Redress (闻过): runs an organisation's written complaint policy."""
