"""Words of the account pages' templates."""

from django import template

from shouhou.web.account.devices import device

register = template.Library()
register.filter("device", device)
