//! The exchange's ledger of tickets, as `callcenter/exchange` keeps it.

use std::collections::BTreeMap;

use request::{
    DeclineReason, Fee, FeeReason, Promise, RequestEvent, RequestId, ServiceId, Timestamp,
};
use sync::TicketAnswer;
use ticket::Code;

#[derive(Debug, Default)]
pub(crate) struct Tickets {
    pub(crate) ledger: BTreeMap<String, Ticket>,
    /// The ticket each collecting request named.
    named: BTreeMap<RequestId, String>,
    /// Services of all requests, for those that are queued.
    services: BTreeMap<RequestId, ServiceId>,
    /// The agency has answered what was queued.
    pub(crate) ready: bool,
}

#[derive(Debug)]
pub(crate) struct Ticket {
    service: ServiceId,
    promise: Promise,
    /// Copies, or won.
    pub(crate) left: u32,
    collector: Option<RequestId>,
    /// What the collector has got so far.
    got: u32,
}

pub(super) enum Honored {
    Documents,
    Money { amount_won: u32 },
    Not(DeclineReason),
}

impl Tickets {
    pub(super) fn hear(&mut self, id: &RequestId, event: &RequestEvent, copies: u32) {
        let collected = self
            .named
            .get(id)
            .and_then(|code| self.ledger.get_mut(code));
        let collected = collected.filter(|it| it.collector.as_ref() == Some(id));
        match event {
            RequestEvent::Opened { service, .. } => {
                self.services.insert(id.clone(), service.clone());
            }
            RequestEvent::Queued { ticket } => self.promise(id, ticket, Promise::Documents, copies),
            RequestEvent::Collecting { ticket, .. } => {
                self.named.insert(id.clone(), ticket.clone());
            }
            RequestEvent::Issued { .. } => {
                if let Some(ticket) = collected {
                    ticket.got += 1;
                }
            }
            RequestEvent::PaidOut { amount_won } => {
                if let Some(ticket) = collected {
                    ticket.got += amount_won;
                }
            }
            RequestEvent::RefundOwed { amount_won, ticket } => {
                if let Some(old) = collected {
                    old.got += amount_won;
                }
                self.promise(id, ticket, Promise::Money, *amount_won);
            }
            RequestEvent::Closed { .. } => {
                if let Some(ticket) = collected {
                    assert!(ticket.got <= ticket.left, "{id} got more than was promised");
                    if ticket.promise == Promise::Money && ticket.got > 0 {
                        assert_eq!(ticket.got, ticket.left, "{id} lost money of a ticket");
                    }
                    ticket.left -= ticket.got;
                    ticket.collector = None;
                    ticket.got = 0;
                }
            }
            _ => {}
        }
    }

    fn promise(&mut self, id: &RequestId, code: &str, promise: Promise, amount: u32) {
        let service = self.services[id].clone();
        let ticket = self.ledger.entry(code.to_owned()).or_insert(Ticket {
            service,
            promise,
            left: 0,
            collector: None,
            got: 0,
        });
        ticket.left += amount;
    }

    /// What a submitted request is given; `None` when it names no ticket.
    pub(super) fn honor(&mut self, id: &RequestId) -> Option<Honored> {
        let code = self.named.get(id)?;
        let Some(ticket) = self.ledger.get_mut(code) else {
            return Some(Honored::Not(DeclineReason::NoSuchTicket));
        };
        if ticket.left == 0 {
            return Some(Honored::Not(DeclineReason::TicketUsed));
        }
        if ticket.collector.as_ref().is_some_and(|it| it != id) {
            return Some(Honored::Not(DeclineReason::TicketBusy));
        }
        ticket.collector = Some(id.clone());
        Some(match ticket.promise {
            Promise::Documents => Honored::Documents,
            Promise::Money => Honored::Money {
                amount_won: ticket.left,
            },
        })
    }

    pub(super) fn answer(&self, code: &Code) -> TicketAnswer {
        let Some(ticket) = self.ledger.get(&code.digits()) else {
            return TicketAnswer::Unknown;
        };
        let (service, accepted_at) = (ticket.service.clone(), Timestamp::from_millis(0));
        match ticket.promise {
            _ if ticket.left == 0 => TicketAnswer::Used,
            _ if ticket.collector.is_some() => TicketAnswer::Busy,
            Promise::Money => TicketAnswer::Owed {
                amount_won: ticket.left,
            },
            Promise::Documents if !self.ready => TicketAnswer::Waiting {
                service,
                accepted_at,
                fault: None,
            },
            Promise::Documents => TicketAnswer::Ready {
                service,
                copies: ticket.left,
                fee: Fee {
                    unit_won: 0,
                    legal_basis: String::new(),
                    reason: FeeReason::Everywhere,
                },
                accepted_at,
            },
        }
    }
}
