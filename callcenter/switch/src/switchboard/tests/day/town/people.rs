//! What callers do, at their telephones.

use std::collections::BTreeMap;

use distributor::{CallId, Priority};
use privacy::Personal;
use signalling::LegId;

use super::{Happening, OfLeg, Phone, Town};
use crate::switchboard::{
    Call, Event, Leg,
    tests::day::{
        dice::Dice,
        plan::Visit,
        witness::{Law, Line, Seen, Stage, Who},
    },
};

impl Town {
    pub(super) fn calls(&mut self, visit: Visit) -> Law {
        if self.is_cut(visit.person) {
            return Ok(());
        }
        self.incoming += 1;
        let leg = Leg::Incoming(LegId::new(self.incoming));
        let call = Call {
            leg,
            from: Personal::new(format!("010{}", visit.person)),
            account: None,
            known_number: !visit.hidden,
            kiosk: None,
            early_sound: true,
            to: visit.dialed.to_owned(),
            request: visit.request.clone(),
        };
        let mut dice = Dice::of(&[visit.seed, 5]);
        let patience = match dice.below(4) {
            0 => dice.between(200, 20_000),
            _ => dice.between(20_000, 500_000),
        };
        let phone = Phone {
            visit,
            playing: 0,
            dice,
        };
        self.phones.insert(leg, phone);
        self.of_leg(patience, leg, OfLeg::GivesUp);
        self.tell(Event::Called(Box::new(call)))
    }

    /// A call that the switch has just taken is the newest telephone's.
    pub(super) fn begins(&mut self, call: CallId) {
        let leg = Leg::Incoming(LegId::new(self.incoming));
        let Some(visit) = self.phones.get(&leg).map(|it| &it.visit) else {
            return;
        };
        let numbers = &self.witness.center.numbers;
        let number = numbers.iter().find(|it| it.dialed == visit.dialed).unwrap();
        let seen = Seen::new(visit, number, self.now);
        let line = Line {
            call,
            who: Who::Caller,
            up: true,
            ended: false,
            hears: Default::default(),
        };
        self.witness.calls.begin(call, seen);
        self.witness.lines.insert(leg, line);
    }

    /// A telephone rings that is called back.
    pub(super) fn picks_up(&mut self, leg: Leg, person: u64, dice: Dice) {
        let visit = Visit {
            at: self.now,
            person,
            dialed: "110",
            key: None,
            // Who was called does not call.
            hidden: true,
            request: None,
            seed: 0,
        };
        let phone = Phone {
            visit,
            playing: 0,
            dice,
        };
        self.phones.insert(leg, phone);
    }

    pub(super) fn of(&mut self, leg: Leg, what: OfLeg) -> Law {
        let Some(line) = self.witness.lines.get(&leg).cloned() else {
            return Ok(());
        };
        match what {
            OfLeg::Confirmed if !line.ended => self.tell(Event::Confirmed { leg }),
            OfLeg::Answers if !line.up && !self.is_cut(home(&line, &self.phones, leg)) => {
                if let Some(line) = self.witness.lines.get_mut(&leg) {
                    line.up = true;
                }
                self.tell(Event::Answered { leg })
            }
            OfLeg::Refuses(status) if !line.up => {
                self.gone(leg);
                self.tell(Event::Refused { leg, status })
            }
            OfLeg::Refuses(_) => self.over(leg, false),
            OfLeg::Ends { lost } => self.over(leg, lost),
            OfLeg::Presses(key) if !line.ended => self.presses(leg, &line, key),
            OfLeg::PlayedOut(playing) => {
                let playing_now = self.phones.get(&leg).map(|it| it.playing);
                match playing_now == Some(playing) && !line.ended {
                    true => self.tell(Event::PlayedOut { leg }),
                    false => Ok(()),
                }
            }
            OfLeg::GivesUp => match self.witness.seen(line.call)?.stage {
                Stage::Talking => Ok(()),
                Stage::Calling | Stage::Waiting | Stage::TurnedAway => self.over(leg, false),
            },
            OfLeg::TalkOver if !line.ended => self.talk_over(leg, &line),
            OfLeg::Confirmed | OfLeg::Answers | OfLeg::Presses(_) | OfLeg::TalkOver => Ok(()),
        }
    }

    /// A telephone's leg is over, by whomever.
    fn over(&mut self, leg: Leg, lost: bool) -> Law {
        self.gone(leg);
        self.tell(Event::Ended { leg, lost })
    }

    fn gone(&mut self, leg: Leg) {
        let line = self.witness.lines.remove(&leg);
        if let Some(line) = &line {
            self.witness.somebody_left(line.call);
        }
        // As the media plane does.
        for other in self.witness.lines.values_mut() {
            other.hears.remove(&leg);
        }
        let Some(phone) = self.phones.remove(&leg) else {
            return;
        };
        let call = line.and_then(|it| self.witness.calls.get(it.call));
        if call.is_some_and(|it| it.stage != Stage::Talking) {
            self.calls_again(phone, 50);
        }
    }

    pub(super) fn calls_again(&mut self, mut phone: Phone, chance: u64) {
        if phone.dice.percent(chance) && self.now < self.last && !phone.visit.hidden {
            let span = phone.dice.between(3_000, 330_000);
            let visit = Visit {
                seed: phone.dice.next(),
                ..phone.visit
            };
            self.plan_in(span, Happening::CallsAgain(Box::new(visit)));
        }
    }

    fn presses(&mut self, leg: Leg, line: &Line, key: char) -> Law {
        let seen = self.witness.seen(line.call)?;
        if seen.stage == Stage::Calling {
            // As the menu says.
            match key {
                '2' => seen.language = "en".to_owned(),
                '3' => (seen.chosen, seen.priority) = (Priority::Elderly, Priority::Elderly),
                _ => {}
            }
        }
        let digit = Personal::new(key);
        self.tell(Event::Digit { leg, digit })
    }

    /// Somebody has said all there was to say, or vanishes.
    fn talk_over(&mut self, leg: Leg, line: &Line) -> Law {
        let Some(phone) = self.phones.get_mut(&leg) else {
            return Ok(());
        };
        let (how, later) = (phone.dice.below(20), phone.dice.between(5_000, 60_000));
        let mut heard = line.hears.iter().copied();
        let agent = heard.find(|it| {
            let line = self.witness.lines.get(it);
            line.is_some_and(|it| matches!(it.who, Who::Agent(_)) && !it.ended)
        });
        match (agent, how) {
            (_, 0) => self.over(leg, true),
            (Some(agent), 1) => {
                self.of_leg(later, leg, OfLeg::TalkOver);
                self.over(agent, true)
            }
            (Some(agent), 2..=10) => {
                self.of_leg(later, leg, OfLeg::TalkOver);
                self.over(agent, false)
            }
            (None, 1..=10) => {
                self.of_leg(later, leg, OfLeg::TalkOver);
                Ok(())
            }
            (Some(_) | None, _) => self.over(leg, false),
        }
    }
}

/// Where a telephone is, by the number of the agent or the person.
pub(super) fn home(line: &Line, phones: &BTreeMap<Leg, Phone>, leg: Leg) -> u64 {
    match line.who {
        Who::Agent(agent) => agent.into(),
        Who::Office => u64::MAX,
        Who::Caller | Who::Callback => phones.get(&leg).map_or(u64::MAX, |it| it.visit.person),
    }
}
