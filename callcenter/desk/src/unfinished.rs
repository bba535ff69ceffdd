//! What a desk owes a request that a crash has left open.

use request::{Action, RequestEvent, ServiceRequest, Stage};

/// A form that was not submitted is withdrawn. What the caller had confirmed is
/// accepted under the code it would have had; it stands in the worklist, to be
/// read when they call again.
pub(crate) fn bring_to_an_end(request: &ServiceRequest, ticket: &str) -> Vec<RequestEvent> {
    let queue = || Action::Queue {
        ticket: ticket.to_owned(),
    };
    let actions = match request.stage {
        Stage::Draft => vec![Action::Withdraw],
        Stage::Submitted => vec![queue(), Action::Close],
        Stage::Queued | Stage::Prepared | Stage::Declined => vec![Action::Close],
        Stage::Closed(_) => Vec::new(),
    };
    let mut request = request.clone();
    let mut events = Vec::new();
    for action in actions {
        match request.decide(action) {
            Ok(event) => {
                request.apply(&event);
                events.push(event);
            }
            Err(refusal) => {
                tracing::error!(%refusal, request = %request.id, "A request cannot be brought to an end");
            }
        }
    }
    events
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::BTreeMap;

    use request::{
        Channel, Fee, FeeReason, IdentityLevel, Outcome, RequestId, ServiceId, StationId, Terms,
    };

    use super::*;

    fn open(actions: &[Action]) -> ServiceRequest {
        let opened = RequestEvent::Opened {
            service: ServiceId::new("land-ledger"),
            service_version: 1,
            channel: Channel::Telephone,
            station: StationId::new("desk-1"),
            language: "ko".to_owned(),
            terms: Terms {
                identity: IdentityLevel::None,
                consent: false,
                questions: Vec::new(),
                copies_max: 1,
            },
        };
        let mut request = ServiceRequest::open(RequestId::new("r"), &opened).unwrap();
        for action in actions {
            let event = request.decide(action.clone()).unwrap();
            request.apply(&event);
        }
        request
    }

    fn submission() -> [Action; 3] {
        [
            Action::ChooseOptions {
                options: BTreeMap::new(),
                copies: 1,
            },
            Action::QuoteFee(Fee {
                unit_won: 300,
                legal_basis: String::new(),
                reason: FeeReason::Everywhere,
            }),
            Action::Submit,
        ]
    }

    #[test]
    fn a_form_that_a_crash_cut_short_is_withdrawn() {
        let outcome = Outcome::Withdrawn;

        let ended = bring_to_an_end(&open(&[]), "1");

        assert_eq!(ended, [RequestEvent::Closed { outcome }]);
    }

    #[test]
    fn what_the_caller_had_confirmed_is_accepted_under_its_code() {
        let request = open(&submission());

        let ended = bring_to_an_end(&request, "3141");

        let ticket = "3141".to_owned();
        let outcome = Outcome::Queued;
        assert_eq!(
            ended,
            [
                RequestEvent::Queued { ticket },
                RequestEvent::Closed { outcome }
            ]
        );
    }
}
