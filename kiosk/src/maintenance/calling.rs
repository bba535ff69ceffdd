//! The operator switch in the cabinet: turned, it calls for a technician's card.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "what else is touched means nothing here"
)]

use devices::{
    auxiliaries::{OperatorSwitch, Sensors},
    card_reader::CardReaderEvent,
};

use super::{
    Command, Event, Maintenance, Moment, Step,
    task::Task,
    tongue::hour,
    view::{Mark, Page, Prompt, Upkeep},
};
use crate::visit::Touch;

impl Maintenance {
    /// The switch opens nothing by itself: card and PIN are asked for as ever.
    pub(super) fn sensed(&mut self, sensors: Sensors, now: Moment) {
        let before = std::mem::replace(&mut self.switch, sensors.switch);
        if before == sensors.switch {
            return;
        }
        match sensors.switch {
            OperatorSwitch::Run => {
                self.called = false;
                if matches!(self.step, Step::Called { .. }) {
                    self.close(false, now);
                }
            }
            OperatorSwitch::Maintenance | OperatorSwitch::Supervisor => {
                self.called = self.fitted.technicians;
            }
        }
    }

    /// Whoever turned it while a citizen stood here waits until they have gone.
    pub(super) fn tend_call(&mut self, now: Moment) {
        if matches!(self.step, Step::Resting) && std::mem::take(&mut self.called) {
            tracing::info!("The operator switch calls for a technician's card");
            self.step = Step::Called { asking: false };
            self.touched_at = now.instant;
            self.look(now.instant);
        }
    }

    pub(super) fn called_hears(&mut self, asking: bool, event: Event, now: Moment) {
        match event {
            Event::AtRest(false) => {
                self.close(false, now);
                self.step = Step::Away;
            }
            Event::Card(CardReaderEvent::Read(holder)) => {
                self.step = Step::Called { asking: true };
                let number = holder.resident_number;
                self.commands.push_back(Command::LookUpCard(number));
            }
            Event::CardKnown(Some(technician)) if asking => self.open_gate(technician, now),
            Event::Card(CardReaderEvent::Removed) | Event::CardKnown(_) => {
                self.step = Step::Called { asking: false };
            }
            Event::Touched(touch) => {
                self.touched_at = now.instant;
                self.touched_at_call(&touch, now);
            }
            _ => {}
        }
    }

    fn touched_at_call(&mut self, touch: &Touch, now: Moment) {
        if self.adjusted(touch) {
            return;
        }
        match touch {
            Touch::Back | Touch::Upkeep(Task::Leave) => self.close(false, now),
            Touch::Upkeep(Task::SwitchTongue) => self.tongue = self.tongue.other(),
            _ => {}
        }
    }

    pub(super) fn call_page(&self, asking: bool, now: Moment) -> Upkeep {
        let words = if asking {
            self.say("확인하고 있어요", "Checking")
        } else {
            self.say("기술자 카드를 넣으세요", "Put in your technician's card")
        };
        let more = self.say(
            "조작 스위치가 정비 쪽으로 돌려져 있어요. 되돌리면 취소돼요.",
            "The operator switch is at maintenance. Turning it back cancels.",
        );
        Upkeep {
            page: Page::Called,
            station: self.station(),
            title: self.say("정비 모드", "Maintenance"),
            technician: String::new(),
            clock: hour(now.wall),
            tabs: Vec::new(),
            prompt: Some(Prompt {
                mark: Mark::Waiting,
                words,
                more,
                choices: Vec::new(),
            }),
            entry: None,
            rows: Vec::new(),
            said: None,
            ways: vec![
                Self::choice(Task::Leave, self.say("취소", "Cancel"), false),
                self.switch_tongue(),
            ],
        }
    }
}
