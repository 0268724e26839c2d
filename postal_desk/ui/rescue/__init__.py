"""What stands in the window's place when the desk is damaged or gone: why, and the copies to bring it back from."""
