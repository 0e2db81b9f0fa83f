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
from originmark.mark.evaluation.services.checking import (
    accept_dossier,
    ask_for,
    enter_round,
    pre_check,
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
from originmark.mark.evaluation.services.proofs import file_proof, remove_proof
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
    "ContentCheck",
    "DossierDraft",
    "Recognition",
    "RoundDraft",
    "RoundRules",
    "SheetDraft",
    "Vote",
    "accept_dossier",
    "add_holiday",
    "appoint",
    "ask_for",
    "assess",
    "change_rules",
    "close_session",
    "decide",
    "declare_tie",
    "end_seat",
    "enter_round",
    "file_proof",
    "hand_in_sheet",
    "latest_sending",
    "move_session",
    "note",
    "note_attendance",
    "open_round",
    "open_session",
    "open_sheet",
    "plan_session",
    "pre_check",
    "put_on_agenda",
    "recognise",
    "record_vote",
    "register_idea",
    "remove_holiday",
    "remove_proof",
    "save_sheet",
    "score_anew",
    "send_dossiers",
    "set_aside",
    "start_dossier",
    "submit_dossier",
    "take_off_agenda",
    "withdraw_dossier",
]
