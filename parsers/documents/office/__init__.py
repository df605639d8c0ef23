"""Files of office programs: text documents and workbooks, new and old."""
