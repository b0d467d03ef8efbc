"""Setup (设置): what an administrator needs so that an empty organisation works, without a shell.

Pages list; every change is a form of one verb under ``/setup/do/<key>/``. ``sections`` is the menu,
``guide`` the steps of the first run, worked out from the data.
"""
