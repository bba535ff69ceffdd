//! The petition that is read, its answer, and the form of what is done with it.

use desk_ui::{
    AnswerStage, FilePlaceName, FileRow, GroundRow, OfficeRow, OtherRow, PetitionForm,
    PetitionStep, PetitionsPort,
};
use privacy::Personal;
use slint::SharedString;

use super::{
    super::{count, rows},
    names, row,
};
use crate::petitions::{
    AnswerView, FilePlace, FileView, FormView, GroundView, LetterView, OfficeView, OtherView,
    StepView,
};

pub(super) fn show(port: &PetitionsPort<'_>, letter: &LetterView) {
    port.set_number(letter.number.as_str().into());
    port.set_row(row(&letter.row));
    let (name, address) = (letter.name.reveal(), letter.address.reveal());
    let from = match (name.is_empty(), address.is_empty()) {
        (true, _) => address.clone(),
        (false, true) => name.clone(),
        (false, false) => format!("{name} <{address}>"),
    };
    port.set_from(from.into());
    port.set_text(shown(&letter.text));
    let route = &letter.route;
    port.set_has_office(route.known);
    port.set_word(route.word.as_str().into());
    port.set_duty(route.duty.as_str().into());
    port.set_district(route.district.as_str().into());
    port.set_handed_over(route.handed_over);
    port.set_appeal(letter.appeal.as_ref().map(shown).unwrap_or_default());
    let earlier = letter.earlier.iter().map(shown).collect();
    if let Some(model) = rows::update(&port.get_earlier(), earlier) {
        port.set_earlier(model);
    }
    port.set_files_in_all(count(letter.files));
    let leads_to = letter.leads_to.as_ref();
    port.set_is_joined(leads_to.is_some());
    port.set_leads_to(leads_to.map(other).unwrap_or_default());
    let joined = letter.joined.iter().map(other).collect();
    if let Some(model) = rows::update(&port.get_joined(), joined) {
        port.set_joined(model);
    }
    port.set_joined_in_all(count(letter.joined_in_all));
    port.set_alike(count(letter.like));
    let steps = letter.steps.iter().map(step).collect();
    if let Some(model) = rows::update(&port.get_steps(), steps) {
        port.set_steps(model);
    }
    if let Some(model) = rows::update(&port.get_may(), letter.may.to_vec()) {
        port.set_may(model);
    }
    port.set_extends_by(count(letter.extends_by));
    port.set_decides(letter.decides);
    port.set_decision(names::decision(letter.decision));
    port.set_decided_before(names::decision(letter.decided_before));
    port.set_ground(letter.ground.as_str().into());
    show_answer(port, &letter.answer);
    show_form(port, letter.form.as_ref());
}

fn show_answer(port: &PetitionsPort<'_>, answer: &AnswerView) {
    let none = SharedString::default();
    let (text, by) = match answer {
        AnswerView::ToTake { .. } | AnswerView::Writing { .. } => (none.clone(), none),
        AnswerView::Given { agent, text } | AnswerView::WaitsForAuthor { agent, text } => {
            (shown(text), agent.as_str().into())
        }
        AnswerView::OnItsWay { text } | AnswerView::NotTaken { text, .. } => (shown(text), none),
    };
    port.set_answer(text);
    port.set_answered_by(by);
    if let AnswerView::NotTaken { fault, .. } = answer {
        port.set_refusal(names::fault(*fault));
    }
    if let AnswerView::Writing { line, start } = answer {
        port.set_start(shown(start));
        port.set_odd(line % 2 == 1);
    }
    // Last, so that a line comes up with its words in place.
    port.set_stage(match answer {
        AnswerView::ToTake { asked: false } => AnswerStage::ToTake,
        AnswerView::ToTake { asked: true } => AnswerStage::Asked,
        AnswerView::Writing { .. } => AnswerStage::Writing,
        AnswerView::Given { .. } => AnswerStage::Given,
        AnswerView::OnItsWay { .. } => AnswerStage::OnItsWay,
        AnswerView::WaitsForAuthor { .. } => AnswerStage::WaitsForAuthor,
        AnswerView::NotTaken { .. } => AnswerStage::NotTaken,
    });
}

fn show_form(port: &PetitionsPort<'_>, form: Option<&FormView>) {
    let Some(form) = form else {
        port.set_form(PetitionForm::None);
        return;
    };
    let offices = form.offices.iter().map(office).collect();
    if let Some(model) = rows::update(&port.get_offices(), offices) {
        port.set_offices(model);
    }
    port.set_offices_known(form.offices_known);
    port.set_more_offices(count(form.more_offices));
    let others = form.others.iter().map(other).collect();
    if let Some(model) = rows::update(&port.get_others(), others) {
        port.set_others(model);
    }
    let files = form.files.iter().map(file).collect();
    if let Some(model) = rows::update(&port.get_files(), files) {
        port.set_files(model);
    }
    let grounds = form.grounds.iter().map(ground).collect();
    if let Some(model) = rows::update(&port.get_grounds(), grounds) {
        port.set_grounds(model);
    }
    port.set_chosen_ground(form.ground.map_or(-1, count));
    port.set_reason(shown(&form.reason));
    port.set_doing(form.doing);
    port.set_form(names::form(form.act));
    // Last: whoever is chosen gives the focus on.
    port.set_chosen(form.chosen.map_or(-1, count));
}

fn office(view: &OfficeView) -> OfficeRow {
    OfficeRow {
        name: view.name.as_str().into(),
        duties: view.duties.as_str().into(),
        telephone: view.telephone.as_str().into(),
    }
}

fn ground(view: &GroundView) -> GroundRow {
    GroundRow {
        clause: view.clause.as_str().into(),
        title: view.title.as_str().into(),
    }
}

fn other(view: &OtherView) -> OtherRow {
    OtherRow {
        number: view.number.as_str().into(),
        subject: shown(&view.subject),
        percent: count(view.percent),
        same_person: view.same_person,
    }
}

fn file(view: &FileView) -> FileRow {
    let (place, path) = match &view.kept {
        FilePlace::Exchange => (FilePlaceName::Exchange, SharedString::default()),
        FilePlace::Mailbox => (FilePlaceName::Mailbox, SharedString::default()),
        FilePlace::Saved(path) => (FilePlaceName::Saved, shown(path)),
    };
    FileRow {
        name: shown(&view.name),
        kind: names::file_kind(view.kind),
        kilobytes: view.kilobytes.to_string().into(),
        place,
        path,
    }
}

fn step(view: &StepView) -> PetitionStep {
    PetitionStep {
        when: view.when.as_str().into(),
        what: names::step(view.what),
        office: view.office.as_str().into(),
        agent: view.agent.as_str().into(),
        reason: shown(&view.reason),
        due: view.due.as_str().into(),
        stars: count(view.stars),
    }
}

fn shown(words: &Personal<String>) -> SharedString {
    words.reveal().as_str().into()
}
