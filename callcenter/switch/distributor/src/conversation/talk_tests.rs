//! What people hear: hold, consultation, conference, supervision, recording.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use super::{
    AGENT, Action, CALLER, ConversationCommand, ConversationEvent, Destination, Mode, PauseReason,
    Reminder, Sensitive, Target,
    stage::{Outcome, SECOND, Stage, State, THIRD, left, office, outcome},
};
use crate::{AgentId, Departure, QueueId, Transfer};

#[test]
fn a_caller_on_hold_hears_music_and_nobody_hears_him() {
    let mut stage = Stage::at(State::Talking);
    assert!(stage.hears(CALLER, AGENT) && stage.hears(AGENT, CALLER));

    let held = stage.asked(Action::Hold).unwrap();
    assert!(held.contains(&ConversationCommand::PlayMusic { leg: CALLER }));
    assert!(!stage.hears(CALLER, AGENT) && !stage.hears(AGENT, CALLER));

    let back = stage.asked(Action::Retrieve).unwrap();
    assert_eq!(back[0], ConversationCommand::StopMusic { leg: CALLER });
    assert!(stage.hears(CALLER, AGENT) && stage.hears(AGENT, CALLER));
}

#[test]
fn whoever_is_muted_is_heard_by_nobody_and_hears_all() {
    let mut stage = Stage::at(State::Conference);

    stage.asked(Action::Mute).unwrap();
    assert!(!stage.hears(CALLER, AGENT) && !stage.hears(SECOND, AGENT));
    assert!(stage.hears(AGENT, CALLER) && stage.hears(AGENT, SECOND));

    stage.asked(Action::Unmute).unwrap();
    assert!(stage.hears(CALLER, AGENT) && stage.hears(SECOND, AGENT));
}

#[test]
fn a_consultation_is_out_of_the_caller_s_hearing() {
    let stage = Stage::at(State::Consulting);

    assert!(stage.hears(AGENT, SECOND) && stage.hears(SECOND, AGENT));
    for other in [AGENT, SECOND] {
        assert!(!stage.hears(CALLER, other) && !stage.hears(other, CALLER));
    }
    assert!(stage.conversation.sound.music.contains(&CALLER));
}

#[test]
fn an_attended_transfer_leaves_the_caller_with_the_colleague() {
    let mut stage = Stage::at(State::Consulting);

    let commands = stage.asked(Action::CompleteTransfer).unwrap();

    assert!(commands.contains(&ConversationCommand::EndLeg { leg: AGENT }));
    assert!(stage.hears(CALLER, SECOND) && stage.hears(SECOND, CALLER));
    assert!(!commands.contains(&ConversationCommand::SentOut));
}

#[test]
fn a_fourth_joins_a_conference_and_everybody_hears_everybody() {
    let mut stage = Stage::at(State::Conference);
    stage
        .asked(Action::Consult(Target::Entry(office())))
        .unwrap();
    // Meanwhile the colleague keeps the caller company.
    assert!(stage.hears(CALLER, SECOND) && !stage.hears(CALLER, AGENT));
    stage.after(ConversationEvent::DialAnswered { leg: THIRD });

    stage.asked(Action::Conference).unwrap();

    let all = [CALLER, AGENT, SECOND, THIRD];
    for listener in all {
        for speaker in all.into_iter().filter(|it| *it != listener) {
            assert!(stage.hears(listener, speaker), "{listener:?} {speaker:?}");
        }
    }
    let out = stage.asked(Action::Remove(THIRD)).unwrap();
    assert!(out.contains(&ConversationCommand::EndLeg { leg: THIRD }));
    assert!(stage.hears(CALLER, SECOND));
}

#[test]
fn whoever_is_called_for_an_agent_who_left_is_not_let_in() {
    let mut stage = Stage::at(State::Conference);
    let consult = Action::Consult(Target::Entry(office()));
    stage.asked(consult).unwrap();

    let commands = stage.after(left(AGENT, Departure::HungUp));

    assert!(commands.contains(&ConversationCommand::EndLeg { leg: THIRD }));
    assert_eq!(outcome(&stage, &commands), Outcome::Talks);
    let late = stage.after(ConversationEvent::DialAnswered { leg: THIRD });
    assert_eq!(late, [ConversationCommand::EndLeg { leg: THIRD }]);
}

#[test]
fn a_blind_transfer_waits_for_the_distributor_s_word() {
    let mut stage = Stage::at(State::Talking);
    let queue = QueueId("tax".into());
    let to = Destination::Queue(queue.clone());
    let asked = stage.asked(Action::Transfer(to)).unwrap();
    assert!(asked.contains(&ConversationCommand::HandOver(Transfer::Queue(queue))));

    let done = stage.after(ConversationEvent::HandedOver);

    assert!(done.contains(&ConversationCommand::EndLeg { leg: AGENT }));
    assert!(!done.contains(&ConversationCommand::EndLeg { leg: CALLER }));
    assert_eq!(done.last(), Some(&ConversationCommand::Over));
}

#[test]
fn a_refused_transfer_gives_the_caller_back_to_the_agent_or_to_the_queue() {
    let mut stage = Stage::at(State::HandingOver);
    let commands = stage.after(ConversationEvent::HandOverRefused);
    assert_eq!(outcome(&stage, &commands), Outcome::Holds);

    let mut stage = Stage::at(State::HandingOver);
    stage.after(left(AGENT, Departure::HungUp));
    stage.now = stage.conversation.poll_timeout().unwrap();
    stage.conversation.handle_timeout(stage.now);
    let commands = stage.commands();
    assert_eq!(outcome(&stage, &commands), Outcome::Returned);
}

#[test]
fn a_party_that_never_answers_is_given_up() {
    for state in [State::Asking, State::Forwarding] {
        let mut stage = Stage::at(state);
        stage.now = stage.conversation.poll_timeout().unwrap();
        stage.conversation.handle_timeout(stage.now);

        let commands = stage.commands();
        assert_eq!(outcome(&stage, &commands), Outcome::Holds, "{state:?}");

        // Its answer crossed with our giving up.
        let late = stage.after(ConversationEvent::DialAnswered { leg: SECOND });
        assert_eq!(late, [ConversationCommand::EndLeg { leg: SECOND }]);
    }
}

#[test]
fn supervisors_are_heard_as_far_as_their_mode_goes_and_the_agent_knows() {
    let mut stage = Stage::at(State::Talking);
    stage.after(ConversationEvent::SupervisorCame {
        agent: AgentId(9),
        watching: AGENT,
        mode: Mode::Listen,
    });
    for (mode, agent_hears, caller_hears) in [
        (Mode::Listen, false, false),
        (Mode::Whisper, true, false),
        (Mode::Barge, true, true),
        (Mode::Listen, false, false),
    ] {
        stage.after(ConversationEvent::DialAnswered { leg: SECOND });
        stage.after(ConversationEvent::SupervisorChanged { leg: SECOND, mode });

        assert!(stage.hears(SECOND, CALLER) && stage.hears(SECOND, AGENT));
        assert_eq!(stage.hears(AGENT, SECOND), agent_hears, "{mode:?}");
        assert_eq!(stage.hears(CALLER, SECOND), caller_hears, "{mode:?}");
        let told = stage.conversation.sound.monitored.get(&AGENT);
        assert_eq!(told, Some(&mode));
    }

    let went = stage.after(ConversationEvent::SupervisorWent { leg: SECOND });
    let (leg, mode) = (AGENT, None);
    assert!(went.contains(&ConversationCommand::Monitored { leg, mode }));
    assert!(went.contains(&ConversationCommand::EndLeg { leg: SECOND }));
}

#[test]
fn a_supervisor_hears_a_consultation_and_follows_the_call_to_the_colleague() {
    let mut stage = Stage::at(State::Consulting);
    stage.after(ConversationEvent::SupervisorCame {
        agent: AgentId(9),
        watching: AGENT,
        mode: Mode::Whisper,
    });
    stage.after(ConversationEvent::DialAnswered { leg: THIRD });
    assert!(stage.hears(THIRD, SECOND) && !stage.hears(THIRD, CALLER));
    assert!(stage.hears(AGENT, THIRD) && !stage.hears(SECOND, THIRD));

    stage.asked(Action::CompleteTransfer).unwrap();

    assert!(stage.hears(SECOND, THIRD) && stage.hears(THIRD, CALLER));
    assert!(!stage.hears(CALLER, THIRD));
}

#[test]
fn recording_pauses_for_what_is_sensitive_and_while_the_caller_is_away() {
    let mut stage = Stage::at(State::Talking);
    let card = PauseReason::Sensitive(Sensitive::Card);
    let pause = ConversationCommand::PauseRecording;
    let resume = ConversationCommand::ResumeRecording;
    let start = ConversationCommand::StartRecording;
    let stop = ConversationCommand::StopRecording;
    for (action, expected) in [
        (Action::Record, Some(start)),
        (Action::PauseRecording(Sensitive::Card), Some(pause(card))),
        (Action::Hold, None),
        // Held still: the card is out of sight and the caller away.
        (
            Action::ResumeRecording(Sensitive::Card),
            Some(pause(PauseReason::CallerAway)),
        ),
        (Action::Retrieve, Some(resume.clone())),
        (
            Action::PauseRecording(Sensitive::ResidentNumber),
            Some(pause(PauseReason::Sensitive(Sensitive::ResidentNumber))),
        ),
        (Action::PauseRecording(Sensitive::Card), Some(pause(card))),
        (
            Action::ResumeRecording(Sensitive::Card),
            Some(pause(PauseReason::Sensitive(Sensitive::ResidentNumber))),
        ),
        (
            Action::ResumeRecording(Sensitive::ResidentNumber),
            Some(resume),
        ),
        (Action::StopRecording, Some(stop)),
    ] {
        let commands = stage.asked(action.clone()).unwrap();

        let of_tape = commands.into_iter().find(|it| {
            matches!(
                it,
                ConversationCommand::StartRecording
                    | ConversationCommand::StopRecording
                    | ConversationCommand::PauseRecording(_)
                    | ConversationCommand::ResumeRecording
            )
        });
        assert_eq!(of_tape, expected, "{action:?}");
    }
}

#[test]
fn a_forgotten_caller_and_a_forgotten_pause_are_reminded_of() {
    let mut stage = Stage::at(State::Held);
    stage.asked(Action::Record).unwrap();
    let what = Sensitive::ResidentNumber;
    stage.asked(Action::PauseRecording(what)).unwrap();
    for _ in 0..3 {
        stage.now += Duration::from_secs(60);
        stage.conversation.handle_timeout(stage.now);

        let reminded = stage.commands();
        for of in [Reminder::CallerHeld, Reminder::RecordingPaused] {
            let leg = AGENT;
            assert!(reminded.contains(&ConversationCommand::Remind { leg, of }));
        }
    }
}
