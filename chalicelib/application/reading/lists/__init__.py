"""Lists that officers read, page after page: waiting work, the day of a desk, lines for a sheet."""
