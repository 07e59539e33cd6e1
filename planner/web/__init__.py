"""The web beside the pages: the sign-in gate, exports, health, headers."""
