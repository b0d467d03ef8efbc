"""Import (导入): a workbook is shown row by row before anything is written, then applied, and undone again."""
