"""What is kept, for how long, and where copies lie: personal data and backups."""
