//! What a station owes a request that a crash has left open.

use crate::{
    Action, CardAction, DocumentNumber, PaperState, RequestEvent, ServiceRequest, SpoilReason,
    money::Escrow,
};

/// Events that bring an abandoned request to an honest end.
///
/// Nothing is ordered from any device: a sheet that was begun may exist, so its
/// number becomes void; money that is held becomes owed under `ticket`. A note in
/// escrow is given back by the validator's own reset; one that was being stacked
/// is counted as taken, and a card that may have been charged as charged, in the
/// citizen's favor.
pub fn recovery(request: &ServiceRequest, ticket: &str) -> Vec<RequestEvent> {
    let mut request = request.clone();
    let mut events = Vec::new();
    loop {
        let Some(action) = next(&request, ticket) else {
            return events;
        };
        let closing = action == Action::Close;
        let Ok(event) = request.decide(action) else {
            return events;
        };
        request.apply(&event);
        events.push(event);
        if closing {
            return events;
        }
    }
}

fn next(request: &ServiceRequest, ticket: &str) -> Option<Action> {
    if matches!(request.stage, crate::Stage::Closed(_)) {
        return None;
    }
    let spoil = |state| -> Option<DocumentNumber> {
        let mut documents = request.paper.documents.iter();
        documents
            .find(|(_, it)| *it == state)
            .map(|(document, _)| document.number.clone())
    };
    if let Some(number) = spoil(PaperState::Begun) {
        return Some(Action::Spoil {
            number,
            reason: SpoilReason::Unknown,
        });
    }
    if let Some(number) = spoil(PaperState::Ready) {
        return Some(Action::Spoil {
            number,
            reason: SpoilReason::NotWanted,
        });
    }
    match request.money.escrow {
        Escrow::Empty => {}
        Escrow::Holding(value_won) | Escrow::Returning(value_won) => {
            return Some(Action::ReturnNote { value_won });
        }
        Escrow::Stacking(value_won) => return Some(Action::StackNote { value_won }),
    }
    if let Some(open) = &request.money.card.open {
        let transaction = open.id().clone();
        return Some(Action::Card(CardAction::Lose { transaction }));
    }
    if let Some((asked_won, _)) = request.money.paying_out {
        return Some(Action::LosePayout { asked_won });
    }
    if request.due_won() > request.money.held_won() {
        return Some(Action::WaiveFee);
    }
    if request.due_won() > 0 {
        return Some(Action::CaptureFee);
    }
    match request.money.held_won() {
        0 => Some(Action::Close),
        amount_won => Some(Action::OweRefund {
            amount_won,
            ticket: ticket.to_owned(),
        }),
    }
}
