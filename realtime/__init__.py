"""The noticeboard: versions, carries and heals JSON state, and knows no meaning."""
