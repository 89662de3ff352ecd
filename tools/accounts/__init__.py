"""Who takes part: staff, units, senders, the programs of others, and the secrets that they share with a stage."""
