"""Kernel (内核): what is worked out, never recorded.

Pure functions over frozen values: no Django, no clock, no input or output.
"""
