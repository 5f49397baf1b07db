"""Pages of forms: the list, a form with its duty and rounds, its designer, setting one up."""

from giaoban.apps.forms.views.designer import design, publish
from giaoban.apps.forms.views.duties import duties, end_duty, end_exception, exceptions
from giaoban.apps.forms.views.forms import index, open_round, show
from giaoban.apps.forms.views.setting_up import new, schedule

__all__ = [
    "design",
    "duties",
    "end_duty",
    "end_exception",
    "exceptions",
    "index",
    "new",
    "open_round",
    "publish",
    "schedule",
    "show",
]
