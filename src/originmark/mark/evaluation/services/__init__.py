"""Commands of the evaluation."""

from originmark.mark.evaluation.drafts import (
    AnswerDraft,
    ContentCheck,
    DossierDraft,
    RoundDraft,
    RoundRules,
    SheetDraft,
    Vote,
)
from originmark.mark.evaluation.services.appeals import (
    AppealDraft,
    assign_reviewer,
    decide_appeal,
    lodge_appeal,
)
from originmark.mark.evaluation.services.checking import (
    accept_dossier,
    ask_for,
    enter_round,
    pre_check,
)
from originmark.mark.evaluation.services.checks import (
    SampleDraft,
    add_photo,
    plan_check,
    record_check,
    take_sample,
)
from originmark.mark.evaluation.services.councils import appoint, declare_tie, end_seat
from originmark.mark.evaluation.services.deciding import decide, note, record_vote, set_aside
from originmark.mark.evaluation.services.dossiers import (
    assess,
    register_idea,
    start_dossier,
    submit_dossier,
    withdraw_dossier,
)
from originmark.mark.evaluation.services.honours import honour
from originmark.mark.evaluation.services.notices import send_expiry_notice, send_expiry_notices
from originmark.mark.evaluation.services.proofs import file_proof, remove_proof
from originmark.mark.evaluation.services.re_evaluations import (
    Report,
    close_re_evaluation,
    link_dossier,
    open_re_evaluation,
    record_report,
)
from originmark.mark.evaluation.services.revocations import RevocationDraft, revoke, revoke_lapsed
from originmark.mark.evaluation.services.rounds import (
    add_holiday,
    change_rules,
    open_round,
    remove_holiday,
)
from originmark.mark.evaluation.services.scoring import (
    hand_in_sheet,
    open_sheet,
    save_sheet,
    score_anew,
)
from originmark.mark.evaluation.services.sessions import (
    close_session,
    latest_sending,
    move_session,
    note_attendance,
    open_session,
    plan_session,
    put_on_agenda,
    send_dossiers,
    take_off_agenda,
)
from originmark.mark.evaluation.services.stars import recognise
from originmark.mark.evaluation.values import Recognition

__all__ = [
    "AnswerDraft",
    "AppealDraft",
    "ContentCheck",
    "DossierDraft",
    "Recognition",
    "Report",
    "RevocationDraft",
    "RoundDraft",
    "RoundRules",
    "SampleDraft",
    "SheetDraft",
    "Vote",
    "accept_dossier",
    "add_holiday",
    "add_photo",
    "appoint",
    "ask_for",
    "assess",
    "assign_reviewer",
    "change_rules",
    "close_re_evaluation",
    "close_session",
    "decide",
    "decide_appeal",
    "declare_tie",
    "end_seat",
    "enter_round",
    "file_proof",
    "hand_in_sheet",
    "honour",
    "latest_sending",
    "link_dossier",
    "lodge_appeal",
    "move_session",
    "note",
    "note_attendance",
    "open_re_evaluation",
    "open_round",
    "open_session",
    "open_sheet",
    "plan_check",
    "plan_session",
    "pre_check",
    "put_on_agenda",
    "recognise",
    "record_check",
    "record_report",
    "record_vote",
    "register_idea",
    "remove_holiday",
    "remove_proof",
    "revoke",
    "revoke_lapsed",
    "save_sheet",
    "score_anew",
    "send_dossiers",
    "send_expiry_notice",
    "send_expiry_notices",
    "set_aside",
    "start_dossier",
    "submit_dossier",
    "take_off_agenda",
    "take_sample",
    "withdraw_dossier",
]
