"""Desk (办公台): the office's face. Server-rendered pages; each form is one verb's one service."""
