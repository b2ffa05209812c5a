"""The way of a report to authors who work in Word, and back.

report    -> Word file with a record of its state  (send.py, record.py)
Word file -> paragraphs paired with that state      (returned.py, origin.py; changes.py says what became of each, whole.py of
                                                     those that moved, came or went as a whole)
changes   -> steps on the sources                   (script.py finds them, steps.py has their types)
steps     -> present files                          (carry.py; edits.py changes text, additions.py puts text in)
files     -> read back and compared                 (proof.py)
"""
