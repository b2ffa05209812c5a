"""The only place that knows Word's file format: it reads it, and finishes what pandoc writes."""
