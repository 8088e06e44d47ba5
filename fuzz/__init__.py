"""Coverage-guided fuzzing with atheris: `make fuzz`; it needs an environment of its own, which that makes."""
