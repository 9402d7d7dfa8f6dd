"""Shared components: templates, tags, error pages and their gallery."""
