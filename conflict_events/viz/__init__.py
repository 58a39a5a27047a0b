"""Pictures of results; every function returns an object and opens no network."""
