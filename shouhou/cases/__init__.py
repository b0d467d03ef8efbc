"""Cases (售服单): what a customer reported, how it was weighed, and how it came out.

From the first call to the return visit it is one case with one number. The room does not
know who goes where (``work``), who is told (``messages``) or where on the drawing it
stands (``flows``).
"""
