"""Customers' pages (客户): the list, the one file of each with everything ever, and what may be done to it."""
