//! Who may do what in which state, and what becomes of the others when somebody
//! hangs up or vanishes.

use super::{
    AGENT, Action, CALLER, ConversationCommand, Destination, Forbidden, LegId, Sensitive,
    stage::{Outcome, SECOND, STATES, Stage, State, colleague, left, office, outcome},
};
use crate::{Departure, QueueId};

#[test]
fn a_caller_who_goes_takes_everybody_along_in_every_state() {
    for state in STATES {
        for how in [Departure::HungUp, Departure::Lost] {
            let mut stage = Stage::at(state);
            let others: Vec<LegId> = stage.conversation.legs.keys().copied().collect();

            let commands = stage.after(left(CALLER, how));

            assert_eq!(outcome(&stage, &commands), Outcome::Ended, "{state:?}");
            for leg in others.into_iter().filter(|it| *it != CALLER) {
                let ended = ConversationCommand::EndLeg { leg };
                assert!(commands.contains(&ended), "{state:?}: {leg:?}");
            }
            assert_eq!(commands.last(), Some(&ConversationCommand::Over));
            assert_eq!(stage.conversation.poll_timeout(), None);
        }
    }
}

#[test]
fn an_agent_who_goes_leaves_no_caller_alone_in_any_state() {
    use Outcome::{Ended, Returned, Talks, Unchanged, WithOffice};
    for (state, hung_up, lost) in [
        (State::Talking, Ended, Returned),
        // Whom an agent holds he has not said goodbye to.
        (State::Held, Returned, Returned),
        (State::Asking, Returned, Returned),
        (State::Consulting, Talks, Talks),
        (State::ConsultingOffice, WithOffice, WithOffice),
        (State::Conference, Talks, Talks),
        (State::OfficeConference, WithOffice, WithOffice),
        (State::Forwarding, Unchanged, Unchanged),
        (State::HandingOver, Unchanged, Unchanged),
    ] {
        for (how, expected) in [(Departure::HungUp, hung_up), (Departure::Lost, lost)] {
            let mut stage = Stage::at(state);

            let commands = stage.after(left(AGENT, how));

            assert_eq!(outcome(&stage, &commands), expected, "{state:?} {how:?}");
            let talks = stage.hears(CALLER, SECOND) && stage.hears(SECOND, CALLER);
            let with_second = matches!(expected, Talks | WithOffice);
            assert_eq!(talks, with_second, "{state:?} {how:?}");
        }
    }
}

#[test]
fn a_second_party_who_goes_gives_the_caller_back_in_every_state() {
    use Outcome::{Ended, Holds, Returned, Talks};
    for (state, hung_up, lost) in [
        (State::Asking, Holds, Holds),
        (State::Consulting, Holds, Holds),
        (State::ConsultingOffice, Holds, Holds),
        (State::Conference, Talks, Talks),
        (State::OfficeConference, Talks, Talks),
        (State::Forwarding, Holds, Holds),
        (State::SentOut, Ended, Returned),
    ] {
        for (how, expected) in [(Departure::HungUp, hung_up), (Departure::Lost, lost)] {
            let mut stage = Stage::at(state);

            let commands = stage.after(left(SECOND, how));

            assert_eq!(outcome(&stage, &commands), expected, "{state:?} {how:?}");
            assert_eq!(stage.hears(CALLER, AGENT), expected == Talks, "{state:?}");
        }
    }
}

#[test]
fn nobody_may_do_what_makes_no_sense_in_a_state() {
    let queue = || Destination::Queue(QueueId("tax".into()));
    let talking = [State::Talking, State::Conference, State::OfficeConference];
    let held = [State::Held];
    let answered = [State::Consulting, State::ConsultingOffice];
    let consulting = [State::Asking, State::Consulting, State::ConsultingOffice];
    let here: Vec<State> = STATES
        .into_iter()
        .filter(|it| *it != State::SentOut)
        .collect();
    let free = [&talking[..], &held].concat();
    for (action, allowed) in [
        (Action::Hold, &talking[..]),
        (Action::Retrieve, &held),
        (Action::Consult(colleague()), &free),
        (Action::EndConsultation, &consulting),
        (Action::CompleteTransfer, &answered),
        (Action::Conference, &answered),
        (Action::Transfer(queue()), &free),
        (Action::Transfer(Destination::Entry(office())), &free),
        (Action::Mute, &here),
        (Action::Unmute, &here),
        (Action::Record, &here),
        (Action::StopRecording, &here),
        (Action::PauseRecording(Sensitive::Card), &here),
        (Action::ResumeRecording(Sensitive::Card), &here),
        (Action::End, &here),
    ] {
        for state in STATES {
            let mut stage = Stage::at(state);

            let answer = stage.asked(action.clone());

            let expected = allowed.contains(&state);
            assert_eq!(answer.is_ok(), expected, "{action:?} in {state:?}");
            if let Err(refusal) = answer {
                let gone = state == State::SentOut;
                let why = if gone {
                    Forbidden::NoSuchLeg
                } else {
                    Forbidden::NotNow
                };
                assert_eq!(refusal, why, "{action:?} in {state:?}");
                assert_eq!(stage.commands(), [], "{action:?} in {state:?}");
            }
        }
    }
}
