"""Who is who: mentions of actors, what they resolve to, and the table of those that are known."""
