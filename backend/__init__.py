"""The ground that every trade shares and, in `backend.config`, the roof that assembles everything."""
