// Nicer things for browsers with scripts; every page works without them.
