"""The gazetteer: names of places, their points, and which of several places a name means."""
