"""Scripts for maintainers: the release, the README's picture, the comparison with other templates."""
