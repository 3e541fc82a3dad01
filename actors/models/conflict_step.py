from django.db import models
from django.db.models import F, Q

from digikoord.lib import clock, constraints

from ..steps import LIFTABLE, STEPS, Ground, Step
from ..subject import Subject


class ConflictStepQuerySet(models.QuerySet["ConflictStep"]):
    def unused(self) -> "ConflictStepQuerySet":
        """Those under which the step may still be taken: the conflict stands, and the step has not been taken."""
        return self.filter(used_on__isnull=True, conflict__lifted_on__isnull=True)


class ConflictStep(models.Model):
    """A declared conflict of interest is lifted for one step in one matter: förvaltningslagen 16 § second paragraph or
    17 §. Who decided it, for whom, and why; and the step that was taken under it, once.

    `key` and `label` point at the matter as the trail does, `place` and `year` where it is one's.
    """

    conflict = models.ForeignKey("actors.ConflictOfInterest", models.PROTECT, related_name="steps")
    # As in the conflict: rows name the people that they keep apart
    person = models.ForeignKey("actors.User", models.PROTECT, related_name="lifted_steps")
    actor = models.ForeignKey("actors.Actor", models.PROTECT, related_name="+")
    step = models.CharField("steg", max_length=40)
    key = models.CharField("ärende, nyckel", max_length=60)
    label = models.CharField("ärende", max_length=200)
    place = models.CharField("plats", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("programår", null=True)
    ground = models.CharField("grund", max_length=2, choices=Ground)
    reason = models.TextField("skäl")
    decided_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    decided_on = models.DateField("hävt för steget", default=clock.today)
    used_on = models.DateField("steget taget", null=True)
    used_event = models.BigIntegerField("händelse", null=True)

    objects = ConflictStepQuerySet.as_manager()

    class Meta:
        ordering = [F("used_on").desc(nulls_first=True), "-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "step", "key"],
                condition=Q(used_on__isnull=True),
                name="conflict_step_open_once",
                violation_error_message="Jävet är redan hävt för det steget i ärendet.",
            ),
            constraints.rule(
                "conflict_step_is_handling",
                Q(step__in=sorted(LIFTABLE)),
                "Jäv hävs aldrig för beslutet självt eller för pengar.",
            ),
            constraints.rule("conflict_step_known_ground", Q(ground__in=Ground.values), "Okänd grund."),
            constraints.rule("conflict_step_has_reason", ~Q(reason=""), "Ange skälet."),
            constraints.different_people(
                "conflict_step_by_another",
                "decided_by",
                "person",
                "Den som anmält jäv kan inte själv häva det för ett steg.",
            ),
            constraints.together("conflict_step_used", "used_on", "used_event"),
            constraints.in_order("conflict_step_in_order", "decided_on", "used_on"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.label}"

    @property
    def title(self) -> str:
        return STEPS[self.step].title

    @property
    def citation(self) -> str:
        return Ground(self.ground).citation

    def is_for(self, step: Step, subject: Subject) -> bool:
        """Whether it is this step in this matter. What a step makes is known by the place and year it is made in."""
        same = self.key == subject.key
        made = self.year is not None and (self.place, self.year) == (subject.place, subject.year)
        return self.step == step.code and (same or (made and not subject.key.startswith(f"{step.noun}:")))

    def subject(self) -> Subject:
        return Subject(
            label=f"{self.conflict}, ett steg"[:200],
            key=f"conflict:{self.conflict_id}",
            url=self.conflict.get_absolute_url(),
            holder=self.conflict.subject().holder,
        )
