"""The spiders of this project: one for all sites."""
