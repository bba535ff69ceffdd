//! What must hold at every moment, and what must add up in the evening.

use request::{PaperState, RequestEvent, ServiceRequest, Stage};

use super::town::{Town, Validity};

/// Holds after every event: journal, memory, money and paper agree.
pub(super) fn hold(town: &Town) {
    let ordered = &town.printer.ordered;
    let mut newest_first = ordered.iter().rev();
    if let Some(newest) = newest_first.next() {
        assert!(
            newest_first.all(|it| it != newest),
            "{newest} was ordered twice"
        );
    }
    let (mut carried_won, mut brought_won) = (0, 0);
    // No visit has more requests than this.
    for id in town.requests.iter().rev().take(8) {
        let Some(request) = town.journal.request(id).unwrap() else {
            continue;
        };
        adds_up(&request);
        carried_won += request.money.carried_won;
        brought_won += request.money.brought_won;
        let mut remembered = town.visit.requests();
        if !town.journal_broken
            && let Some(remembered) = remembered.find(|it| it.id == request.id)
        {
            assert_eq!(*remembered, request, "the visit and its journal differ");
        }
    }
    assert_eq!(carried_won, brought_won, "money between two requests");
}

fn adds_up(request: &ServiceRequest) {
    let (id, money) = (&request.id, &request.money);
    let kept = money.captured_won + money.owed_won + money.held_won();
    assert_eq!(
        money.taken_won + money.credited_won + money.brought_won,
        kept + money.paid_out_won + money.carried_won,
        "{id}: {money:?}"
    );
    let unit = request.fee.as_ref().map_or(0, |fee| fee.unit_won);
    let issued = u32::try_from(request.paper.count(PaperState::Issued)).unwrap();
    assert!(
        money.captured_won <= unit * issued,
        "{id}: charged for nothing"
    );
    assert!(
        request.paper.count(PaperState::Begun) <= 1,
        "{id}: two sheets at once"
    );
    if let Stage::Closed(_) = request.stage {
        assert_eq!(money.held_won(), 0, "{id}: closed with money in it");
        assert!(
            !money.moving() && money.escrow.value_won() == 0,
            "{id}: closed while money moves"
        );
        assert_eq!(
            request.paper.count(PaperState::Begun),
            0,
            "{id}: closed with a sheet begun"
        );
        assert_eq!(
            money.captured_won + money.waived_won,
            unit * issued,
            "{id}: not charged"
        );
    }
}

/// Adds everything up once nobody stands at the kiosk: journal, boxes and trays.
pub(super) fn reckon(town: &Town) {
    assert_eq!(
        town.journal.open_requests().unwrap(),
        [],
        "a request was left open"
    );
    let (mut captured, mut owed, mut taken, mut paid_out, mut credited) = (0, 0, 0, 0, 0);
    let (mut charged, mut reversed) = (0, 0);
    for id in &town.requests {
        let Some(request) = town.journal.request(id).unwrap() else {
            continue;
        };
        adds_up(&request);
        captured += request.money.captured_won;
        owed += request.money.owed_won;
        taken += request.money.cash_taken_won();
        paid_out += request.money.cash_paid_out_won();
        charged += request.money.card.taken_won;
        reversed += request.money.card.reversed_won;
        credited += request.money.credited_won;
        only_the_last_entry_closes(town, id);
    }
    let (cash, terminal) = (&town.cash, &town.terminal);
    let sum = |them: &[(String, u32)]| them.iter().map(|it| it.1).sum::<u32>();
    // What a card was charged with is known here, and what is said to have gone back has.
    assert!(
        sum(&terminal.charged) <= charged,
        "a card was charged in secret"
    );
    assert!(reversed <= sum(&terminal.reversed), "nothing went back");
    once_each(&terminal.ordered);
    // The citizens are out of pocket by no more than they were charged or are owed;
    // a ticket they gave up is pocket money, too.
    assert!(
        cash.in_won + credited + terminal.taken_won()
            <= captured + owed + cash.out_won + cash.uncounted_won,
        "in {}, out {}, credited {credited}, captured {captured}, owed {owed}, uncounted {}",
        cash.in_won,
        cash.out_won,
        cash.uncounted_won,
    );
    // Nothing is invented: what is believed to be in the box and is not was unknown.
    assert!(cash.in_won <= taken + cash.uncounted_won);
    assert!(cash.out_won >= paid_out);
    papers_agree(town);
}

/// A transaction is ordered once, whatever happens.
fn once_each(ordered: &[String]) {
    for key in ordered {
        let times = ordered.iter().filter(|it| *it == key).count();
        assert_eq!(times, 1, "{key} was ordered {times} times");
    }
}

/// `issued ≤ sheets ≤ begun`, and no two sheets of one number.
fn papers_agree(town: &Town) {
    let sheets = &town.printer.sheets;
    let begun: Vec<String> = town
        .requests
        .iter()
        .flat_map(|id| begun(town, id))
        .collect();
    for sheet in sheets {
        let copies = sheets.iter().filter(|it| *it == sheet).count();
        assert_eq!(copies, 1, "{sheet} came out {copies} times");
        assert!(
            begun.contains(sheet),
            "{sheet} came out and was never begun"
        );
    }
    // Whoever says yes without a sheet has paid for nothing.
    let confirmed: Vec<String> = town
        .requests
        .iter()
        .flat_map(|id| confirmed(town, id))
        .collect();
    for (number, (_, validity)) in &town.exchange.numbers {
        match validity {
            Validity::Issued => {
                let there = sheets.contains(number) || confirmed.contains(number);
                assert!(there, "{number} is valid, without paper");
            }
            Validity::Void => {}
            Validity::Open => panic!("{number} is neither issued nor void"),
        }
    }
}

fn begun(town: &Town, id: &request::RequestId) -> Vec<String> {
    let numbers = |event: &RequestEvent| match event {
        RequestEvent::IssueBegun { number } => Some(number.as_str().to_owned()),
        _ => None,
    };
    let events = town.journal.events(id).unwrap();
    events.iter().filter_map(numbers).collect()
}

fn confirmed(town: &Town, id: &request::RequestId) -> Vec<String> {
    let numbers = |event: &RequestEvent| match event {
        RequestEvent::PaperConfirmed { number } => Some(number.as_str().to_owned()),
        _ => None,
    };
    let events = town.journal.events(id).unwrap();
    events.iter().filter_map(numbers).collect()
}

/// After its end a request hears only what the exchange had said before it knew.
fn only_the_last_entry_closes(town: &Town, id: &request::RequestId) {
    let events = town.journal.events(id).unwrap();
    let closed = events
        .iter()
        .position(|event| matches!(event, RequestEvent::Closed { .. }))
        .unwrap();
    let late = events[closed + 1..].iter().find(|event| {
        !matches!(
            event,
            RequestEvent::Prepared { .. }
                | RequestEvent::Replaced { .. }
                | RequestEvent::AttemptFailed { .. }
                | RequestEvent::Declined { .. }
                | RequestEvent::Credited { .. }
        )
    });
    assert!(late.is_none(), "{id}: after its end came {late:?}");
}
