"""The page «Today»."""
