"""The API (合作方接口): the same verbs for partners' systems, with the same gates. No side door.

``face`` the API itself: tokens, languages, refusals · ``schemas`` what goes in and out · ``cases`` · ``visits``
"""
