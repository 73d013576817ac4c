"""What whence reaches on gold data, and the floors below which it must not sink."""
