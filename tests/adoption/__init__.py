"""An existing package adopts the template."""
