"""Shouhou 售后: the after-sales service system in which the flowcharts are the program.

The floors of the house, from the top down, stand in ``CONTRIBUTING.md``.
"""

__version__ = "0.1.0"
