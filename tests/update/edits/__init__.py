"""Updates with edits of the owner, rules for releases, and faults."""
