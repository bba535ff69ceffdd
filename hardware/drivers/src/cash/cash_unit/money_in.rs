//! Money comes in: what the acceptors' events mean for a collection.

use std::time::{Duration, Instant};

use devices::cash::{CashEvent, CashFault};

use super::CashUnit;
use crate::cash::{
    cctalk_bill_validator::NoteNews,
    cctalk_coin_acceptor::{CoinNews, coin_news},
    event_counter::{Event, News, before},
};

/// So long missed events stay a fault once everything is at rest.
const EVENTS_LOST_SHOWN: Duration = Duration::from_secs(10);

impl CashUnit {
    /// Collects, and what is in and in the escrow is not yet enough.
    pub(super) fn wants_money(&self) -> bool {
        self.collection
            .as_ref()
            .is_some_and(|it| it.taken_won.saturating_add(self.notes.held_won()) < it.wanted_won)
    }

    pub(super) fn coins_news(&mut self, news: News, now: Instant) {
        let exposed = is_reset(&news) && self.coins.take_exposed();
        let events = self.events(news, exposed, now);
        let (newest, happened) = (self.coins.count(), events.len());
        for (place, event) in (1..).zip(events) {
            self.count_coin(newest.map(|newest| before(newest, happened - place)));
            match coin_news(event, &self.coins) {
                CoinNews::Accepted { value_won } => {
                    self.coins.fault = None;
                    self.took(value_won);
                    self.tell(CashEvent::CoinAccepted { value_won });
                }
                CoinNews::Rejected => self.tell(CashEvent::Rejected),
                CoinNews::Jammed => self.coins.fault = Some(CashFault::CoinJam),
                CoinNews::Unknown => self.lost_events(now),
                CoinNews::Nothing => {}
            }
        }
    }

    pub(super) fn notes_news(&mut self, news: News, now: Instant) {
        let resumed = matches!(news, News::Resumed { .. });
        match news {
            News::First { newest } => self.notes.found(newest),
            News::Resumed { previous, .. } => self.notes.hold(previous),
            News::Reset { .. } => self.notes.reset(),
            News::Events { .. } => {}
        }
        let exposed = is_reset(&news) && self.notes.acceptor.take_exposed();
        let events = self.events(news, exposed, now);
        let (newest, happened) = (self.notes.acceptor.count(), events.len());
        for (place, event) in (1..).zip(events) {
            self.count_note(newest.map(|newest| before(newest, happened - place)));
            let wanted = self.wants_money();
            let news = self.notes.read(event, wanted, now);
            self.tell_note(news, now);
        }
        if resumed {
            let still_there = self.notes.told_won();
            self.tell_note(
                still_there.map(|value_won| NoteNews::Escrowed { value_won }),
                now,
            );
        }
        let news = self.notes.settle(now);
        self.tell_note(news, now);
    }

    fn tell_note(&mut self, news: Option<NoteNews>, now: Instant) {
        match news {
            Some(NoteNews::Escrowed { value_won }) => {
                self.tell(CashEvent::NoteEscrowed { value_won });
            }
            Some(NoteNews::Stacked { value_won }) => {
                self.took(value_won);
                self.tell(CashEvent::NoteStacked { value_won });
            }
            Some(NoteNews::Returned { value_won }) => {
                self.tell(CashEvent::NoteReturned { value_won });
            }
            Some(NoteNews::Rejected) => self.tell(CashEvent::Rejected),
            Some(NoteNews::Unknown) => self.lost_events(now),
            None => {}
        }
    }

    /// What happened, oldest first; notes down that something was missed.
    fn events(&mut self, news: News, exposed: bool, now: Instant) -> Vec<Event> {
        match news {
            News::First { .. } => Vec::new(),
            News::Events { events, lost } | News::Resumed { events, lost, .. } => {
                if lost > 0 {
                    self.lost_events(now);
                }
                events
            }
            News::Reset { events } => {
                if exposed {
                    self.lost_events(now);
                }
                events
            }
        }
    }

    fn took(&mut self, value_won: u32) {
        if let Some(collection) = &mut self.collection {
            collection.taken_won = collection.taken_won.saturating_add(value_won);
        }
    }

    fn lost_events(&mut self, now: Instant) {
        tracing::warn!("Credit events were missed");
        self.events_lost_at = Some(now);
    }

    pub(super) fn forget_lost_events(&mut self, now: Instant) {
        let fault = self.told.as_ref().and_then(|status| status.fault);
        let at_rest = self.collection.is_none() && self.notes.held_won() == 0;
        if at_rest
            && fault == Some(CashFault::EventsLost)
            && (self.events_lost_at).is_some_and(|at| at + EVENTS_LOST_SHOWN <= now)
        {
            self.events_lost_at = None;
        }
    }
}

fn is_reset(news: &News) -> bool {
    matches!(news, News::Reset { .. })
}
