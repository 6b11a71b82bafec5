"""PostgreSQL: a Django backend that starts the embedded server with its first connection, and that server."""
