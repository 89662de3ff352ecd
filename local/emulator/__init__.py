"""The cloud itself, played in this process: what is deployed to it, what runs in it, what is kept of it."""
