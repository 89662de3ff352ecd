"""After an accident: what was lost, said twice or never said is put right."""
