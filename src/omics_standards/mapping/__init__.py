"""From sheets to records: recognition, plan, readers and steps, rows, join."""
