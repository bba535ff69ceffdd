//! The practice kiosk at the exchange's rooms, and the desk that helps there.

use std::time::Duration;

use desk::workplace::{Event as DeskEvent, Line, Touch};
use handover::{Attempt, DeskQuestion, KioskQuestion, RoomFault, RoomRefusal};
use request::{FormField, StationId};
use training::{Citizen, Lesson};

use super::{Bench, SEED, Stage};
use crate::room::Input;

/// What the citizens of these stories need to read, to think and to touch.
const THOUGHT: Duration = Duration::from_secs(9);
const MOMENT: Duration = Duration::from_secs(1);

impl Bench {
    pub(in super::super) fn without_a_kiosk() -> Self {
        let mut bench = Self::signed_in();
        bench.room.lessons.has_kiosk = false;
        bench
    }

    /// Every kiosk is told no from now on.
    pub(in super::super) fn exchange_refuses(&mut self, refusal: RoomRefusal) {
        self.refuses = Some(refusal);
    }

    pub(in super::super) fn citizen(&self) -> Citizen {
        let Some(Lesson::Visit(scenario)) = &self.scenario else {
            panic!("nobody stands at a kiosk");
        };
        Citizen::draw(scenario, &self.lessons.catalog, SEED).unwrap()
    }

    pub(in super::super) fn wants(&self, field: &FormField) -> String {
        self.citizen().wants(field).unwrap().text().reveal().clone()
    }

    /// A citizen asks for an agent, and one comes and reads the first words.
    pub(in super::super) fn comes_to(&mut self, scenario: &str) {
        self.chooses(scenario);
        assert!(self.is_at(Stage::KioskWaits));
        self.passes(MOMENT);
        self.press(&["F1"]);
        self.passes(MOMENT);
        self.press(&["Enter"]);
        self.passes(THOUGHT);
        assert!(self.is_at(Stage::Helping), "{:?}", self.pane());
    }

    pub(in super::super) fn writes(&mut self, text: &str) {
        self.types(Line::Help, text);
        self.press(&["Enter"]);
        self.passes(THOUGHT);
    }

    pub(in super::super) fn proposes(&mut self, row: usize, text: &str) {
        self.selects(row);
        self.types(Line::Help, text);
        self.press(&["Ctrl+F"]);
        self.passes(THOUGHT);
    }

    pub(in super::super) fn points_at(&mut self, row: usize) {
        self.selects(row);
        self.press(&["Ctrl+M"]);
        self.passes(THOUGHT);
    }

    pub(in super::super) fn ends_the_help(&mut self) {
        self.press(&["Ctrl+Del"]);
        self.passes(MOMENT);
    }

    /// Whether the desk still shows a citizen's form.
    pub(in super::super) fn desk_helps(&self) -> bool {
        self.helps
    }

    pub(in super::super) fn no_room_is_open(&self) -> bool {
        self.rooms.is_empty()
    }

    fn selects(&mut self, row: usize) {
        self.tell(DeskEvent::Touched(Touch::SelectRow(row)));
    }

    pub(super) fn desk_asks(&mut self, attempt: Attempt, question: DeskQuestion) {
        let desk = StationId::new("desk-1");
        let answer = self.rooms.handle_desk(&desk, question, self.now.instant);
        let answer = answer.map_err(RoomFault::Refused);
        let answered = DeskEvent::RoomsAnswered(attempt, answer);
        self.workplace.handle(answered, self.now);
    }

    pub(super) fn kiosk_asks(&mut self, attempt: Attempt, question: KioskQuestion) {
        let kiosk = StationId::new("practice-kiosk");
        let answer = match self.refuses {
            Some(refusal) => Err(refusal),
            None => self.rooms.handle_kiosk(&kiosk, question, self.now.instant),
        };
        let answer = answer.map_err(RoomFault::Refused);
        self.room.handle(Input::Kiosk(attempt, answer), self.now);
    }
}
