"""Insight (洞察): read models of lists, and what is counted over them. Writes nothing else.

``CaseRow`` is one row a case, kept in the transaction of the command that changed the case, and
rebuildable: a test shows that rebuilt and kept are the same.
"""
