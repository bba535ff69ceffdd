//! The window's face: what the workplace says goes in, keys and hands come out.
//!
//! One adapter per part of the window; these are the only files that know Slint.
//! All of it runs on the window's own thread.

mod attention;
mod bars;
mod board;
mod checks;
mod directory;
mod disposition;
mod form;
mod helping;
mod keys;
mod knowledge;
mod petitions;
mod postings;
mod rail;
mod reviews;
mod rows;
mod sending;
mod sound;
mod telephone;
mod typing_in;
mod worklist;

use desk_ui::{
    CallerLevel, Contrast, DeskPort, DeskWindow, NoticeName, PaneName, SignInName, Sizes, Theme,
    Words,
};
use slint::ComponentHandle;

use crate::{
    preparation::{Caller, PreparationView},
    telephone::SignInFault,
    workplace::{
        Touch,
        view::{Notice, PaneView, View},
    },
};

/// Lets every control of the window report.
pub fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    window
        .global::<Words>()
        .on_keep(|text| typing::keep_words_together(&text).into());
    keys::connect(window, touch.clone());
    typing_in::connect(window, touch.clone());
    worklist::connect(window, touch.clone());
    attention::connect(window, touch.clone());
    board::connect(window, touch.clone());
    helping::connect(window, touch.clone());
    petitions::connect(window, touch.clone());
    knowledge::connect(window, touch.clone());
    postings::connect(window, touch.clone());
    sending::connect(window, touch.clone());
    checks::connect(window, touch.clone());
    reviews::connect(window, touch.clone());
    sound::connect(window, touch.clone());
    form::connect(window, touch);
}

/// Shows one moment of the workplace. Only what differs from the last one moves.
pub fn show(window: &DeskWindow, view: &View) {
    window.global::<Sizes>().set_large_text(view.large_text);
    let theme = window.global::<Theme>();
    theme.set_contrast(if view.high_contrast {
        Contrast::WhiteOnBlack
    } else {
        Contrast::Standard
    });
    let code = view.language.code();
    if let Err(error) = slint::select_bundled_translation(code) {
        tracing::warn!(code, %error, "A language has no translation");
    }
    bars::show(window, &view.line);
    rail::show(window, view);
    telephone::show(window, &view.telephone);
    match &view.pane {
        PaneView::SignIn { .. } | PaneView::Broken => {}
        PaneView::Worklist(worklist) => worklist::show(window, worklist),
        PaneView::Attention(attention) => attention::show(window, attention),
        PaneView::Directory(directory) => directory::show(window, directory),
        PaneView::Board(board) => board::show(window, board),
        PaneView::Helping(helping) => helping::show(window, helping),
        PaneView::Petitions(petitions) => petitions::show(window, petitions),
        PaneView::Knowledge(knowledge) => knowledge::show(window, knowledge),
        PaneView::Postings(postings) => postings::show(window, postings),
        PaneView::Sending(sending) => sending::show(window, sending),
        PaneView::Checks(checks) => checks::show(window, checks),
        PaneView::Reviews(reviews) => reviews::show(window, reviews),
        PaneView::Disposition(disposition) => disposition::show(window, disposition),
        PaneView::Sound(sound) => sound::show(window, sound),
        PaneView::Preparation(preparation) => form::show(window, preparation),
    }
    // Last, so that a pane comes up with its content in place.
    let port = window.global::<DeskPort>();
    port.set_office(view.office.as_str().into());
    port.set_agent(view.agent.as_deref().unwrap_or_default().into());
    port.set_supervisor(view.supervisor);
    port.set_moderator(view.moderator);
    port.set_checks_waiting(count(view.checks_waiting));
    port.set_reviews_new(view.reviews_new);
    show_sign_in(&port, &view.pane);
    port.set_notice(match view.notice {
        None => NoticeName::None,
        Some(Notice::Unfinished) => NoticeName::Unfinished,
        Some(Notice::TransferWhere) => NoticeName::TransferWhere,
        Some(Notice::NoRoom) => NoticeName::NoRoom,
        Some(Notice::SwitchAway) => NoticeName::SwitchAway,
        Some(Notice::SignInAgain) => NoticeName::SignInAgain,
        Some(Notice::NotNow) => NoticeName::NotNow,
        Some(Notice::UnknownDestination) => NoticeName::UnknownDestination,
        Some(Notice::AtTheTelephone) => NoticeName::AtTheTelephone,
        Some(Notice::NoCall) => NoticeName::NoCall,
        Some(Notice::AskFirst) => NoticeName::AskFirst,
        Some(Notice::NotAnswered) => NoticeName::NotAnswered,
        Some(Notice::Consulting) => NoticeName::Consulting,
        Some(Notice::NotLeading) => NoticeName::NotLeading,
        Some(Notice::NotRecorded) => NoticeName::NotRecorded,
        Some(Notice::HelpAsked) => NoticeName::HelpAsked,
        Some(Notice::HelpWanted) => NoticeName::HelpWanted,
        Some(Notice::SupervisorsOnly) => NoticeName::SupervisorsOnly,
        Some(Notice::ChooseAgent) => NoticeName::ChooseAgent,
        Some(Notice::AgentNotTalking) => NoticeName::AgentNotTalking,
        Some(Notice::NotMonitoring) => NoticeName::NotMonitoring,
        Some(Notice::UnsavedReview) => NoticeName::UnsavedReview,
    });
    port.set_caller(match view.caller {
        None => CallerLevel::Closed,
        Some(Caller::Unknown) => CallerLevel::Unknown,
        Some(Caller::Stated) => CallerLevel::Stated,
        Some(Caller::Checked) => CallerLevel::Checked,
    });
    let may_be_said = view.may_be_said.to_vec();
    if let Some(model) = rows::update(&port.get_may_be_said(), may_be_said) {
        port.set_may_be_said(model);
    }
    port.set_pane(name(&view.pane));
}

fn show_sign_in(port: &DeskPort<'_>, pane: &PaneView) {
    let PaneView::SignIn {
        refused,
        passphrase,
        checking,
        fault,
    } = pane
    else {
        return;
    };
    port.set_sign_in_refused(*refused);
    port.set_asks_passphrase(*passphrase);
    port.set_checking_passphrase(*checking);
    let (name, detail) = match fault {
        None => (SignInName::None, String::new()),
        Some(SignInFault::WrongPassphrase) => (SignInName::Wrong, String::new()),
        Some(SignInFault::LockedOut(seconds)) => (SignInName::LockedOut, seconds.to_string()),
        Some(SignInFault::Elsewhere(station)) => (SignInName::Elsewhere, station.clone()),
        Some(SignInFault::Unknown) => (SignInName::Unknown, String::new()),
        Some(SignInFault::Over | SignInFault::Busy) => (SignInName::Again, String::new()),
    };
    port.set_sign_in_fault(name);
    port.set_sign_in_detail(detail.into());
}

fn name(pane: &PaneView) -> PaneName {
    match pane {
        PaneView::SignIn { .. } => PaneName::SignIn,
        PaneView::Broken => PaneName::Broken,
        PaneView::Worklist(_) => PaneName::Worklist,
        PaneView::Attention(_) => PaneName::Attention,
        PaneView::Directory(_) => PaneName::Directory,
        PaneView::Board(_) => PaneName::Board,
        PaneView::Helping(_) => PaneName::Helping,
        PaneView::Petitions(_) => PaneName::Petitions,
        PaneView::Knowledge(_) => PaneName::Knowledge,
        PaneView::Postings(_) => PaneName::Postings,
        PaneView::Sending(_) => PaneName::Sending,
        PaneView::Checks(_) => PaneName::Checks,
        PaneView::Reviews(_) => PaneName::Reviews,
        PaneView::Disposition(_) => PaneName::Disposition,
        PaneView::Sound(_) => PaneName::Sound,
        PaneView::Preparation(preparation) => match &**preparation {
            PreparationView::Find(_) => PaneName::Find,
            PreparationView::Explain(_) => PaneName::Explain,
            PreparationView::Identify(_) => PaneName::Identify,
            PreparationView::Fill(_) => PaneName::Fill,
            PreparationView::Consent(_) => PaneName::Consent,
            PreparationView::Review(_) => PaneName::Review,
            PreparationView::Read(_) => PaneName::Read,
        },
    }
}

fn count(number: impl TryInto<i32>) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}
