"""Plain functions over bytes and text: no model, no request."""
