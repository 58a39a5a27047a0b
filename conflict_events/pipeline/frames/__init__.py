"""What happens at a word: senses of event words by the ontology, their doers and targets."""
