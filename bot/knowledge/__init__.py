"""The knowledge base: `loader` reads and checks the files, `library` is the one door to what they say."""
