"""Words are looked up by their grams or by their case: the index that kept them in an order was written and never read."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_missed_rounds")]

    operations = [migrations.RemoveIndex(model_name="casesearch", name="search_newest")]
