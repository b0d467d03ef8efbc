"""Workbooks in and out (表格): what people keep in Excel comes in by the same doors as everything else.

``reading`` opens a file that may be hostile; ``columns`` finds the headings and turns cells into values;
a room offers an ``importer``; ``services`` shows what would happen, does it, and takes it back;
``writing`` makes the workbooks people take away.
"""
