"""Updates that change answers."""
