"""The verbs people use, each one transaction: may they, lock, ask the rules, write, record."""
