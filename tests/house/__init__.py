"""The promises as tests: each file here holds one promise, and grows with the house by looking around in it."""
