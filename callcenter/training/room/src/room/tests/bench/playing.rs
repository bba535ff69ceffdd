//! What the room and the workplace order is done: journal, switch and telephones.

use desk::{
    telephone::{TalkState, TelephoneEvent, TelephoneOrder},
    workplace::{Command as DeskCommand, Event as DeskEvent, view::PaneView},
};
use request::{Channel, RequestEvent, RequestId, ServiceRequest, StationId};

use super::{Bench, LINE_LASTS};
use crate::room::{Command, Input};

impl Bench {
    /// Until neither has anything more to say.
    pub(super) fn play(&mut self) {
        loop {
            if let Some(command) = self.workplace.poll_command() {
                self.carry_out_for_desk(command);
            } else if let Some(command) = self.room.poll_command() {
                self.carry_out_for_room(command);
            } else {
                return;
            }
        }
    }

    fn carry_out_for_desk(&mut self, command: DeskCommand) {
        match command {
            DeskCommand::Show(view) => {
                self.helps = matches!(&view.pane, PaneView::Helping(it) if it.with.is_some());
                self.room.handle(Input::Desk(view), self.now);
            }
            DeskCommand::Open {
                service,
                version,
                language,
                terms,
            } => {
                self.requests += 1;
                let id = RequestId::new(format!("request-{}", self.requests));
                let event = RequestEvent::Opened {
                    service,
                    service_version: version,
                    channel: Channel::Telephone,
                    station: StationId::new("desk-1"),
                    language: language.to_owned(),
                    terms,
                };
                let request = ServiceRequest::open(id, &event).unwrap();
                let opened = DeskEvent::Opened(Box::new(request));
                self.workplace.handle(opened, self.now);
            }
            DeskCommand::Prepared(row) => {
                self.workplace.handle(DeskEvent::Prepared(row), self.now);
            }
            DeskCommand::AskRooms(attempt, question) => self.desk_asks(attempt, question),
            DeskCommand::Telephone(order) => self.switch_does(&order),
            DeskCommand::Record { .. }
            | DeskCommand::LookUp(_)
            | DeskCommand::Wear(_)
            | DeskCommand::RememberSound(_)
            | DeskCommand::Petitions(_)
            | DeskCommand::Knowledge(_)
            | DeskCommand::Postings(_)
            | DeskCommand::Sending(_)
            | DeskCommand::Attention(_)
            | DeskCommand::AskChecks(..) => {}
        }
    }

    fn switch_does(&mut self, order: &TelephoneOrder) {
        let done = if *order == TelephoneOrder::Answer {
            vec![
                TelephoneEvent::Answered,
                TelephoneEvent::Talk(TalkState::Established),
            ]
        } else if *order == TelephoneOrder::HangUp {
            vec![TelephoneEvent::Ended]
        } else {
            Vec::new()
        };
        for event in done {
            self.workplace.handle(DeskEvent::Telephone(event), self.now);
        }
    }

    fn carry_out_for_room(&mut self, command: Command) {
        match command {
            Command::Show(view) => self.view = Some(*view),
            Command::Say { text, .. } => {
                self.said.push(text);
                self.room.handle(Input::Speaks(LINE_LASTS), self.now);
            }
            Command::Write(record) => self.records.push(*record),
            Command::AskExchange(attempt, question) => self.kiosk_asks(attempt, question),
            Command::HangUp => self.hung_up = true,
            Command::Call | Command::Hush | Command::LookUp { .. } => {}
        }
    }
}
