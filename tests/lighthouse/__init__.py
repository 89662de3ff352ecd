"""Lighthouse on every page of a running city: `make lighthouse`. Not among the tests: it takes minutes, and performance
means little on a machine that does something else."""
