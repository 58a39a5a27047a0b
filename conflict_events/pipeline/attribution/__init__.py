"""Who says it and how it is told: sources, the choice among them, status, news or history."""
