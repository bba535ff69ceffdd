//! Conversations of chance: everybody does whatever he likes, and nobody is
//! left hanging.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{
    Action, Conversation, ConversationEvent, Destination, LegId, Mode, Sensitive, Target,
    observer::Observer,
};
use crate::{AgentId, Departure, EntryId, QueueId};

fn leg() -> impl Strategy<Value = LegId> {
    (0u32..6).prop_map(LegId)
}

fn action() -> impl Strategy<Value = Action> {
    let what = prop_oneof![
        Just(Sensitive::Card),
        Just(Sensitive::ResidentNumber),
        Just(Sensitive::AgentsWish)
    ];
    let entry = || EntryId("tax-office".into());
    prop_oneof![
        3 => Just(Action::Hold),
        3 => Just(Action::Retrieve),
        1 => Just(Action::Mute),
        1 => Just(Action::Unmute),
        3 => Just(Action::Consult(Target::Agent(AgentId(7)))),
        3 => Just(Action::Consult(Target::Entry(entry()))),
        1 => Just(Action::EndConsultation),
        2 => Just(Action::CompleteTransfer),
        3 => Just(Action::Conference),
        1 => Just(Action::Transfer(Destination::Queue(QueueId("tax".into())))),
        1 => Just(Action::Transfer(Destination::Agent(AgentId(7)))),
        1 => Just(Action::Transfer(Destination::Entry(entry()))),
        1 => leg().prop_map(Action::Remove),
        2 => Just(Action::Record),
        1 => Just(Action::StopRecording),
        2 => what.clone().prop_map(Action::PauseRecording),
        2 => what.prop_map(Action::ResumeRecording),
        1 => Just(Action::End),
    ]
}

fn event() -> impl Strategy<Value = ConversationEvent> {
    let how = prop_oneof![Just(Departure::HungUp), Just(Departure::Lost)];
    let mode = prop_oneof![Just(Mode::Listen), Just(Mode::Whisper), Just(Mode::Barge)];
    prop_oneof![
        24 => (1u32..5, action()).prop_map(|(by, action)| {
            ConversationEvent::Asked { by: LegId(by), action }
        }),
        12 => leg().prop_map(|leg| ConversationEvent::DialAnswered { leg }),
        3 => leg().prop_map(|leg| ConversationEvent::DialFailed { leg }),
        3 => (leg(), how).prop_map(|(leg, how)| ConversationEvent::Left { leg, how }),
        1 => Just(ConversationEvent::HandedOver),
        2 => Just(ConversationEvent::HandOverRefused),
        2 => (leg(), mode.clone()).prop_map(|(watching, mode)| {
            ConversationEvent::SupervisorCame { agent: AgentId(99), watching, mode }
        }),
        2 => (leg(), mode).prop_map(|(leg, mode)| {
            ConversationEvent::SupervisorChanged { leg, mode }
        }),
        1 => leg().prop_map(|leg| ConversationEvent::SupervisorWent { leg }),
    ]
}

/// Plays the events; the answer is whether all laws held.
fn play(events: Vec<(ConversationEvent, u64)>) -> Result<Observer, String> {
    let mut now = Instant::now();
    let mut conversation = Conversation::new(AgentId(1));
    let mut observer = Observer::new();
    look(&mut conversation, &mut observer, now)?;
    for (event, pause) in events {
        now += Duration::from_secs(pause);
        if conversation.poll_timeout().is_some_and(|due| due <= now) {
            conversation.handle_timeout(now);
            look(&mut conversation, &mut observer, now)?;
        }
        if !observer.possible(&event) {
            continue;
        }
        if conversation.handle(event.clone(), now).is_ok() {
            observer.hear(&event);
        }
        look(&mut conversation, &mut observer, now)
            .map_err(|problem| format!("{event:?}: {problem}"))?;
    }
    Ok(observer)
}

fn look(
    conversation: &mut Conversation,
    observer: &mut Observer,
    now: Instant,
) -> Result<(), String> {
    while let Some(command) = conversation.poll_command() {
        observer
            .see(&command)
            .map_err(|problem| format!("{command:?}: {problem}"))?;
    }
    observer.check(conversation, now)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn whatever_happens_nobody_is_left_hanging(
        events in prop::collection::vec((event(), 0u64..20), 0..60),
    ) {
        if let Err(broken) = play(events) {
            prop_assert!(false, "{broken}");
        }
    }

    /// However far it went, the caller's end is everybody's end.
    #[test]
    fn a_caller_who_leaves_ends_it_for_everybody(
        mut events in prop::collection::vec((event(), 0u64..20), 0..30),
    ) {
        let leg = LegId(0);
        let how = Departure::HungUp;
        events.push((ConversationEvent::Left { leg, how }, 1));
        match play(events) {
            Ok(observer) => prop_assert!(observer.over),
            Err(broken) => prop_assert!(false, "{broken}"),
        }
    }
}
