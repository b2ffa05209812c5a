"""The files of an imported project: sections, references, pictures, and the report on the import."""
