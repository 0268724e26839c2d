"""Parts that several pages share. Each names roles of the palette, has an accessible name and works by
keyboard.
"""
