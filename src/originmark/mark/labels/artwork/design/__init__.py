"""Design help: the template of a label, with what has to stand on it and where marks go."""
