//! A screen that is not up keeps what it showed last: at rest all of it is forgotten.

use kiosk_ui::{
    AcceptedPort, BasketPort, FailedPort, HelpPort, HoldingsPort, KioskWindow, PaperNumberPort,
    PaperQuestionPort, PaperToldPort, QuestionPort, ResidentNumberPort, ReviewPort, SearchPort,
    StandingPort, TakePaperPort, TelephonePort, TicketCodePort, UpkeepPort, WritingPort,
};
use slint::{ComponentHandle, ModelRc, SharedString};

/// Whatever somebody has typed, was told, or was asked about.
pub(super) fn forget(window: &KioskWindow) {
    let nothing = SharedString::new;
    typed(window);
    window.global::<ReviewPort>().set_lines(ModelRc::default());
    window.global::<BasketPort>().set_items(ModelRc::default());
    window
        .global::<StandingPort>()
        .set_steps(ModelRc::default());
    window
        .global::<TakePaperPort>()
        .set_document_numbers(ModelRc::default());
    window.global::<PaperQuestionPort>().set_number(nothing());
    let told = window.global::<PaperToldPort>();
    told.set_number(nothing());
    told.set_fields(ModelRc::default());
    let accepted = window.global::<AcceptedPort>();
    accepted.set_code(nothing());
    accepted.set_message_to(nothing());
    let failed = window.global::<FailedPort>();
    failed.set_request(nothing());
    failed.set_ticket(nothing());
    let help = window.global::<HelpPort>();
    help.set_proposal_label(nothing());
    help.set_proposal_value(nothing());
    help.set_pointed(nothing());
    help.set_lines(ModelRc::default());
    window.global::<UpkeepPort>().set_rows(ModelRc::default());
}

fn typed(window: &KioskWindow) {
    let nothing = SharedString::new;
    let question = window.global::<QuestionPort>();
    question.set_text(nothing());
    question.set_composing(nothing());
    question.set_suggestions(ModelRc::default());
    question.set_choices(ModelRc::default());
    let search = window.global::<SearchPort>();
    search.set_text(nothing());
    search.set_composing(nothing());
    let holdings = window.global::<HoldingsPort>();
    holdings.set_text(nothing());
    holdings.set_composing(nothing());
    let writing = window.global::<WritingPort>();
    writing.set_text(nothing());
    writing.set_composing(nothing());
    let help = window.global::<HelpPort>();
    help.set_text(nothing());
    help.set_composing(nothing());
    window.global::<ResidentNumberPort>().set_shown(nothing());
    window.global::<TelephonePort>().set_shown(nothing());
    window.global::<TicketCodePort>().set_shown(nothing());
    window.global::<PaperNumberPort>().set_text(nothing());
}
