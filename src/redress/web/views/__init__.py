"""One module per page: each takes the request, makes one call down, and shows the answer."""
