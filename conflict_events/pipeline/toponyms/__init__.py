"""Names of places in a parsed text: found, weighed as such, stretched over lands and borders, told from governments."""
