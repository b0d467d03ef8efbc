"""The pages of setup."""
