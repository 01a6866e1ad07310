"""Pages of selections, by who uses them."""
