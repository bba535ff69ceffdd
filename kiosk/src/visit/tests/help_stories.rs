//! An agent called to the screen: what they may see, and that the citizen's hand decides.

use handover::{AttendantEvent, AttendantReport, FIELDS_MAX, Form, Place, Shareable};
use request::{AssistanceEnding, FormField, RequestEvent};

use super::{
    citizen::{Citizen, HOUSEHOLD, LAND},
    town::{ExchangeMood, Town},
};
use crate::visit::{
    Key, Touch,
    step::Step,
    view::{HelpEnding, HelpState, Helping, LineRefusal, Screen},
};

const DASOM: &str = "4199710100";

fn help(town: &Town) -> HelpState {
    town.view.as_ref().unwrap().help.state.clone()
}

fn helping(town: &Town) -> Helping {
    match help(town) {
        HelpState::Helping(helping) => *helping,
        other => panic!("{other:?}"),
    }
}

fn call(town: &mut Town) {
    town.touch(Touch::AskForAgent);
    town.touch(Touch::LetAgentSee);
    town.pass_seconds(1);
}

/// At the first question of the land ledger, with an agent who sees it.
fn helped() -> Town {
    let mut town = Town::default();
    let first = |step| matches!(step, Step::Asking { question: 0, .. });
    Citizen::asking_for(LAND).walk_until(&mut town, first);
    call(&mut town);
    town.agent_comes();
    town
}

fn propose(town: &mut Town, field: FormField, value: &str) {
    let value = Shareable::new(value).unwrap();
    town.agent(AttendantEvent::Propose { field, value });
}

fn question(id: &str) -> FormField {
    FormField::Question(id.to_owned())
}

fn forms(town: &Town) -> Vec<Form> {
    let saw = town.desk.told.iter().filter_map(|it| match it {
        AttendantReport::Saw(form) => Some(form.clone()),
        _ => None,
    });
    saw.collect()
}

fn events(town: &Town) -> Vec<RequestEvent> {
    town.journal.events(town.requests.last().unwrap()).unwrap()
}

#[test]
fn where_no_desk_comes_to_the_screen_nobody_is_promised_one() {
    let mut town = Town::default();
    town.visit.site.agents_at_screen = false;
    let first = |step| matches!(step, Step::Asking { question: 0, .. });
    Citizen::asking_for(LAND).walk_until(&mut town, first);

    town.touch(Touch::AskForAgent);

    assert!(!town.view.as_ref().unwrap().help.offered);
    assert_eq!(help(&town), HelpState::None);
}

#[test]
fn nobody_sees_anything_before_the_citizen_has_agreed_and_somebody_has_come() {
    let mut town = Town::default();
    let first = |step| matches!(step, Step::Asking { question: 0, .. });
    Citizen::asking_for(LAND).walk_until(&mut town, first);

    town.touch(Touch::AskForAgent);
    assert_eq!(help(&town), HelpState::Asking);
    assert!(town.desk.rooms.is_empty());
    town.touch(Touch::KeepToMyself);
    assert_eq!(help(&town), HelpState::None);
    assert!(town.desk.rooms.is_empty());

    call(&mut town);
    assert_eq!(help(&town), HelpState::Waiting { ahead: Some(0) });
    assert!(forms(&town).is_empty());
    town.agent_comes();
    assert_eq!(forms(&town)[0].at, Place::Question("district".to_owned()));
    assert!(forms(&town)[0].fields.len() < FIELDS_MAX);
}

#[test]
fn a_confirmed_value_is_filled_in_and_a_declined_one_is_not_and_both_are_written_down() {
    let mut town = helped();

    propose(&mut town, question("district"), DASOM);
    let proposed = helping(&town).proposal.unwrap();
    assert_eq!(proposed.value, "한빛시 다솜구 별내동");
    town.touch(Touch::AcceptProposal(proposed.number));
    assert!(matches!(town.screen(), Screen::Question(it) if it.label.contains("지번")));
    // Until the agent has heard it.
    town.agent(AttendantEvent::PointAt(None));

    propose(&mut town, question("parcel_number"), "77");
    let proposed = helping(&town).proposal.unwrap();
    town.touch(Touch::DeclineProposal(proposed.number));
    town.agent(AttendantEvent::PointAt(Some(question("parcel_number"))));

    let request = town.request();
    assert_eq!(request.filled_by_agent(), [question("district")]);
    assert!(!request.answers.contains_key("parcel_number"));
    let told = |wanted: fn(&AttendantReport) -> bool| town.desk.told.iter().any(wanted);
    assert!(told(|it| matches!(it, AttendantReport::Confirmed(_))));
    assert!(told(|it| matches!(it, AttendantReport::Declined(_))));
    let about_help = |it: &&RequestEvent| {
        matches!(
            it,
            RequestEvent::AssistanceBegun { .. }
                | RequestEvent::ValueProposed { .. }
                | RequestEvent::ProposalAccepted
                | RequestEvent::ProposalDeclined
        )
    };
    assert_eq!(events(&town).iter().filter(about_help).count(), 5);
    assert_eq!(helping(&town).pointed, "지번이 무엇인가요?");
}

#[test]
fn what_does_not_fit_the_field_is_declined_without_asking_the_citizen() {
    let mut town = helped();

    for (field, value) in [
        (question("district"), "0000000000"),
        (question("parcel_number"), "012"),
        (FormField::Copies, "6"),
        (FormField::Copies, "two"),
    ] {
        propose(&mut town, field, value);
        assert_eq!(helping(&town).proposal, None, "{value}");
    }

    let declined = |it: &&AttendantReport| matches!(it, AttendantReport::Declined(_));
    assert_eq!(town.desk.told.iter().filter(declined).count(), 4);
    assert!(town.request().answers.is_empty());
}

#[test]
fn a_late_touch_on_a_proposal_that_was_taken_back_fills_in_nothing() {
    let mut town = helped();
    propose(&mut town, question("district"), DASOM);
    let first = helping(&town).proposal.unwrap().number;
    town.agent(AttendantEvent::TakeBack);
    propose(&mut town, question("district"), "4199710200");

    town.touch(Touch::AcceptProposal(first));

    assert!(town.request().answers.is_empty());
    assert_eq!(helping(&town).proposal.unwrap().number, first + 1);
}

#[test]
fn neither_the_number_nor_the_card_nor_the_name_is_in_any_form() {
    let mut town = Town::default();
    let mut citizen = Citizen::asking_for(HOUSEHOLD);
    citizen.walk_until(&mut town, |step| matches!(step, Step::InsertingCard(_)));
    call(&mut town);
    town.agent_comes();

    citizen.walk_until(&mut town, |step| step == Step::Reviewing);
    town.agent(AttendantEvent::PointAt(None));
    town.agent(AttendantEvent::PointAt(None));

    let forms = forms(&town);
    assert_eq!(forms[0].at, Place::Hidden);
    assert_eq!(forms.last().unwrap().at, Place::Review);
    let person = citizen.person;
    for form in forms {
        let values = form.fields.iter().filter_map(|it| it.value.as_ref());
        for value in values.map(|it| it.text().reveal()) {
            assert!(!value.contains(person.name) && !value.contains(&person.resident_number[..6]));
        }
    }
}

#[test]
fn a_citizen_who_goes_leaves_no_room_behind_and_nothing_on_the_screen() {
    let mut town = helped();
    town.agent(AttendantEvent::Say(Shareable::new("안녕하세요").unwrap()));
    assert!(helping(&town).talk.is_some());

    for _ in 0..5 {
        town.pass_seconds(17);
        town.agent(AttendantEvent::PointAt(None));
    }

    assert!(town.desk.rooms.is_empty());
    assert_eq!(help(&town), HelpState::None);
    let ended = RequestEvent::AssistanceEnded {
        by: AssistanceEnding::ByCitizen,
    };
    assert!(events(&town).contains(&ended));
    assert_eq!(town.desk.told.last(), Some(&AttendantReport::Ended));
}

#[test]
fn an_agent_who_leaves_or_vanishes_leaves_the_form_as_it_was() {
    let mut town = helped();
    propose(&mut town, question("district"), DASOM);
    town.agent(AttendantEvent::Leave);
    assert_eq!(help(&town), HelpState::Ended(HelpEnding::ByAgent));
    assert!(matches!(town.screen(), Screen::Question(_)));
    town.touch(Touch::EndHelp);
    assert_eq!(help(&town), HelpState::None);
    assert!(town.desk.rooms.is_empty());

    call(&mut town);
    town.agent_comes();
    for _ in 0..4 {
        town.pass_seconds(15);
        town.touch(Touch::StayHere);
    }
    town.desk.cut = true;
    for _ in 0..4 {
        town.pass_seconds(15);
        town.touch(Touch::StayHere);
    }

    assert_eq!(help(&town), HelpState::Ended(HelpEnding::LineLost));
    assert!(matches!(town.screen(), Screen::Question(_)));
}

#[test]
fn the_citizen_writes_to_the_agent_and_no_resident_number_gets_out() {
    let mut town = helped();
    town.touch(Touch::OpenTalk);
    let type_in = |town: &mut Town, text: &str| {
        for letter in text.chars() {
            town.touch(Touch::TalkKey(Key::Character(letter)));
        }
        town.touch(Touch::SayLine);
    };

    type_in(&mut town, "ㅎㅏㄴ");
    type_in(&mut town, "900101-2990014");
    town.agent(AttendantEvent::PointAt(None));

    let talk = helping(&town).talk.unwrap();
    assert_eq!(talk.refusal, Some(LineRefusal::Number));
    assert_eq!(talk.lines.len(), 1);
    let heard = town.desk.told.iter().filter_map(|it| match it {
        AttendantReport::Heard(text) => Some(text.text().reveal().clone()),
        _ => None,
    });
    assert_eq!(heard.collect::<Vec<_>>(), ["한"]);
}

#[test]
fn nobody_is_offered_an_agent_who_cannot_be_called() {
    let mut town = Town::default();
    assert!(!town.view.as_ref().unwrap().help.offered);
    town.touch(Touch::Start);
    assert!(town.view.as_ref().unwrap().help.offered);

    town.set_exchange(ExchangeMood::Away);
    assert!(!town.view.as_ref().unwrap().help.offered);
    town.touch(Touch::AskForAgent);
    assert_eq!(help(&town), HelpState::None);
}

#[test]
fn a_helped_visit_goes_on_to_its_paper() {
    let mut town = helped();
    propose(&mut town, question("district"), DASOM);
    let number = helping(&town).proposal.unwrap().number;
    town.touch(Touch::AcceptProposal(number));
    let second = |step| matches!(step, Step::Asking { question: 1, .. });
    assert!(second(town.visit.step));
    town.touch(Touch::EndHelp);

    let mut citizen = Citizen::asking_for(LAND);
    citizen.walk_home(&mut town);

    assert_eq!(town.printer.ordered.len(), 1);
    let helped = events(&town);
    let begun = |it: &RequestEvent| matches!(it, RequestEvent::AssistanceBegun { .. });
    assert!(helped.iter().any(begun));
}

#[test]
fn an_agent_proposes_a_day_that_exists_and_the_citizen_reads_it_in_words() {
    let mut town = Town::default();
    let first = |step| matches!(step, Step::Asking { question: 0, .. });
    Citizen::asking_for("weather-certificate").walk_until(&mut town, first);
    call(&mut town);
    town.agent_comes();

    propose(&mut town, question("day"), "2026-02-30");
    assert_eq!(helping(&town).proposal, None);
    propose(&mut town, question("day"), "2026-07-17");

    let proposed = helping(&town).proposal.unwrap();
    assert_eq!(proposed.value, "2026년 7월 17일");
    town.touch(Touch::AcceptProposal(proposed.number));
    let answer = &town.visit.person.answers["day"];
    assert_eq!(answer.reveal(), "2026-07-17");
}
