"""Article to stand-off layers: each subpackage is one stage and sees only the model and the resources."""
