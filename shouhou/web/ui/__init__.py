"""The design system (组件): widgets and fields for every face, and ``/ui/``, which shows every component.

The components themselves are templates under ``templates/cotton``, the frames under ``templates/layouts``;
``docs/look.md`` says how to choose among them.
"""
