//! "Did you get your certificate?": asked when the printer cannot tell, while the
//! citizen still stands here.
//!
//! *Yes* makes the number stand and its fee due; whoever says so without a sheet
//! has paid for nothing. *No* makes the number void before anything else happens:
//! whoever says so with the sheet in hand holds a void one. Then it is made anew
//! under another number for the same fee, or the money goes back once the
//! exchange knows that the first number is void. No answer is no evidence.

use std::time::Duration;

use devices::cash::CashOrder;
use request::{Action, DocumentNumber, DocumentReference, SpoilReason};

use super::{
    Command, Moment, Touch, Visit,
    step::Step,
    view::{FailureReason, PaperQuestion},
};

/// Long enough to look into the tray and to think.
const ANSWER: Duration = Duration::from_secs(60);
const FETCHING: Duration = Duration::from_secs(60);

impl Visit {
    /// Asks about the sheet that was begun; `failure` is said when it is void.
    pub(super) fn doubt(&mut self, failure: FailureReason, now: Moment) {
        self.person.failure = Some(failure);
        if self.printing_number().is_none() {
            self.fail(failure, now);
            return;
        }
        self.keep_note();
        self.enter(Step::Doubting);
        self.deadline = Some(now.instant + ANSWER);
    }

    /// A validator gives a note back by itself after a while: then a yes would
    /// find nothing to charge.
    fn keep_note(&mut self) {
        let request = self.person.request.as_ref();
        let held = request.is_some_and(|it| it.decide(Action::BeginNoteStack).is_ok());
        if held && self.act(Action::BeginNoteStack) {
            self.order(Command::Cash(CashOrder::StackNote));
        }
    }

    pub(super) fn doubting(&mut self, touch: &Touch, now: Moment) {
        let Some(number) = self.printing_number() else {
            return;
        };
        match touch {
            Touch::GotPaper => self.confirm(number, now),
            Touch::GotNoPaper => self.deny(number, now),
            _ => {}
        }
    }

    fn confirm(&mut self, number: DocumentNumber, now: Moment) {
        if self.act(Action::ConfirmPaper { number }) {
            self.person.failure = None;
            self.print_next(now);
        }
    }

    /// Nobody answered: nothing proves the sheet, so the number is void.
    pub(super) fn doubt_unanswered(&mut self, now: Moment) {
        if let Some(number) = self.printing_number() {
            let reason = SpoilReason::Unknown;
            self.act(Action::Spoil { number, reason });
        }
        self.give_back_for_doubt(now);
    }

    fn deny(&mut self, number: DocumentNumber, now: Moment) {
        let reason = SpoilReason::NotReceived;
        let void = number.clone();
        if !self.act(Action::Spoil { number, reason }) {
            return;
        }
        self.person.void_unconfirmed = true;
        if self.may_print_again(&void) {
            self.person.denied = Some(void);
            self.enter(Step::OfferingReplacement);
            self.deadline = Some(now.instant + ANSWER);
        } else {
            self.give_back_for_doubt(now);
        }
    }

    fn may_print_again(&self, void: &DocumentNumber) -> bool {
        let number = void.clone();
        let allowed = (self.person.request.as_ref())
            .is_some_and(|it| it.decide(Action::AskReplacement { number }).is_ok());
        allowed
            && self.fittings.exchange_trouble().is_none()
            && self.fittings.printer_trouble().is_none()
    }

    pub(super) fn offering_replacement(&mut self, touch: &Touch, now: Moment) {
        match touch {
            Touch::PrintAgain => {
                // A note may have gone back meanwhile, or the exchange away.
                let void = self.person.denied.take();
                let void = void.filter(|void| self.may_print_again(void));
                let asked = void.is_some_and(|number| self.act(Action::AskReplacement { number }));
                if asked {
                    self.enter(Step::Replacing);
                    self.wait_for_exchange(now);
                } else {
                    self.give_back_for_doubt(now);
                }
            }
            Touch::MoneyBack => self.give_back_for_doubt(now),
            _ => {}
        }
    }

    /// The exchange could make the void copy anew only after it knew it was void.
    pub(super) fn replaced(&mut self, document: &DocumentReference, now: Moment) {
        self.person.void_unconfirmed = false;
        self.order(Command::Fetch(document.clone()));
        self.deadline = Some(now.instant + FETCHING);
    }

    /// The new copy is here; the fee was paid before.
    pub(super) fn print_replacement(&mut self, now: Moment) {
        self.person.failure = None;
        self.check_printer(now);
        if self.step == Step::Replacing {
            self.print_next(now);
        }
    }

    pub(super) fn give_back_for_doubt(&mut self, now: Moment) {
        let failure = self.person.failure.unwrap_or(FailureReason::PaperUnknown);
        self.fail(failure, now);
    }

    /// The exchange has confirmed everything: it knows what is void.
    pub(super) fn void_confirmed(&mut self, now: Moment) {
        self.person.void_unconfirmed = false;
        self.settle_on(now);
    }

    pub(super) fn paper_question(&self) -> PaperQuestion {
        let number = self
            .printing_number()
            .or_else(|| self.person.denied.clone());
        PaperQuestion {
            number: number.map_or_else(String::new, |number| number.to_string()),
            void: self.step == Step::OfferingReplacement,
            paid: (self.person.request.as_ref()).is_some_and(|it| it.total_won() > 0),
        }
    }
}
