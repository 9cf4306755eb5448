"""The public server: Voilà with routes, cookie and owner checks of our own."""
