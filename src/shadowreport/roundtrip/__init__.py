"""The way of a report to authors who work in Word, and back."""
