//! Callers, agents and supervisors at random: whatever they do and in whatever
//! order it is heard of, nothing is left when all have gone.

use std::time::Duration;

use distributor::{Action, AgentId, Destination, Mode, QueueId, Target};
use privacy::Personal;
use request::StationId;

use super::world::World;
use crate::switchboard::{Event, KioskVisit, Leg, Wish};

const WALKS: u64 = 300;
const STEPS: usize = 150;
const ROOMS: [&str; 2] = ["1795480200000-3", "1795480200000-4"];

/// SplitMix64: a walk is its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
    }

    fn of<T: Copy>(&mut self, things: &[T]) -> Option<T> {
        if things.is_empty() {
            return None;
        }
        things.get(self.below(things.len())).copied()
    }
}

fn wish(dice: &mut Dice) -> Wish {
    let other = AgentId([1, 2][dice.below(2)]);
    let queue = QueueId(["general", "taxes"][dice.below(2)].to_owned());
    match dice.below(14) {
        0 => Wish::Act(Action::Hold),
        1 => Wish::Act(Action::Retrieve),
        2 => Wish::Act(Action::Consult(Target::Agent(other))),
        3 => Wish::Act(Action::CompleteTransfer),
        4 => Wish::Act(Action::Conference),
        5 => Wish::Act(Action::EndConsultation),
        6 => Wish::Act(Action::Transfer(Destination::Queue(queue))),
        7 => Wish::Act(Action::Transfer(Destination::Agent(other))),
        8 => Wish::Break("lunch".to_owned()),
        9 => Wish::Ready,
        10 => Wish::Watch(
            other,
            [Mode::Listen, Mode::Whisper, Mode::Barge][dice.below(3)],
        ),
        11 => Wish::TakeKiosk(KioskVisit {
            kiosk: StationId::new("kiosk-1"),
            room: ROOMS[dice.below(2)].to_owned(),
        }),
        12 => Wish::LeaveKiosk,
        _ => Wish::Act(Action::End),
    }
}

fn step(world: &mut World, dice: &mut Dice) {
    let up: Vec<Leg> = world.up.iter().copied().collect();
    let ringing = world.every_ringing();
    match dice.below(16) {
        14 => {
            let numbers = ["agent-1", "agent-2", "0312345678", "110"];
            world.calls_as(numbers[dice.below(2)], numbers[dice.below(4)]);
        }
        15 => {
            let (leg, replaces) = (dice.of(&up), dice.of(&up));
            if let Some(leg) = leg {
                let to = Personal::new("agent-2".to_owned());
                world.tell(Event::TransferAsked { leg, to, replaces });
            }
        }
        12 => drop(world.calls_from_kiosk("kiosk-1", ROOMS[dice.below(2)])),
        13 => drop(dice.of(&up).map(|leg| world.confirms(leg))),
        0 | 1 => {
            let from = format!("010{}", dice.below(5));
            let leg = world.calls_from(["110", "120"][dice.below(2)], &from);
            if dice.below(2) == 0 {
                world.presses(leg, ['1', '2', '9'][dice.below(3)]);
            }
        }
        2 => world.registers(["agent-1", "agent-2", "supervisor"][dice.below(3)]),
        3 | 4 => drop(dice.of(&ringing).map(|leg| world.answers(leg))),
        5 => drop(dice.of(&ringing).map(|leg| world.refuses(leg, 486))),
        6 => drop(dice.of(&up).map(|leg| world.hangs_up(leg))),
        7 => drop(dice.of(&up).map(|leg| world.vanishes(leg))),
        8 => world.passes(Duration::from_secs(dice.below(400) as u64)),
        9 => drop(dice.of(&up).map(|leg| world.heard_out(leg))),
        10 => up.into_iter().for_each(|leg| world.presses(leg, '1')),
        _ => {
            let who = [1, 2, 9][dice.below(3)];
            let wish = wish(dice);
            world.asks(who, wish);
        }
    }
    if dice.below(3) == 0 {
        world.settle();
    }
}

#[test]
fn when_all_have_gone_nothing_is_left() {
    let (mut talks, mut callbacks, mut at_kiosks) = (0, 0, 0);
    let (mut surveys, mut second_calls) = (0, 0);
    for seed in 0..WALKS {
        let world = match seed % 2 {
            0 => World::open(),
            _ => World::open_surveying(),
        };
        let (mut world, mut dice) = (world, Dice(seed));
        for _ in 0..STEPS {
            step(&mut world, &mut dice);
            talks = talks.max(world.board.talks.len());
            at_kiosks += world.board.kiosks.calls();
            surveys = surveys.max(world.board.surveys.len());
            let asking = world.board.talks.values().filter(|it| it.second.is_some());
            second_calls += asking.count();
        }
        callbacks += world
            .said
            .iter()
            .filter(|it| {
                matches!(
                    it,
                    crate::switchboard::Command::Dial {
                        callee: crate::switchboard::Callee::Number(_),
                        ..
                    }
                )
            })
            .count();

        for account in ["agent-1", "agent-2", "supervisor"] {
            world.tell(crate::switchboard::Event::Unregistered {
                account: account.to_owned(),
            });
        }
        world.settle();
        while let Some(leg) = world.up.first().copied() {
            world.hangs_up(leg);
        }
        for leg in world.every_ringing() {
            world.refuses(leg, 480);
        }
        world.settle();
        while let Some(leg) = world.up.first().copied() {
            world.hangs_up(leg);
        }

        assert_eq!(
            world.board.legs(),
            0,
            "seed {seed}: {:?}",
            world.board.seats
        );
        assert!(
            world.board.talks.is_empty(),
            "seed {seed}: {:?}",
            world.board.talks
        );
        assert!(world.board.surveys.is_empty(), "seed {seed}");
        assert_eq!(world.board.kiosks.calls(), 0, "seed {seed}");
        assert!(world.board.offers.is_empty(), "seed {seed}");
        assert!(world.board.invited.is_empty(), "seed {seed}");
        let on_the_line = world.board.callers.values().filter(|it| it.leg.is_some());
        assert_eq!(on_the_line.count(), 0, "seed {seed}");
    }
    assert!(
        talks > 1 && callbacks > 0 && at_kiosks > 0 && surveys > 0 && second_calls > 0,
        "{talks} {callbacks} {at_kiosks} {surveys} {second_calls}: the walk is too tame"
    );
}
