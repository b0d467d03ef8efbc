"""Customers (客户档案): who they are, how to reach them, where, and what they own.

One file a customer, found by phone number first. The room does not know what was complained
about (``cases``) or done (``work``).
"""
