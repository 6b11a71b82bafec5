"""What the archive is: its records, how they are read, found, edited and shown."""
