"""Search (搜索): one box for names, pinyin initials, phone tails, numbers and serials, on both databases.

    search.index(organisation_id, "customer", customer.pk, {"name": "李秀兰", "phone": "+8613800005678"})
    search.find(organisation_id, "lxl 5678", ["customer"], limit=10)

An index of our own, because neither database finds two-character Chinese words with what it brings.
"""

from shouhou.core.search.finding import find
from shouhou.core.search.keeping import forget, index

__all__ = ["find", "forget", "index"]
