"""Casualty figures: from words of outcome and groups of people to accepted pairs, and who the victims are."""
