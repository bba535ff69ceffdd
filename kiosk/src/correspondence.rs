//! What the exchange wants of a kiosk: between the journal, the link and the
//! visit.

use station::{Duty, EditionEvent, correspondence};
use sync::{Announcement, CoSignedHead, Publication, RemoteOrder, StationCommand};

use crate::{
    deed::DeedKind,
    event_loop::EventLoop,
    maintenance, recovery,
    visit::{self, Event},
};

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
            Duty::Acknowledge(number) => self.acknowledge(number)?,
            Duty::Keep(head) => self.keep(&head)?,
            Duty::Receive(publication) => self.receive(publication)?,
            Duty::Connected => {
                self.ask_networks();
                let public_key = self.ticket_key.clone();
                self.order(link::Order::TellTicketKey { public_key });
                let contact = self.contacts.heard(&[], self.clock.now().wall);
                self.tell(Event::Link(visit::Link::LastContact(contact)));
                self.maintain(maintenance::Event::Linked(true));
                self.tell(Event::Link(visit::Link::Connected));
                self.edition_happened(EditionEvent::Asked);
            }
            Duty::Away => {
                self.maintain(maintenance::Event::Linked(false));
                self.tell(Event::Link(visit::Link::Away));
            }
            Duty::Withdrawn(_) | Duty::Quarantined(_) => {}
        }
        Ok(())
    }

    fn acknowledge(&mut self, number: u64) -> Result<(), journal::Error> {
        let kind = DeedKind::Acknowledgement;
        self.watched(kind, &kind, |it| it.journal.acknowledge(number))?;
        if self.journal.head().number == number {
            self.tell(Event::OutboxEmpty);
        }
        Ok(())
    }

    fn keep(&mut self, head: &CoSignedHead) -> Result<(), journal::Error> {
        let kind = DeedKind::Checkpoint;
        self.watched(kind, &kind, |it| {
            correspondence::keep(&mut it.journal, head)
        })
    }

    fn receive(&mut self, publication: Publication) -> Result<(), journal::Error> {
        let content = publication.content.clone();
        let received = self.watched(DeedKind::Publication, &content, |it| {
            correspondence::receive(&mut it.journal, publication)
        })?;
        match received {
            None => {}
            Some(Announcement::Request { request, event }) => {
                self.recover(recovery::Event::Published {
                    request: request.clone(),
                    event: event.clone(),
                });
                self.tell(Event::Published { request, event });
            }
            Some(announcement) => self.announced(&announcement),
        }
        Ok(())
    }

    fn announced(&mut self, announcement: &Announcement) {
        if let Announcement::Order {
            order: RemoteOrder::Restart,
            until,
        } = announcement
        {
            // Only when it comes: whoever has restarted since has done it.
            self.restart_wanted |= self.clock.now().wall < *until;
        }
        if let Announcement::Catalog { .. } = announcement {
            self.edition_happened(EditionEvent::Asked);
        }
        if self.bulletin.take(announcement) {
            self.tell(Event::Bulletin(self.bulletin.clone()));
        }
    }
}
