//! What one part of the workplace says, and what it means for the others.

use request::AgentId;

use super::{Command, Moment, Pane, Workplace};
use crate::{
    disposition::DispositionEvent,
    helping::HelpingEvent,
    preparation::{PreparationCommand, PreparationEvent, Prepared},
    shift::{ShiftCommand, ShiftEvent},
    telephone::{TelephoneCommand, TelephoneOrder},
    worklist::{Row, RowState, WorklistCommand},
};

impl Workplace {
    /// Whoever opens the pane watches who waits, until they sign out.
    fn attendance(&self) -> Option<HelpingEvent> {
        match (self.shift.agent(), self.helping.is_watching()) {
            (None, true) => Some(HelpingEvent::SignedOut),
            (Some(agent), false) if self.pane == Pane::Helping => {
                Some(HelpingEvent::Shown(AgentId::new(agent)))
            }
            (None | Some(_), _) => None,
        }
    }

    /// Until nobody has anything more to say.
    pub(super) fn pass_on(&mut self, now: Moment) {
        self.take_off_badge();
        loop {
            let waited_for = self.helping.is_helping() || self.checks.is_held();
            let occupied = ShiftEvent::Occupied(self.preparation.is_open() || waited_for);
            // Being occupied is never refused.
            let _ = self.shift.handle(occupied, now.instant);
            if let Some(command) = self.preparation.poll_command() {
                self.of_preparation(command, now);
            } else if let Some(command) = self.telephone.poll_command() {
                self.of_telephone(command, now);
            } else if let Some(ShiftCommand::Present(presence)) = self.shift.poll_command() {
                self.telephone.present(presence);
            } else if let Some(WorklistCommand::LookUp(code)) = self.worklist.poll_command() {
                self.commands.push_back(Command::LookUp(code));
            } else if let Some(command) = self.attention.poll_command() {
                self.commands.push_back(Command::Attention(command));
            } else if let Some((attempt, question)) = self.helping.poll_command() {
                self.commands
                    .push_back(Command::AskRooms(attempt, question));
            } else if let Some(command) = self.petitions.poll_command() {
                self.commands.push_back(Command::Petitions(command));
            } else if let Some(command) = self.knowledge.poll_command() {
                self.commands.push_back(Command::Knowledge(command));
            } else if let Some(command) = self.postings.poll_command() {
                self.commands.push_back(Command::Postings(command));
            } else if let Some(command) = self.sending.poll_command() {
                self.commands.push_back(Command::Sending(command));
            } else if let Some((attempt, question)) = self.checks.poll_command() {
                self.commands
                    .push_back(Command::AskChecks(attempt, question));
            } else if let Some(event) = self.news_for_checks() {
                self.checks.handle(event, now.instant);
            } else if let Some(event) = self.news_for_letters() {
                self.petitions.handle(event, now.instant);
            } else if let Some(event) = self.news_for_knowledge() {
                self.knowledge.handle(event);
            } else if let Some(event) = self.news_for_postings() {
                self.postings.handle(event);
            } else if let Some(event) = self.news_for_sending() {
                self.sending.handle(event, now);
            } else if let Some(event) = self.news_for_reviews() {
                self.reviews.handle(event);
            } else if let Some(asked) = self.reviews.poll_command() {
                self.telephone.order(TelephoneOrder::Quality(asked));
            } else if self.news_for_disposition() || self.follow_wrap_up() {
                // What is seen may be news for the others.
            } else if let Some(event) = self.news_for_sound() {
                self.sound.handle(event, now.instant);
            } else if let Some(command) = self.sound.poll_command() {
                self.of_sound(command);
            } else if let Some(event) = self.attendance() {
                self.helping.handle(event, now.instant);
            } else if let Some(order) = self.kiosk_order() {
                self.telephone.order(order);
            } else {
                return;
            }
        }
    }

    fn of_preparation(&mut self, command: PreparationCommand, now: Moment) {
        match command {
            PreparationCommand::Open {
                service,
                version,
                language,
                terms,
            } => self.commands.push_back(Command::Open {
                service,
                version,
                language,
                terms,
            }),
            PreparationCommand::Record { request, event } => {
                self.commands.push_back(Command::Record { request, event });
            }
            PreparationCommand::LookFor(applicant) => {
                let known = self.worklist.known_of(&applicant);
                let known = known.map(|row| row.known(self.title(&row.service), self.language));
                let event = PreparationEvent::Known(known);
                self.preparation.handle(event, &self.reach, now);
            }
            PreparationCommand::Prepared(prepared) => {
                let row = Box::new(self.row(*prepared, now));
                self.commands.push_back(Command::Prepared(row));
            }
        }
    }

    fn of_telephone(&mut self, command: TelephoneCommand, now: Moment) {
        let event = match command {
            TelephoneCommand::Order(order) => {
                self.commands.push_back(Command::Telephone(order));
                return;
            }
            TelephoneCommand::CallBegan => {
                self.disposition.handle(DispositionEvent::CallBegan);
                ShiftEvent::CallBegan
            }
            TelephoneCommand::CallEnded => {
                self.leave_directory();
                ShiftEvent::CallEnded
            }
        };
        // A call is a fact; there is nothing to refuse.
        let _ = self.shift.handle(event, now.instant);
    }

    fn row(&self, prepared: Prepared, now: Moment) -> Row {
        let call = self.telephone.call();
        Row {
            request: prepared.request,
            service: prepared.service,
            copies: prepared.copies,
            fee_won: prepared.fee_won,
            asked_at: now.wall,
            code: prepared.code,
            applicant: prepared.applicant,
            caller: call.and_then(|it| it.caller.clone()),
            state: RowState::Asked,
        }
    }
}
