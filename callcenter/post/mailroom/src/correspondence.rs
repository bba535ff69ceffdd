//! What the exchange wants of a post office: between the journal, the link and the
//! office.

use post::Event;
use station::{Duty, correspondence};
use sync::{Announcement, StationCommand};

use crate::event_loop::EventLoop;

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
                self.tell(Event::Acknowledged(number));
            }
            Duty::Withdrawn(number) => self.tell(Event::Acknowledged(number)),
            Duty::Keep(head) => correspondence::keep(&mut self.journal, &head)?,
            Duty::Receive(publication) => {
                let received = correspondence::receive(&mut self.journal, publication)?;
                if let Some(Announcement::Request { request, event }) = received {
                    self.tell(Event::Published { request, event });
                }
            }
            Duty::Connected | Duty::Away | Duty::Quarantined(_) => {}
        }
        Ok(())
    }
}
