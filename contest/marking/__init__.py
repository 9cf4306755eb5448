"""Essays marked by two markers who see no names, and a third where the two differ."""
