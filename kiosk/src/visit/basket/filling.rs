//! Another certificate is put in, changed, or left out again.

use request::{Action, AssistanceEnding};

use devices::card_reader::CardReaderOrder;
use privacy::Personal;

use crate::visit::{Command, Moment, Visit, entry::Entry, finding::Looking, step::Step};

/// As many as are looked over on one screen and carried away in one hand.
const ITEMS_MAX: usize = 5;

impl Visit {
    /// Whether another certificate can be put in beside those that lie there.
    pub(in crate::visit) fn may_add(&self, now: Moment) -> bool {
        // What is only accepted now is done later, by a ticket of its own.
        let at_once = self.service().is_some_and(|it| !self.queues(it, now));
        let certificate = self.person.honoring.is_none() && at_once;
        certificate && self.step == Step::Reviewing && self.requests().count() < ITEMS_MAX
    }

    pub(in crate::visit) fn add_another(&mut self, now: Moment) {
        if self.may_add(now) {
            self.lay_aside();
            self.find_another();
        }
    }

    /// From the services back to the last look, or to one that was full.
    pub(in crate::visit) fn open_basket(&mut self) {
        let kept = self.person.basket.kept.len();
        if self.person.request.is_none() && kept > 0 {
            self.person.service = None;
            self.person.opening = false;
            self.take_up(kept - 1);
            self.enter(Step::Reviewing);
        }
    }

    pub(in crate::visit) fn edit_item(&mut self, place: usize) {
        if place >= self.requests().count() {
            return;
        }
        if place != self.person.basket.place {
            self.lay_aside();
            self.take_up(place);
        }
        self.person.changing = true;
        match self.service().map_or(0, |it| it.questions.len()) {
            0 => self.enter(Step::Choosing),
            _ => self.ask(0),
        }
    }

    pub(in crate::visit) fn remove_item(&mut self, place: usize) {
        if place >= self.requests().count() {
            return;
        }
        self.lay_aside();
        self.take_up(place);
        self.drop_item();
        match self.person.basket.kept.len() {
            0 => self.find_another(),
            left => {
                self.take_up(place.min(left - 1));
                self.enter(Step::Reviewing);
            }
        }
    }

    /// Back from the first step of a certificate: to the last look it came from, to
    /// the services while others lie in the basket, and else away.
    pub(in crate::visit) fn turn_back(&mut self, now: Moment) {
        if self.person.changing && matches!(self.step, Step::Asking { .. }) {
            self.chosen(now);
        } else if self.is_alone() {
            self.leave(now);
        } else {
            self.drop_item();
            self.find_another();
        }
    }

    /// The citizen does not want the present one after all.
    fn drop_item(&mut self) {
        self.note_end_of_help(AssistanceEnding::ByCitizen);
        self.act(Action::Withdraw);
        self.give_back_unproven_card();
        let person = &mut self.person;
        person.request = None;
        person.written = None;
        person.documents.clear();
    }

    /// A card whose holder is not known is asked for again.
    fn give_back_unproven_card(&mut self) {
        let unproven = self.person.card.is_some() && self.person.applicant.is_none();
        if unproven || self.person.accepting {
            self.order(Command::Card(CardReaderOrder::Release));
            self.person.accepting = false;
            self.person.card = None;
            self.person.digits = Personal::default();
            self.person.number_refusal = None;
        }
    }

    fn find_another(&mut self) {
        let person = &mut self.person;
        person.service = None;
        person.opening = false;
        person.changing = false;
        person.entry = Entry::default();
        person.answers.clear();
        person.looking = Looking::Around;
        person.basket.place = person.basket.kept.len();
        self.enter(Step::Finding);
    }
}
