"""Asking converted datasets: their folders, a store that is kept, questions with names, and other servers."""
