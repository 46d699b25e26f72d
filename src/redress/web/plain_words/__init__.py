"""A pack's rules in sentences, made from the typed rules in the reader's language. No rule's words are stored here."""

from .rules import RuleWords, rule_words

__all__ = ["RuleWords", "rule_words"]
