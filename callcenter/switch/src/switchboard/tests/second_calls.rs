//! Stories of agents who ask somebody with their telephone's own keys, and give the
//! caller over.

use distributor::{Action, AgentId, AgentState, PartyState};
use privacy::Personal;

use super::world::World;
use crate::{
    call_book::Fact,
    switchboard::{Command, Event, Leg, Shown, Wish},
};

/// A caller, his agent, and the agent's call to a colleague whose telephone rings.
struct Asking {
    world: World,
    caller: Leg,
    first: Leg,
    second: Leg,
    colleague: Leg,
}

impl Asking {
    fn open() -> Self {
        let mut world = World::open();
        let (caller, first) = world.talk();
        world.registers("agent-2");
        world.holds(first, true);
        let second = world.calls_as("agent-1", "agent-2");
        let colleague = world.ringing("agent-2").unwrap();
        assert!(!world.up.contains(&second), "nobody has answered yet");
        Self {
            world,
            caller,
            first,
            second,
            colleague,
        }
    }

    fn answered() -> Self {
        let mut asking = Self::open();
        asking.world.answers(asking.colleague);
        asking.world.confirms(asking.second);
        asking
    }

    fn refers(&mut self, leg: Leg, replaces: Leg) {
        let to = Personal::new("agent-2".to_owned());
        let replaces = Some(replaces);
        self.world.tell(Event::TransferAsked { leg, to, replaces });
    }

    /// The agent is with the caller again as before.
    fn is_with_the_caller(&mut self) -> bool {
        self.world.settle();
        let back = self.world.is_over(self.second);
        self.world.holds(self.first, false);
        back && self.world.hear_each_other(self.caller, self.first)
    }
}

#[test]
fn who_is_asked_is_heard_over_the_second_call_and_the_caller_hears_music() {
    let asking = Asking::answered();
    let world = &asking.world;

    assert!(world.hear_each_other(asking.second, asking.colleague));
    assert!(!world.hears_voice_of(asking.first, asking.colleague));
    assert!(!world.hears_voice_of(asking.colleague, asking.first));
    assert_eq!(world.hears(asking.caller), Some("music".to_owned()));
    let consulting = |it: &Command| {
        let Command::Show {
            agent: AgentId(1),
            shown: Shown::Talk(talk),
        } = it
        else {
            return false;
        };
        talk.state == PartyState::Consulting { answered: true }
    };
    assert!(world.said.iter().any(consulting));
}

#[test]
fn a_refer_that_names_the_other_call_joins_the_far_ends() {
    for by_the_second in [false, true] {
        let mut asking = Asking::answered();
        let (leg, replaced) = match by_the_second {
            false => (asking.first, asking.second),
            true => (asking.second, asking.first),
        };

        asking.refers(leg, replaced);

        let world = &mut asking.world;
        let place = |of: &dyn Fn(&Command) -> bool| world.said.iter().position(of).unwrap();
        let by = AgentId(1);
        let written = place(
            &|it| matches!(it, Command::Note { fact: Fact::Transferred { by: it }, .. } if *it == by),
        );
        let told = place(&|it| *it == Command::TransferMade { leg, made: true });
        let ended = place(&|it| *it == Command::End { leg });
        assert!(written < told && told < ended);
        world.settle();
        assert!(world.is_over(asking.first) && world.is_over(asking.second));
        assert!(world.hear_each_other(asking.caller, asking.colleague));
        assert_eq!(world.hears(asking.caller), None);
        assert!(world.showed(1, &Shown::State(AgentState::Idle)));
        world.hangs_up(asking.caller);
        assert_eq!(world.board.open_now(), Default::default());
    }
}

/// Its BYEs are there before it was told of the outcome.
#[test]
fn a_telephone_may_hang_up_both_calls_as_soon_as_it_has_asked_for_the_transfer() {
    for second_first in [true, false] {
        let mut asking = Asking::answered();
        asking.refers(asking.first, asking.second);
        let mut legs = [asking.first, asking.second];
        if second_first {
            legs.reverse();
        }

        let world = &mut asking.world;
        for leg in legs {
            world.up.remove(&leg);
            world.tell(Event::Ended { leg, lost: false });
        }
        world.settle();

        assert!(world.hear_each_other(asking.caller, asking.colleague));
        world.hangs_up(asking.caller);
        assert_eq!(world.board.open_now(), Default::default());
    }
}

#[test]
fn a_refer_that_names_no_call_of_his_is_refused_and_nothing_changes() {
    let mut asking = Asking::answered();
    let stranger = asking.world.calls_from("120", "01099990000");
    let own = asking.first;

    for (leg, replaced, status) in [
        (asking.first, stranger, 403),
        (asking.first, asking.caller, 403),
        (own, own, 403),
        (asking.colleague, asking.second, 403),
    ] {
        asking.world.said.clear();
        asking.refers(leg, replaced);
        assert_eq!(
            asking.world.said,
            [Command::TransferRefused { leg, status }]
        );
    }

    assert!(
        asking
            .world
            .hear_each_other(asking.second, asking.colleague)
    );
}

#[test]
fn a_call_nobody_has_answered_is_not_replaced() {
    let mut asking = Asking::open();
    let leg = asking.first;

    asking.world.said.clear();
    asking.refers(leg, asking.second);

    let status = 481;
    assert_eq!(
        asking.world.said,
        [Command::TransferRefused { leg, status }]
    );
    asking.world.answers(asking.colleague);
    assert!(
        asking
            .world
            .hear_each_other(asking.second, asking.colleague)
    );
}

#[test]
fn whoever_ends_the_consultation_the_agent_is_with_the_caller_again() {
    let mut asking = Asking::open();
    asking.world.refuses(asking.colleague, 486);
    assert!(asking.is_with_the_caller(), "the colleague is busy");

    let mut asking = Asking::answered();
    asking.world.hangs_up(asking.colleague);
    assert!(asking.is_with_the_caller(), "the colleague hangs up");

    for answered in [false, true] {
        let mut asking = match answered {
            false => Asking::open(),
            true => Asking::answered(),
        };
        let leg = asking.second;
        asking.world.up.remove(&leg);
        asking.world.tell(Event::Ended { leg, lost: false });
        assert!(asking.is_with_the_caller(), "the agent hangs up");
        assert!(asking.world.is_ended(asking.colleague));
    }
}

#[test]
fn a_colleague_is_not_left_with_a_caller_he_was_not_given() {
    let mut asking = Asking::answered();

    asking.world.hangs_up(asking.first);

    let world = &mut asking.world;
    assert!(world.is_over(asking.second) && world.is_over(asking.colleague));
    assert!(!world.is_ended(asking.caller), "the caller waits anew");
    world.hangs_up(asking.caller);
    for leg in world.every_ringing() {
        world.refuses(leg, 487);
    }
    assert_eq!(world.board.open_now(), Default::default());
}

/// Whether at a desk or with the telephone's own keys. The colleague's telephone has not
/// answered the BYE when the agent's hangs up.
#[test]
fn a_caller_left_by_both_in_the_same_moment_waits_anew() {
    for at_the_desk in [true, false] {
        let mut asking = Asking::answered();
        let world = &mut asking.world;
        match at_the_desk {
            true => world.tell(Event::Asked {
                agent: AgentId(1),
                wish: Wish::Act(Action::EndConsultation),
            }),
            false => {
                world.up.remove(&asking.second);
                let leg = asking.second;
                world.tell(Event::Ended { leg, lost: false });
            }
        }
        assert!(world.is_ended(asking.colleague) && world.up.contains(&asking.colleague));

        world.hangs_up(asking.first);

        assert!(world.is_over(asking.colleague));
        assert!(!world.is_ended(asking.caller), "{at_the_desk}");
        assert_eq!(world.board.open_now().waiting, 1);
        assert!(world.showed(2, &Shown::TalkOver));
        world.hangs_up(asking.caller);
        for leg in world.every_ringing() {
            world.refuses(leg, 487);
        }
        assert_eq!(world.board.open_now(), Default::default());
    }
}

#[test]
fn a_caller_who_hangs_up_ends_the_consultation_too() {
    let mut asking = Asking::answered();

    asking.world.hangs_up(asking.caller);
    asking.refers(asking.first, asking.second);
    asking.world.settle();

    let open = asking.world.board.open_now();
    assert_eq!(open, Default::default());
}

#[test]
fn one_is_asked_at_a_time() {
    let mut asking = Asking::answered();

    let third = asking.world.calls_as("agent-1", "0312345678");

    let status = 486;
    let refused = Command::Refuse { leg: third, status };
    assert!(asking.world.said.contains(&refused));
    assert!(
        asking
            .world
            .hear_each_other(asking.second, asking.colleague)
    );
}

#[test]
fn an_office_is_asked_and_takes_the_caller() {
    let mut world = World::open();
    let (caller, first) = world.talk();
    let second = world.calls_as("agent-1", "0312345678");
    let office = world.dialed_number("0312345678").unwrap();
    world.answers(office);
    // His telephone has not put the caller on hold.
    assert!(!world.hears_voice_of(first, caller));

    let to = Personal::new("0312345678".to_owned());
    let replaces = Some(second);
    let leg = first;
    world.tell(Event::TransferAsked { leg, to, replaces });
    world.settle();

    assert!(world.hear_each_other(caller, office));
    assert!(world.is_over(first) && world.is_over(second));
}

#[test]
fn an_agent_who_calls_a_queue_is_a_caller_like_any() {
    let mut world = World::open();
    world.talk();

    let leg = world.calls_as("agent-1", "120");

    assert!(world.up.contains(&leg));
    assert_eq!(world.board.open_now().callers, 2);
}
