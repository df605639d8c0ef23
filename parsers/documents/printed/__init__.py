"""Printed pages, which say where each character and line stands and nothing else: PDF, OFD and scans."""
