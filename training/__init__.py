"""How every model file came about: one command each."""
