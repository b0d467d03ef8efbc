"""Web (界面): the faces of the house. They ask, call one service, and show the answer; no tables here.

``desk`` office · ``field`` technician · ``portal`` customer · ``api`` partners · ``ui`` components
"""
