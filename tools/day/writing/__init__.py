"""What people write in their own words, as the providers of the channels hand it on; and the desk that reads it."""
