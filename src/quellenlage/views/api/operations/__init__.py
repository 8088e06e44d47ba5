"""Operations of the API: one module for each kind of thing, each with the `router` of its addresses."""
