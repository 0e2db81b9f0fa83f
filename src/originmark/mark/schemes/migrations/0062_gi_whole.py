import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schemes', '0061_gi_phases'),
    ]

    operations = [
        migrations.AlterField(
            model_name='giapplication',
            name='procedure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schemes.rulebook', verbose_name='procedure'),
        ),
        migrations.AddConstraint(
            model_name='giapplication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('phase', 'registered'), ('right__isnull', False)), models.Q(models.Q(('phase', 'registered'), _negated=True), ('right', None)), _connector='OR'), name='registered_gi_has_right'),
        ),
        migrations.AddConstraint(
            model_name='giapplication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('phase', 'opposition'), _negated=True), ('oppose_until__isnull', False), _connector='OR'), name='published_gi_has_deadline'),
        ),
    ]
