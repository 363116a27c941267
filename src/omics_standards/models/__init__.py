"""The model: generated classes, slot table, rules and prefixes."""
