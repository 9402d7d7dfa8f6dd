"""The form renderer: Django's own widgets inside our markup for a field and a form."""

from django.forms.renderers import DjangoTemplates


class EntremiseRenderer(DjangoTemplates):
    """For FORM_RENDERER: `{{ form }}` and `{{ field.as_field_group }}` give our components."""

    form_template_name = "ui/form/form.html"
    field_template_name = "ui/form/field.html"
