//! The handset beside an agent's help: called when they come, hung up when they go.

use handover::AttendantEvent;
use request::RequestEvent;
use softphone::Volume;

use super::{
    citizen::{Citizen, LAND},
    town::Town,
};
use crate::{
    handset::{HandsetOrder, Voice},
    visit::{
        Event, Touch,
        step::Step,
        view::{HelpState, Speaking},
    },
};

/// At the first question of the land ledger of a kiosk with a handset, with an agent.
fn helped() -> Town {
    let mut town = Town::default();
    town.visit.site.handset = true;
    let first = |step| matches!(step, Step::Asking { question: 0, .. });
    Citizen::asking_for(LAND).walk_until(&mut town, first);
    town.touch(Touch::AskForAgent);
    assert!(town.view.as_ref().unwrap().help.handset);
    town.touch(Touch::LetAgentSee);
    town.pass_seconds(1);
    assert!(town.handset.is_empty(), "nobody is there to be called");
    town.agent_comes();
    town
}

fn speaking(town: &Town) -> Option<Speaking> {
    match &town.view.as_ref().unwrap().help.state {
        HelpState::Helping(helping) => helping.speaking,
        other => panic!("{other:?}"),
    }
}

fn tell(town: &mut Town, voice: Voice) {
    let now = town.now;
    town.visit.handle(Event::Voice(voice), now);
    town.pass_seconds(1);
}

fn ordered(town: &mut Town) -> Vec<HandsetOrder> {
    std::mem::take(&mut town.handset)
}

#[test]
fn the_agent_who_has_come_is_called_about_the_request_and_hung_up_on_when_the_help_ends() {
    let mut town = helped();
    let request = town.requests.last().cloned();
    let orders = ordered(&mut town);
    let [
        HandsetOrder::SetVolume(Volume::Medium),
        HandsetOrder::Call {
            room,
            request: about,
        },
    ] = &orders[..]
    else {
        panic!("{orders:?}");
    };
    assert!(room.starts_with("town-"), "{room}");
    assert_eq!(*about, request);
    let events = town.journal.events(&request.unwrap()).unwrap();
    let begun = |it: &RequestEvent| matches!(it, RequestEvent::AssistanceBegun { .. });
    assert!(events.iter().any(begun), "written down before it is done");
    assert_eq!(speaking(&town).unwrap().voice, Voice::Calling);

    town.agent(AttendantEvent::Leave);

    assert_eq!(ordered(&mut town), [HandsetOrder::HangUp]);
}

#[test]
fn whoever_goes_away_has_hung_up() {
    let mut town = helped();
    tell(&mut town, Voice::Talking);
    ordered(&mut town);

    town.touch(Touch::StartOver);

    assert_eq!(ordered(&mut town), [HandsetOrder::HangUp]);
}

#[test]
fn a_kiosk_without_a_handset_calls_nobody_and_shows_none() {
    let mut town = Town::default();
    let first = |step| matches!(step, Step::Asking { question: 0, .. });
    Citizen::asking_for(LAND).walk_until(&mut town, first);
    town.touch(Touch::AskForAgent);
    town.touch(Touch::LetAgentSee);
    town.pass_seconds(1);
    town.agent_comes();

    assert_eq!(speaking(&town), None);
    for touch in [Touch::OpenHandset, Touch::Louder, Touch::CallFromHandset] {
        town.touch(touch);
    }

    assert!(town.handset.is_empty());
}

#[test]
fn who_hangs_up_goes_on_in_typed_lines_and_may_call_again() {
    let mut town = helped();
    tell(&mut town, Voice::Talking);
    ordered(&mut town);
    town.touch(Touch::OpenHandset);

    town.touch(Touch::HangUpHandset);
    assert_eq!(ordered(&mut town), [HandsetOrder::HangUp]);
    assert_eq!(speaking(&town).unwrap().voice, Voice::HungUp);
    town.touch(Touch::CallFromHandset);

    assert!(matches!(
        ordered(&mut town)[..],
        [HandsetOrder::Call { .. }]
    ));
    let shown = speaking(&town).unwrap();
    assert_eq!((shown.voice, shown.open), (Voice::Calling, true));
}

#[test]
fn the_volume_is_the_citizens_and_the_next_one_has_it_as_it_was() {
    let mut town = helped();
    ordered(&mut town);

    town.touch(Touch::Louder);
    town.touch(Touch::Louder);
    town.touch(Touch::Louder);
    town.touch(Touch::Softer);
    let wanted = [Volume::High, Volume::Highest, Volume::Highest, Volume::High];
    assert_eq!(ordered(&mut town), wanted.map(HandsetOrder::SetVolume));
    assert_eq!(speaking(&town).unwrap().volume, Volume::High);
    town.agent(AttendantEvent::Leave);
    town.touch(Touch::EndHelp);
    ordered(&mut town);
    town.touch(Touch::AskForAgent);
    town.touch(Touch::LetAgentSee);
    town.pass_seconds(1);
    town.agent_comes();

    let first = ordered(&mut town).remove(0);
    assert_eq!(first, HandsetOrder::SetVolume(Volume::Medium));
}

#[test]
fn what_the_handset_says_after_the_help_is_nobodys() {
    let mut town = helped();
    town.touch(Touch::EndHelp);

    tell(&mut town, Voice::Talking);

    let state = town.view.as_ref().unwrap().help.state.clone();
    assert_eq!(state, HelpState::None);
}
