"""spaCy components: each turns what a Doc holds into evidence-carrying plain values on the same Doc."""
