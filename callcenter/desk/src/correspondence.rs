//! What the exchange wants of a desk: between the journal, the link and the
//! workplace.

use station::{Duty, EditionEvent, correspondence};
use sync::{Announcement, StationCommand};

use crate::{event_loop::EventLoop, workplace::Event};

impl EventLoop {
    pub(crate) fn carry_out_for_station(&mut self, command: StationCommand) {
        let now = self.clock.now();
        let left = self.station.carry_out(command, &mut self.journal, now);
        if let Err(error) = left.and_then(|duty| duty.map_or(Ok(()), |it| self.do_duty(it))) {
            self.journal_fails(&error);
        }
    }

    fn do_duty(&mut self, duty: Duty) -> Result<(), journal::Error> {
        match duty {
            Duty::Acknowledge(number) => {
                self.journal.acknowledge(number)?;
                self.look_at_outbox();
            }
            Duty::Keep(head) => correspondence::keep(&mut self.journal, &head)?,
            Duty::Receive(publication) => {
                let received = correspondence::receive(&mut self.journal, publication)?;
                if let Some(Announcement::Catalog { .. }) = &received {
                    self.edition_happened(EditionEvent::Asked);
                }
                if let Some(Announcement::Request { request, event }) = received {
                    self.tell(Event::Published { request, event });
                }
            }
            Duty::Connected => {
                self.ask_networks();
                let public_key = self.ticket_key.clone();
                self.order(link::Order::TellTicketKey { public_key });
                let contact = self.contacts.heard(&[], self.clock.now().wall);
                self.tell(Event::LastContact(contact));
                self.tell(Event::Connected);
                self.edition_happened(EditionEvent::Asked);
            }
            Duty::Away => self.tell(Event::Away),
            Duty::Quarantined(_) => self.tell(Event::Quarantined),
            Duty::Withdrawn(_) => {}
        }
        Ok(())
    }
}
