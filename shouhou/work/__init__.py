"""Work (任务): the work to be done, and how it was done.

At the customer's door it is a visit, in the workshop a bench job (拉修). A visit has a promise
(told to the customer, moved only with the customer's consent), a plan (who is bound when) and
actual times. The room does not know who is sent best (``dispatch``) or who is told (``messages``).
"""
