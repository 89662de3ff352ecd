"""The interface described: what the application's routes take and answer, as OpenAPI."""
