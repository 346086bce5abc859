"""What an update does to a project that its owner has edited."""
