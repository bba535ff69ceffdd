//! What the town does at each order of the switchboard.

use distributor::CallId;

use super::{OfLeg, Town};
use crate::{
    call_book::Fact,
    switchboard::{
        Callee, Command, Leg, Words,
        tests::day::{
            dice::Dice,
            witness::{Law, Line, Who},
        },
    },
};

/// Between an order and what the far end makes of it.
const NETWORK: u64 = 20;
const OFFICE: &str = "0312345678";

impl Town {
    pub(super) fn carry_out(&mut self, command: Command) -> Law {
        match command {
            Command::Accept { leg } => self.of_leg(NETWORK, leg, OfLeg::Confirmed),
            Command::Refuse { leg, .. } => drop(self.phones.remove(&leg)),
            Command::Dial {
                leg,
                callee,
                call,
                request,
                ..
            } => return self.dial(leg, &callee, call, request.as_ref()),
            Command::End { leg } => self.end(leg),
            Command::Hear { leg, sources } => {
                if let Some(line) = self.witness.lines.get_mut(&leg) {
                    line.hears = sources;
                }
            }
            Command::Say { leg, words, .. } => return self.say(leg, &words),
            Command::Music { leg } | Command::Hush { leg } => {
                if let Some(phone) = self.phones.get_mut(&leg) {
                    phone.playing += 1;
                }
            }
            Command::Note { call, fact } => return self.note(call, &fact),
            Command::Keep(place) => {
                self.book.book().keep(&place);
                return self.witness.keeps(&place, self.now);
            }
            Command::Forget(call) => {
                self.book.book().forget(call);
                return self.witness.forgets(call, self.now);
            }
            Command::Ring { .. }
            | Command::EarlyMedia { .. }
            | Command::Record { .. }
            | Command::PauseRecording { .. }
            | Command::ResumeRecording { .. }
            | Command::FinishRecording { .. }
            | Command::WriteDisposition { .. }
            | Command::TransferMade { .. }
            | Command::TransferRefused { .. }
            | Command::Show { .. } => {}
        }
        Ok(())
    }

    fn note(&mut self, call: CallId, fact: &Fact) -> Law {
        self.book.book().note(call, fact);
        let written = serde_json::to_string(fact).unwrap();
        let counted = serde_json::from_str(&written).unwrap();
        let wall = self.wall();
        self.witness.counter.handle(call, &counted, wall);
        let begins = matches!(fact, Fact::Arrived { .. }) && self.witness.calls.get(call).is_none();
        self.witness.noted(call, fact, self.now)?;
        if begins {
            self.begins(call);
        }
        if matches!(fact, Fact::Bridged { .. })
            && let Some(leg) = self.caller_of(call)
        {
            let mean = self.scale.talk;
            let phone = self.phones.get_mut(&leg);
            let span = phone.map_or(1_000, |it| it.dice.span(mean));
            self.of_leg(span, leg, OfLeg::TalkOver);
        }
        Ok(())
    }

    fn caller_of(&self, call: CallId) -> Option<Leg> {
        let is = |it: &Line| it.call == call && matches!(it.who, Who::Caller | Who::Callback);
        let mut lines = self.witness.lines.iter();
        lines
            .find(|(_, it)| is(it) && !it.ended)
            .map(|(leg, _)| *leg)
    }

    fn end(&mut self, leg: Leg) {
        let Some(line) = self.witness.lines.get_mut(&leg) else {
            return;
        };
        line.ended = true;
        let what = match line.up {
            true => OfLeg::Ends { lost: false },
            false => OfLeg::Refuses(487),
        };
        let call = line.call;
        self.witness.somebody_left(call);
        self.of_leg(NETWORK, leg, what);
    }

    fn say(&mut self, leg: Leg, words: &[Words]) -> Law {
        let Some(phone) = self.phones.get_mut(&leg) else {
            return Ok(());
        };
        phone.playing += 1;
        let (playing, key, dice) = (phone.playing, phone.visit.key, &mut phone.dice);
        let (span, reacts) = (dice.between(2_000, 6_000), dice.between(500, 8_000));
        let accepts = dice.percent(70);
        self.of_leg(span, leg, OfLeg::PlayedOut(playing));
        if let (true, Some(key)) = (matches!(words, [Words::Welcome(_)]), key) {
            self.of_leg(reacts, leg, OfLeg::Presses(key));
        }
        if accepts && words.contains(&Words::CallbackOffer) {
            self.of_leg(reacts, leg, OfLeg::Presses('1'));
        }
        if words.contains(&Words::CallbackPromised)
            && let Some(call) = self.witness.lines.get(&leg).map(|it| it.call)
        {
            self.witness.tells(call)?;
            if std::mem::take(&mut self.kill_at_promise) {
                self.kill_after = Some(0);
            }
        }
        Ok(())
    }

    fn dial(&mut self, leg: Leg, callee: &Callee, call: CallId, request: Option<&String>) -> Law {
        let line = |who| Line {
            call,
            who,
            up: false,
            ended: false,
            hears: Default::default(),
        };
        match callee {
            Callee::Account(account) => {
                let agent = account.trim_start_matches("agent-").parse().unwrap_or(999);
                self.witness.dials(leg, line(Who::Agent(agent)), request)?;
                self.agent_rings(leg, agent);
            }
            Callee::Number(number) if number.reveal() == OFFICE => {
                self.witness.dials(leg, line(Who::Office), request)?;
                self.office_rings(leg);
            }
            Callee::Number(number) => {
                self.witness.dials(leg, line(Who::Callback), request)?;
                let person = number.reveal().trim_start_matches("010").parse().unwrap();
                self.person_rings(leg, person);
            }
        }
        Ok(())
    }

    fn agent_rings(&mut self, leg: Leg, agent: u32) {
        if self.is_cut(agent.into()) {
            return self.of_leg(3_000, leg, OfLeg::Refuses(408));
        }
        let mut dice = Dice::of(&[self.now, agent.into(), 3]);
        match dice.below(20) {
            0 => self.of_leg(500, leg, OfLeg::Refuses(486)),
            1 => self.of_leg(200, leg, OfLeg::Refuses(480)),
            // Nobody is at the desk.
            2 => {}
            // As the switch takes it back.
            3 => self.of_leg(15_000 + dice.below(NETWORK), leg, OfLeg::Answers),
            _ => self.of_leg(dice.between(300, 12_000), leg, OfLeg::Answers),
        }
    }

    fn office_rings(&mut self, leg: Leg) {
        let mut dice = Dice::of(&[self.now, 6]);
        match dice.below(5) {
            0 => return self.of_leg(3_000, leg, OfLeg::Refuses(486)),
            _ => self.of_leg(2_000, leg, OfLeg::Answers),
        }
        let lost = dice.percent(50);
        self.of_leg(dice.between(5_000, 40_000), leg, OfLeg::Ends { lost });
    }

    fn person_rings(&mut self, leg: Leg, person: u64) {
        let mut dice = Dice::of(&[self.now, person, 4]);
        let busy = self.phones.iter().any(|(other, it)| {
            it.visit.person == person && self.witness.lines.get(other).is_some_and(|it| !it.ended)
        });
        match dice.below(10) {
            _ if busy => self.of_leg(300, leg, OfLeg::Refuses(486)),
            0 => self.of_leg(300, leg, OfLeg::Refuses(480)),
            // Nobody is at home.
            1 => {}
            // As the switch gives up.
            2 => self.of_leg(25_000 + dice.below(NETWORK), leg, OfLeg::Answers),
            _ => self.of_leg(dice.between(1_000, 20_000), leg, OfLeg::Answers),
        }
        self.picks_up(leg, person, dice);
    }
}
