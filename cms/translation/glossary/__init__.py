"""The glossary: its rules, its CSV file, and terms found in running text."""
