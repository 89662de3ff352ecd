"""`python -m tools day`: one real-sized day of Jakarta, played through the public API of a running city, and a proof by
counting that nothing was lost, doubled or sent to the wrong unit. It knows the city by its contract only: nothing of
`chalicelib` is imported here, so that its rules are a second opinion."""
