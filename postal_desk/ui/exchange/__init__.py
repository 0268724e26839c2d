"""Exchange: what comes into the desk from elsewhere."""
