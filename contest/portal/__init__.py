"""Results as plain web pages for a portal: no server, no script, names as the rules say."""
