"""Each step that officials take in the matters of actors, and what it is. A document a lawyer can read.

Whoever has declared a conflict of interest (jäv) for an actor takes none of these steps in that actor's matters
(förvaltningslagen 16–18 §§). Another person may lift it for **one step**, on one of two grounds:

    16 §, second paragraph   it is obvious that the question of impartiality lacks importance
    17 §                     nobody else can step in without the matter being considerably delayed

We let that be done for handling, and only for handling of one matter of one actor [D]. It is never done

    for a decision           what is decided about the actor, whoever prepared it
    for money                what may be paid, is paid, claimed or waived, and the accounts it goes to
    for what is several      what concerns many actors at once: another person is always there for that

The last two columns say which kind of matter the step is lifted for, and what the trail calls it when it has been taken.
"""

from dataclasses import dataclass

from django.db.models import TextChoices


class Nature(TextChoices):
    HANDLING = "handling", "handläggning"
    SEVERAL = "several", "handläggning som rör flera"
    DECISION = "decision", "beslut"
    MONEY = "money", "pengar"


@dataclass(frozen=True)
class Step:
    """`words` completes "Bara handläggare hos Regeringskansliet kan …"; `noun` is that of the matter's key."""

    code: str
    nature: Nature
    words: str
    noun: str = ""
    verbs: tuple[str, ...] = ()

    @property
    def is_liftable(self) -> bool:
        return self.nature == Nature.HANDLING

    @property
    def title(self) -> str:
        return self.words[:1].upper() + self.words[1:]


HANDLING, SEVERAL, DECISION, MONEY = Nature

# Decisions, offers and successions
DISPATCH = Step("dispatch", DECISION, "expediera beslutet")
REGISTER_DECISION = Step("register_decision", SEVERAL, "registrera regeringsbeslut")
SET_ANSWER_DAY = Step(
    "set_answer_day", HANDLING, "ändra svarsdagen", "assignment", ("assignment.answer_day_set",)
)
REGISTER_ANSWER = Step(
    "register_answer",
    HANDLING,
    "registrera svar som lämnats på papper",
    "assignment",
    ("assignment.accepted", "assignment.declined"),
)
REMIND = Step("remind", HANDLING, "påminna om erbjudandena", "assignment", ("assignment.reminded",))
LAPSE = Step("lapse", DECISION, "registrera att erbjudandet förfallit")
ANNUL = Step("annul", DECISION, "återkalla erbjudandet")
REOPEN_OFFER = Step("reopen_offer", DECISION, "öppna erbjudandet igen")
END = Step("end", DECISION, "upphäva eller avsluta uppdrag")
END_PROGRAMME = Step("end_programme", DECISION, "avsluta programmet")
REGISTER_SUCCESSIONS = Step("register_successions", DECISION, "registrera övergångar")
PLAN_SUCCESSION = Step("plan_succession", SEVERAL, "planera övergångar")

# The Riksdag's decision
REGISTER_BUDGET = Step("register_budget", SEVERAL, "registrera riksdagens beslut")
CONFIRM_BUDGET = Step("confirm_budget", DECISION, "bekräfta riksdagens beslut")

# A year's money
PREPARE = Step("prepare", HANDLING, "bereda årsbelopp", "tranche", ("tranche.prepared",))
GRANT = Step("grant", DECISION, "bevilja årsbelopp")
REOPEN_TRANCHE = Step("reopen_tranche", DECISION, "öppna ett beviljat belopp igen")
CLOSE = Step("close", MONEY, "stänga årsbelopp")

# Requisitions and payments
REGISTER_REQUISITION = Step(
    "register_requisition",
    HANDLING,
    "registrera rekvisitioner som lämnats på papper",
    "tranche",
    ("requisition.registered",),
)
RETURN_REQUISITION = Step(
    "return_requisition", HANDLING, "skicka tillbaka rekvisitioner", "requisition", ("requisition.returned",)
)
APPROVE = Step("approve", MONEY, "handlägga rekvisitioner")
PAY = Step("pay", MONEY, "hantera utbetalningar")
CORRECT_PAYMENT = Step("correct_payment", MONEY, "rätta en misslyckad utbetalning")
CANCEL_PAYMENT = Step("cancel_payment", MONEY, "makulera en utbetalning")
VERIFY_ACCOUNT = Step("verify_account", MONEY, "kontrollera betalningsuppgifter")

# After the year
ACCEPT_ACCOUNT = Step("accept_account", MONEY, "godta ekonomiska redovisningar")
REGISTER_REPAYMENT = Step("register_repayment", MONEY, "registrera återbetalningar")
CHARGE = Step("charge", MONEY, "besluta vilket anslag ett avslutat års medel belastar")
WAIVE = Step("waive", MONEY, "efterge en fordran")
ADJUST = Step("adjust", MONEY, "justera krav")
DEFER = Step("defer", DECISION, "bevilja anstånd")
REVERSE_RECEIPT = Step("reverse_receipt", MONEY, "rätta en registrerad inbetalning")
REVERSE_WAIVER = Step("reverse_waiver", MONEY, "rätta en eftergift")
OPEN_RECOVERY = Step("open_recovery", MONEY, "inleda ett ärende om återkrav")
NOTE_SILENCE = Step(
    "note_silence", HANDLING, "notera att aktören inte har svarat", "recovery", ("recovery.silence_noted",)
)
WITHDRAW_RECOVERY = Step("withdraw_recovery", DECISION, "avskriva ärenden om återkrav")
DECIDE_RECOVERY = Step("decide_recovery", DECISION, "besluta om återkrav")
DECIDE_EXTENSION = Step("decide_extension", DECISION, "avgöra begäran om anstånd")

# Reports
REGISTER_REPORT = Step(
    "register_report", HANDLING, "registrera en redovisning på papper", "tranche", ("report.registered",)
)
TYPE_IN_REPORT = Step("type_in_report", SEVERAL, "skriva in en redovisning på papper")
ASSIGN_REPORT = Step("assign_report", HANDLING, "fördela redovisningar", "report", ("report.assigned",))
CHECK_REPORT = Step("check_report", HANDLING, "gå igenom kontrollistan", "report", ("report.checked",))
COMMENT_REPORT = Step("comment_report", SEVERAL, "kommentera redovisningen")
REVIEW_REPORT = Step("review_report", HANDLING, "granska redovisningen", "report", ("report.reviewed",))
RETURN_REPORT = Step("return_report", HANDLING, "begära komplettering", "report", ("report.returned",))
APPROVE_REPORT = Step("approve_report", DECISION, "godkänna redovisningar")

# The compilation
COMPILE = Step("compile", SEVERAL, "bygga sammanställningen")
ASK_FACT_CHECK = Step(
    "ask_fact_check", HANDLING, "skicka sidor för faktagranskning", "tranche", ("fact_check.asked",)
)
HANDLE_FACT_CHECK = Step(
    "handle_fact_check",
    HANDLING,
    "ta hand om svaret på faktagranskningen",
    "fact_check",
    ("fact_check.handled", "fact_check.withdrawn"),
)
ESTABLISH = Step("establish", DECISION, "fastställa sammanställningen")
DELIVER = Step("deliver", DECISION, "överlämna sammanställningen")
ACKNOWLEDGE = Step("acknowledge", SEVERAL, "bekräfta mottagandet")

STEPS = {step.code: step for step in list(globals().values()) if isinstance(step, Step)}
LIFTABLE = {code: step for code, step in STEPS.items() if step.is_liftable}
BY_VERB = {verb: step for step in LIFTABLE.values() for verb in step.verbs}


class Ground(TextChoices):
    """Why a conflict of interest is lifted for one step."""

    IMPORTANCE = "16", "16 § andra stycket: det är uppenbart att frågan om opartiskhet saknar betydelse"
    DELAY = "17", "17 §: ingen annan kan träda in utan att ärendet avsevärt försenas"

    @property
    def citation(self) -> str:
        return {"16": "16 § andra stycket", "17": "17 §"}[self.value] + " förvaltningslagen"
