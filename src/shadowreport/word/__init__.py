"""The only place that knows Word's file format: reading it, and finishing what pandoc writes."""
