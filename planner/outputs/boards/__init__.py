"""The tables that pages show, as sheets: what each is called, its columns, and its rows as far as a reader sees."""
