"""Finding: what is asked, the index it is asked of, and the results with their facets."""
