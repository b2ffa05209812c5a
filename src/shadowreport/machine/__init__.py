"""The only doors to the world: files, git, pandoc, typst, the cache."""
