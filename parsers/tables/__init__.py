"""Statutory tables matched to a form by their words: labels and headers to indicators, cells to figures and scopes."""
