"""Reports of a watch: what is new, contradicted, denied or confirmed since the last one, and where they are sent."""
